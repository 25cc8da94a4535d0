using System.Buffers.Text;
using System.Text;

namespace Spanker.Conformance.Vcd;

/// <summary>Reads a VCD file (IEEE 1800, clause 21.7) as a stream: first its header, then one timestamp after another.</summary>
/// <remarks>
/// <code>
/// using FileStream file = VcdReader.OpenFile(path);
/// var reader = new VcdReader(file);
/// int valid = reader.Track(reader.Header.Find("tb.dut.s_axi_awvalid"));
/// while (reader.ReadTimestamp())
/// {
///     // The values at the end of the timestamp reader.Time: order within a timestamp means nothing.
///     bool isHigh = reader.Value(valid)[0] == 1 &amp;&amp; reader.Unknown(valid)[0] == 0;
/// }
/// </code>
/// Only tracked signals are decoded; the changes of all others are stepped over, and nothing is allocated for a change. A signal is x until its first value.
/// <c>$dumpoff</c> begins a gap, in which all signals are x and changes are ignored, and <c>$dumpon</c> ends it. Timestamps that repeat the time before are one timestamp.
/// Errors are <see cref="VcdException"/>; a file that ends inside a line or a section is read up to there and is then incomplete (<see cref="Incomplete"/>).
/// </remarks>
public sealed class VcdReader
{
    private const int ScalarClass = 1;
    private const int VectorClass = 2;
    private const int TimeClass = 3;
    private const int RealClass = 4;
    private const int TextClass = 5;
    private const int KeywordClass = 6;

    private static readonly byte[] Classes = MakeClasses();

    private readonly VcdLimits limits;
    private readonly VcdTokens tokens;
    private readonly IdCodeTable codes;
    private readonly int[] direct;
    private readonly int[] signalOfNet;
    private readonly List<int> netOfSignal = [];
    private readonly List<int> firstWord = [];
    private Signal[] signals = [];
    private ulong[] values = [];
    private ulong[] unknowns = [];
    private long[] changedAt = [];
    private int[] changed = [];
    private int changedCount;
    private int words;
    private int trackedBits;
    private bool hasBegun;
    private bool hasTime;
    private bool hasEnded;
    private bool hasOpenSection;
    private ulong nextTime;
    private long timestamps;
    private long changes;
    private long reals;
    private long texts;
    private long gaps;
    private long unknownKeywords;

    /// <summary>Reads the header.</summary>
    /// <exception cref="VcdException">It is not the header of a VCD file, or exceeds a limit.</exception>
    public VcdReader(Stream stream, VcdLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        this.limits = limits ?? VcdLimits.Default;
        tokens = new VcdTokens(stream, Math.Max(this.limits.WidthBits, this.limits.NameBytes) + (64 << 10));
        var parser = new HeaderParser(tokens, this.limits);
        Header = parser.Parse();
        codes = parser.Codes;
        direct = codes.Direct;
        signalOfNet = new int[Header.Nets];
        Array.Fill(signalOfNet, -1);
    }

    /// <summary>What stood before <c>$enddefinitions</c>.</summary>
    public VcdHeader Header { get; }

    /// <summary>The timestamp that was read last, in ticks of the header's timescale.</summary>
    public ulong Time { get; private set; }

    /// <summary>Whether dumping is off at the end of this timestamp, so that all signals are x.</summary>
    public bool IsInGap { get; private set; }

    /// <summary>Whether dumping was off at any moment of this timestamp.</summary>
    public bool HasGap { get; private set; }

    /// <summary>Signals that have been tracked.</summary>
    public int Signals => netOfSignal.Count;

    /// <summary>Why the file is incomplete; null as long as nothing is known to be missing. A file cut between two lines cannot be told from a whole one.</summary>
    public string? Incomplete { get; private set; }

    /// <summary>What has been met so far.</summary>
    public VcdStatistics Statistics => new(timestamps, changes, reals, texts, gaps, unknownKeywords + Header.UnknownKeywords);

    /// <summary>Bytes of the file up to where the reader stands.</summary>
    public long OffsetBytes => tokens.OffsetOf(tokens.Position);

    /// <summary>Signals with a value given in this timestamp, each once, in no order that means anything. The value may be the one that they had.</summary>
    public ReadOnlySpan<int> Changed => changed.AsSpan(0, changedCount);

    /// <summary>Opens a file for reading from its beginning to its end.</summary>
    /// <exception cref="VcdException">It cannot be opened.</exception>
    public static FileStream OpenFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (FileNotFoundException e)
        {
            throw VcdException.Unreadable(path, "no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw VcdException.Unreadable(path, Directory.Exists(path) ? "a folder; expected a VCD file" : e.Message, e);
        }
    }

    /// <summary>Asks for the values of a variable, before the first timestamp is read. Variables that share a net share the answer.</summary>
    /// <returns>The number by which <see cref="Value"/> and <see cref="Unknown"/> know it, from 0 up.</returns>
    /// <exception cref="VcdException">The variable is not of bits, or its id code was declared twice in different ways.</exception>
    public int Track(VcdVariable variable)
    {
        if (hasBegun)
        {
            throw new InvalidOperationException($"{variable.Path} is tracked after the first timestamp; track before it");
        }

        VcdNet net = Header.NetOf(variable);
        if (signalOfNet[variable.Net] is int known and >= 0)
        {
            return known;
        }

        if (net.IsContradictory)
        {
            throw new VcdException($"the id code of {VcdException.Quote(variable.ToString())} is declared with different widths or kinds", "the same of all that share it");
        }

        if (net.Kind != VcdVariableKind.Bits || net.WidthBits == 0)
        {
            throw new VcdException($"{VcdException.Quote(variable.ToString())} is of kind {net.Kind} and {net.WidthBits} bits", "a variable of one bit or more");
        }

        if (net.WidthBits > limits.TrackedBits - trackedBits)
        {
            throw new VcdException($"the tracked signals have more than {limits.TrackedBits} bits with {VcdException.Quote(variable.ToString())}", "fewer or narrower signals");
        }

        int signal = netOfSignal.Count;
        signalOfNet[variable.Net] = signal;
        netOfSignal.Add(variable.Net);
        firstWord.Add(words);
        trackedBits += net.WidthBits;
        words += (net.WidthBits + 63) / 64;
        return signal;
    }

    /// <summary>Reads all changes of the next timestamp; false at the end of the file.</summary>
    /// <exception cref="VcdException">The file is wrong at some place in this timestamp.</exception>
    public bool ReadTimestamp()
    {
        Begin();
        changedCount = 0;
        HasGap = IsInGap;
        if (hasEnded)
        {
            return false;
        }

        timestamps++;
        Time = nextTime;
        ReadChanges();
        if (hasEnded && !hasTime)
        {
            // Neither a time nor a value: the file ends after its header.
            timestamps = 0;
            return false;
        }

        return true;
    }

    /// <summary>Words of a signal's value at the end of this timestamp, least significant first. Of an unknown bit, 0 is x and 1 is z. Valid until the next timestamp.</summary>
    public ReadOnlySpan<ulong> Value(int signal) => values.AsSpan(firstWord[signal], WordsOf(signal));

    /// <summary>For each bit of a signal's value: 1 where it is x or z.</summary>
    public ReadOnlySpan<ulong> Unknown(int signal) => unknowns.AsSpan(firstWord[signal], WordsOf(signal));

    /// <summary>Bits of a tracked signal.</summary>
    public int WidthBits(int signal) => signals.Length > signal ? signals[signal].WidthBits : Header.NetWidth(netOfSignal[signal]);

    private int WordsOf(int signal) => signals[signal].Words;

    private void Begin()
    {
        if (hasBegun)
        {
            return;
        }

        hasBegun = true;
        signals = [.. netOfSignal.Select((net, i) => new Signal(firstWord[i], Header.NetWidth(net)))];
        values = new ulong[words];
        unknowns = new ulong[words];
        changedAt = new long[signals.Length];
        changed = new int[signals.Length];
        ForgetAll();
    }

    private void ForgetAll()
    {
        values.AsSpan().Clear();
        foreach (Signal signal in signals)
        {
            Span<ulong> unknown = unknowns.AsSpan(signal.FirstWord, signal.Words);
            unknown.Fill(ulong.MaxValue);
            unknown[^1] = ulong.MaxValue >> ((64 - (signal.WidthBits & 63)) & 63);
        }
    }

    /// <summary>Reads up to the next time that differs, which is kept, or to the end.</summary>
    private void ReadChanges()
    {
        byte[] b = tokens.Buffer;
        int end = tokens.End;
        int p = tokens.Position;
        while (true)
        {
            byte c = b[p];
            if (c <= ' ')
            {
                if (p < end)
                {
                    p++;
                    continue;
                }

                if (!tokens.Refill(p))
                {
                    hasEnded = true;
                    Incomplete ??= hasOpenSection ? Missing(tokens.Position, "a section", "$end") : null;
                    return;
                }

                (b, end, p) = (tokens.Buffer, tokens.End, 0);
                continue;
            }

            int kind = Classes[c];
            if (kind is ScalarClass or VectorClass)
            {
                // Value and id code are one unit: if the window ends inside, they are looked at again in the next one.
                int valueEnd = p + 1;
                int q = valueEnd;
                if (kind == VectorClass)
                {
                    valueEnd = EndOfWord(b, q);
                    q = valueEnd;
                    while (b[q] <= ' ' && q < end)
                    {
                        q++;
                    }
                }

                int codeStart = q;
                int net = ReadCode(b, ref q);
                if (q >= end)
                {
                    if (!tokens.Refill(p))
                    {
                        EndInside("a value change");
                        return;
                    }

                    (b, end, p) = (tokens.Buffer, tokens.End, 0);
                    continue;
                }

                if (net < 0)
                {
                    throw CodeFault(codeStart, q);
                }

                hasTime = true;
                int signal = signalOfNet[net];
                if (!IsInGap)
                {
                    changes++;
                    if (signal >= 0)
                    {
                        if (kind == ScalarClass)
                        {
                            SetScalar(signal, BitDigits.States[c]);
                        }
                        else
                        {
                            SetVector(signal, p, b.AsSpan(p + 1, valueEnd - p - 1));
                        }
                    }
                }

                p = q;
                continue;
            }

            int wordEnd = EndOfWord(b, p);
            if (wordEnd >= end)
            {
                if (!tokens.Refill(p))
                {
                    EndInside("a word");
                    return;
                }

                (b, end, p) = (tokens.Buffer, tokens.End, 0);
                continue;
            }

            if (!ReadOther(kind, p, wordEnd))
            {
                return;
            }

            (b, end, p) = (tokens.Buffer, tokens.End, tokens.Position);
        }
    }

    /// <summary>Reads what is no value of bits, from the word at <paramref name="p"/> on; false if the timestamp ends with it.</summary>
    private bool ReadOther(int kind, int p, int wordEnd)
    {
        ReadOnlySpan<byte> word = tokens.Buffer.AsSpan(p, wordEnd - p);
        tokens.Position = wordEnd;
        switch (kind)
        {
            case TimeClass:
                ulong time = ParseTime(word[1..], p);
                if (hasTime && time != Time)
                {
                    nextTime = time;
                    return false;
                }

                hasTime = true;
                Time = time;
                return true;
            case RealClass or TextClass:
                return TrySkipOther(kind);
            case KeywordClass:
                return TryReadKeyword(p, word);
            default:
                throw tokens.Fault(p, $"{VcdException.Quote(word)} is no value change", "a time, a value and its id code, or a keyword");
        }
    }

    /// <summary>Where the word that <paramref name="from"/> lies in ends: at white space, or at the end of the window.</summary>
    private static int EndOfWord(byte[] b, int from)
    {
        int q = from;
        int near = Math.Min(from + 8, b.Length);
        while (q < near)
        {
            if (b[q] <= ' ')
            {
                return q;
            }

            q++;
        }

        return q + b.AsSpan(q).IndexOfAnyInRange((byte)0, (byte)' ');
    }

    /// <summary>The net of the id code at <paramref name="q"/>, which is moved behind it; negative if there is none or it was not declared.</summary>
    private int ReadCode(byte[] b, ref int q)
    {
        int start = q;
        uint index;

        // unchecked: a proved kernel. What is no digit becomes 94 or more by wrapping, and three digits stay below 95^3.
        unchecked
        {
            uint digit = (uint)b[q] - 32;
            if (digit - 1 >= 94)
            {
                return IdCodeTable.Unknown;
            }

            index = digit;
            digit = (uint)b[++q] - 32;
            if (digit - 1 < 94)
            {
                index += IdCodeTable.Radix * digit;
                digit = (uint)b[++q] - 32;
                if (digit - 1 < 94)
                {
                    index += IdCodeTable.Radix * IdCodeTable.Radix * digit;
                    q++;
                }
            }
        }

        if (b[q] <= ' ')
        {
            return index < (uint)direct.Length ? direct[index] - 1 : IdCodeTable.Unknown;
        }

        q = EndOfWord(b, q);
        ReadOnlySpan<byte> code = b.AsSpan(start, q - start);
        return code.IndexOfAnyExceptInRange((byte)33, (byte)126) >= 0 ? IdCodeTable.Unknown : codes.Find(code);
    }

    private VcdException CodeFault(int codeStart, int codeEnd)
    {
        int end = EndOfWord(tokens.Buffer, codeStart);
        ReadOnlySpan<byte> code = tokens.Buffer.AsSpan(codeStart, Math.Max(codeEnd, end) - codeStart);
        return code.Length == 0
            ? tokens.Fault(codeStart, "a value without an id code", "the id code right behind a digit, or behind a vector and a blank")
            : tokens.Fault(codeStart, $"the id code {VcdException.Quote(code)} was not declared", "one of the header's");
    }

    private void SetScalar(int signal, uint state)
    {
        ref readonly Signal s = ref signals[signal];
        MarkChanged(signal);
        if (s.WidthBits == 1)
        {
            values[s.FirstWord] = state & 1;
            unknowns[s.FirstWord] = state >> 1;
            return;
        }

        ReadOnlySpan<byte> digit = "01xz"u8.Slice((int)state, 1);
        _ = BitDigits.TryDecode(digit, s.WidthBits, values.AsSpan(s.FirstWord, s.Words), unknowns.AsSpan(s.FirstWord, s.Words));
    }

    private void SetVector(int signal, int position, ReadOnlySpan<byte> digits)
    {
        ref readonly Signal s = ref signals[signal];
        if (digits.Length == 0)
        {
            throw tokens.Fault(position, "a vector without digits", $"1 to {s.WidthBits} of them");
        }

        if (digits.Length > s.WidthBits)
        {
            // Some simulators pad a value on the left; that is harmless, and anything else is not.
            if (digits[..^s.WidthBits].IndexOfAnyExcept((byte)'0') >= 0)
            {
                throw tokens.Fault(position, $"a value of {digits.Length} digits for a variable of {s.WidthBits} bits", $"at most {s.WidthBits}");
            }

            digits = digits[^s.WidthBits..];
        }

        MarkChanged(signal);
        if (!BitDigits.TryDecode(digits, s.WidthBits, values.AsSpan(s.FirstWord, s.Words), unknowns.AsSpan(s.FirstWord, s.Words)))
        {
            throw tokens.Fault(position, $"the value {VcdException.Quote(digits)} holds another character than digits", "0, 1, x or z");
        }
    }

    private void MarkChanged(int signal)
    {
        if (changedAt[signal] != timestamps)
        {
            changedAt[signal] = timestamps;
            changed[changedCount] = signal;
            changedCount++;
        }
    }

    private ulong ParseTime(ReadOnlySpan<byte> digits, int position)
    {
        if (!Utf8Parser.TryParse(digits, out ulong time, out int used) || used != digits.Length || digits[0] == '+')
        {
            throw tokens.Fault(position, $"the time is {VcdException.Quote(digits)}", "a decimal number below 2^64");
        }

        return time >= Time || !hasTime
            ? time
            : throw tokens.Fault(position, $"the time goes back from {Time} to {time}", $"{Time} or more");
    }

    /// <summary>Steps over the id code of a real or a string; false if the file ends inside.</summary>
    private bool TrySkipOther(int kind)
    {
        if (!tokens.TryReadWord(out int start, out int length) || (tokens.Position >= tokens.End && tokens.IsAtEnd))
        {
            EndInside("a value change");
            return false;
        }

        int codeEnd = start;
        if (ReadCode(tokens.Buffer, ref codeEnd) < 0)
        {
            throw CodeFault(start, start + length);
        }

        hasTime = true;
        (reals, texts) = kind == RealClass ? (reals + 1, texts) : (reals, texts + 1);
        return true;
    }

    /// <summary>Reads a section of the value changes; false if the file ends inside.</summary>
    private bool TryReadKeyword(int position, ReadOnlySpan<byte> keyword)
    {
        if (keyword.SequenceEqual("$end"u8))
        {
            hasOpenSection = false;
            return true;
        }

        bool isOff = keyword.SequenceEqual("$dumpoff"u8);
        bool isOn = keyword.SequenceEqual("$dumpon"u8);
        if (isOff || isOn || keyword.SequenceEqual("$dumpvars"u8) || keyword.SequenceEqual("$dumpall"u8))
        {
            hasOpenSection = true;
            if (isOff && !IsInGap)
            {
                gaps++;
                HasGap = true;
                ForgetAll();
                for (int signal = 0; signal < signals.Length; signal++)
                {
                    MarkChanged(signal);
                }
            }

            IsInGap = (IsInGap || isOff) && !isOn;
            return true;
        }

        if (keyword.StartsWith("$dumpports"u8))
        {
            throw tokens.Fault(position, "the file is extended VCD (port values)", "plain four-state VCD ($dumpvars)");
        }

        if (keyword.SequenceEqual("$var"u8) || keyword.SequenceEqual("$scope"u8) || keyword.SequenceEqual("$enddefinitions"u8))
        {
            throw tokens.Fault(position, $"{VcdException.Quote(keyword)} stands behind $enddefinitions", "declarations in the header only (are these two files in one?)");
        }

        unknownKeywords += keyword.SequenceEqual("$comment"u8) ? 0 : 1;
        if (!tokens.TrySkipToEndKeyword())
        {
            EndInside("a section");
            return false;
        }

        return true;
    }

    private void EndInside(string what)
    {
        Incomplete = Missing(tokens.Position, what, "its end");
        tokens.Position = tokens.End;
        hasEnded = true;
    }

    private string Missing(int position, string what, string missing) =>
        new StringBuilder().Append("byte ").Append(tokens.OffsetOf(position)).Append(", line ").Append(tokens.LineOf(position))
            .Append(": the file ends inside ").Append(what).Append("; expected ").Append(missing).Append(" (is it cut?)").ToString();

    private static byte[] MakeClasses()
    {
        byte[] classes = new byte[256];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = BitDigits.States[i] == BitDigits.Invalid ? (byte)0 : (byte)ScalarClass;
        }

        classes['b'] = classes['B'] = VectorClass;
        classes['#'] = TimeClass;
        classes['r'] = classes['R'] = RealClass;
        classes['s'] = classes['S'] = TextClass;
        classes['$'] = KeywordClass;
        return classes;
    }

    private readonly record struct Signal(int FirstWord, int WidthBits)
    {
        public int Words { get; } = (WidthBits + 63) / 64;
    }
}
