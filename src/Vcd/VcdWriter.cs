using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Vcd;

/// <summary>Writes a VCD file that GTKWave and <see cref="VcdReader"/> open: declarations first, then times and changes.</summary>
/// <remarks>
/// <code>
/// using var writer = new VcdWriter(stream, new VcdTimescale(1_000_000));
/// int clock = writer.Declare("tb", "clk", widthBits: 1);
/// writer.SetTime(0);
/// writer.Change(clock, 1);
/// </code>
/// The bytes depend on the calls alone: no date is written. Values are shortened on the left as the standard allows. Scopes are written in the order of their first variable.
/// </remarks>
public sealed class VcdWriter : IDisposable
{
    private const int BufferBytes = 64 << 10;

    private readonly Stream stream;
    private readonly VcdTimescale timescale;
    private readonly string version;
    private readonly Scope root = new("");
    private readonly List<int> widths = [];
    private readonly List<byte[]> codes = [];
    private byte[] buffer = new byte[BufferBytes];
    private int used;
    private ulong? time;
    private bool isDeclaring = true;
    private bool isInSection;
    private bool isDisposed;

    /// <summary>A writer that leaves <paramref name="stream"/> open.</summary>
    public VcdWriter(Stream stream, VcdTimescale timescale, string version = "Spanker Conformance")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(version);
        this.stream = stream;
        this.timescale = timescale;
        this.version = version.Contains('$', StringComparison.Ordinal) ? throw new ArgumentException($"the version is '{version}'; a dollar sign could end its section", nameof(version)) : version;
    }

    /// <summary>Declares a variable of a net of its own.</summary>
    /// <param name="scope">Scopes with dots between, empty for the top.</param>
    /// <param name="name">Printable characters without blanks, such as <c>s_axi_awaddr</c>.</param>
    /// <param name="widthBits">1 or more; a range <c>[width-1:0]</c> is written for more than one bit.</param>
    /// <returns>The number by which its changes are written, from 0 up.</returns>
    public int Declare(string scope, string name, int widthBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthBits, 1);
        int signal = widths.Count;
        widths.Add(widthBits);
        codes.Add(CodeOf(signal));
        Alias(signal, scope, name);
        return signal;
    }

    /// <summary>Declares another name of the net of <paramref name="signal"/>.</summary>
    public void Alias(int signal, string scope, string name)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ThrowIfNotWord(name);
        if (!isDeclaring)
        {
            throw new InvalidOperationException($"{name} is declared after the first time; declare before it");
        }

        Scope place = root;
        foreach (string part in scope.Length == 0 ? [] : scope.Split('.'))
        {
            ThrowIfNotWord(part);
            place = place.Child(part);
        }

        place.Variables.Add((signal, name));
    }

    /// <summary>Begins the timestamp <paramref name="ticks"/>, later than the one before.</summary>
    public void SetTime(ulong ticks)
    {
        EndDeclarations();
        EndSection();
        if (ticks <= time)
        {
            throw new ArgumentException($"the time {ticks} does not come after {time}", nameof(ticks));
        }

        time = ticks;
        Append($"#{ticks}\n");
    }

    /// <summary>Writes a change of up to 64 known bits.</summary>
    public void Change(int signal, ulong value) => Change(signal, [value], [0]);

    /// <summary>Writes a change.</summary>
    /// <param name="signal">What <see cref="Declare"/> returned.</param>
    /// <param name="value">Words, least significant first; words that are left out are 0. Of an unknown bit, 0 is x and 1 is z.</param>
    /// <param name="unknown">1 where the bit is x or z; words that are left out are 0.</param>
    public void Change(int signal, ReadOnlySpan<ulong> value, ReadOnlySpan<ulong> unknown)
    {
        if (time is null)
        {
            throw new InvalidOperationException("a change before the first time; call SetTime first");
        }

        int width = widths[signal];
        Reserve(width + 8 + codes[signal].Length);
        if (width == 1)
        {
            buffer[used++] = Digit(value, unknown, 0);
        }
        else
        {
            buffer[used++] = (byte)'b';
            for (int bit = LeftmostNeeded(value, unknown, width); bit >= 0; bit--)
            {
                buffer[used++] = Digit(value, unknown, bit);
            }

            buffer[used++] = (byte)' ';
        }

        codes[signal].CopyTo(buffer.AsSpan(used));
        used += codes[signal].Length;
        buffer[used++] = (byte)'\n';
    }

    /// <summary>Begins a gap: until <see cref="BeginDumpOn"/> nothing is known of any signal.</summary>
    public void DumpOff()
    {
        BeginSection("$dumpoff\n");
        for (int signal = 0; signal < widths.Count; signal++)
        {
            Change(signal, [], AllOnes(widths[signal]));
        }

        EndSection();
    }

    /// <summary>Ends a gap. The changes that follow, up to the next time, are the values of all signals.</summary>
    public void BeginDumpOn() => BeginSection("$dumpon\n");

    /// <summary>Begins the first values of all signals: the changes that follow, up to the next time.</summary>
    public void BeginDumpVars() => BeginSection("$dumpvars\n");

    /// <summary>Writes what is left, and leaves the stream open.</summary>
    public void Dispose()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            EndDeclarations();
            EndSection();
            Flush();
            stream.Flush();
        }
    }

    private static byte Digit(ReadOnlySpan<ulong> value, ReadOnlySpan<ulong> unknown, int bit)
    {
        int word = bit >> 6;
        ulong v = word < value.Length ? (value[word] >> (bit & 63)) & 1 : 0;
        ulong u = word < unknown.Length ? (unknown[word] >> (bit & 63)) & 1 : 0;
        return "01xz"u8[(int)(v | (u << 1))];
    }

    /// <summary>The highest bit that must be written: what is left of it is what a reader puts there, a copy of x or z, and 0 left of 0 or 1.</summary>
    private static int LeftmostNeeded(ReadOnlySpan<ulong> value, ReadOnlySpan<ulong> unknown, int width)
    {
        byte first = Digit(value, unknown, width - 1);
        int bit = width - 1;
        while (first != '1' && bit > 0 && Digit(value, unknown, bit - 1) == first)
        {
            bit--;
        }

        // Zeros left of a 1 need not be written; one zero left of x or z must be.
        return first == '0' && bit > 0 && Digit(value, unknown, bit - 1) == '1' ? bit - 1 : bit;
    }

    private static ulong[] AllOnes(int widthBits)
    {
        ulong[] ones = new ulong[(widthBits + 63) / 64];
        Array.Fill(ones, ulong.MaxValue);
        return ones;
    }

    /// <summary>Number <paramref name="signal"/> in the bijective system of base 94 with the digits ! to ~, least significant first.</summary>
    private static byte[] CodeOf(int signal)
    {
        List<byte> code = [];
        for (int rest = signal + 1; rest > 0; rest = (rest - 1) / 94)
        {
            code.Add((byte)('!' + ((rest - 1) % 94)));
        }

        return [.. code];
    }

    private static void ThrowIfNotWord(string name)
    {
        if (name.Length == 0 || name.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || name == "$end")
        {
            throw new ArgumentException($"the name '{name}' is not a word of printable characters", nameof(name));
        }
    }

    private void BeginSection(string keyword)
    {
        if (time is null)
        {
            throw new InvalidOperationException($"{keyword.TrimEnd()} before the first time; call SetTime first");
        }

        EndSection();
        isInSection = true;
        Append(keyword);
    }

    private void EndSection()
    {
        if (isInSection)
        {
            isInSection = false;
            Append("$end\n");
        }
    }

    private void EndDeclarations()
    {
        if (!isDeclaring)
        {
            return;
        }

        isDeclaring = false;
        Append($"$version\n\t{version}\n$end\n$timescale\n\t{timescale}\n$end\n");
        AppendScope(root);
        Append("$enddefinitions $end\n");
    }

    private void AppendScope(Scope scope)
    {
        foreach ((int signal, string name) in scope.Variables)
        {
            string range = widths[signal] == 1 ? "" : $" [{widths[signal] - 1}:0]";
            Append($"$var wire {widths[signal]} {Encoding.ASCII.GetString(codes[signal])} {name}{range} $end\n");
        }

        foreach (Scope child in scope.Children)
        {
            Append($"$scope module {child.Name} $end\n");
            AppendScope(child);
            Append("$upscope $end\n");
        }
    }

    private void Append(FormattableString text) => Append(text.ToString(CultureInfo.InvariantCulture));

    private void Append(string text)
    {
        Reserve(text.Length);
        used += Encoding.ASCII.GetBytes(text, buffer.AsSpan(used));
    }

    private void Reserve(int bytes)
    {
        if (bytes > buffer.Length - used)
        {
            Flush();
            if (bytes > buffer.Length)
            {
                buffer = new byte[bytes];
            }
        }
    }

    private void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }

    private sealed class Scope(string name)
    {
        public string Name { get; } = name;

        public List<(int Signal, string Name)> Variables { get; } = [];

        public List<Scope> Children { get; } = [];

        public Scope Child(string childName)
        {
            Scope? child = Children.Find(scope => scope.Name == childName);
            if (child is null)
            {
                child = new Scope(childName);
                Children.Add(child);
            }

            return child;
        }
    }
}
