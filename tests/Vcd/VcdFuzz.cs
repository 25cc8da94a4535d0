using System.Diagnostics;
using System.Text;
using Spanker.Conformance.Tests.Support;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>Damaged dumps, each a function of seed and index: the reader reads or refuses in one line, in little time and memory, and does nothing else.</summary>
internal sealed class VcdFuzz(ulong seed, long count, TimeSpan time, Action<byte[]>? target = null)
{
    /// <summary>Most that one damaged dump may make the reader allocate: its window, and what a few kilobytes of header can back.</summary>
    public const long AllocationLimitBytes = 32 << 20;

    /// <summary>What it may take for one dump of some kilobytes. A thousand times what it takes, so that a busy machine is no finding; a reader that hangs is.</summary>
    public static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(20);

    private static readonly string[] Seeds = ["golden/axi4/vcd/icarus-gap.vcd", "golden/axi4/vcd/verilator.vcd"];

    private static readonly string[] Words =
    [
        "$var wire 99999999999999999999 ! x $end", "$var wire 1048576 ! x $end", "$var wire -1 ! x $end", "$scope module s $end", "$upscope $end", "$enddefinitions $end", "$dumpoff", "$dumpon",
        "$dumpvars", "$end", "$comment", "#-1", "#0", "#18446744073709551615", "#18446744073709551616", "b", "b1", "b10101010101010101010 !", "bx", "r", "r1.5 !", "sA !", "1", "x!", "\0", "\u00ff", "$var", "$timescale 3 parsec $end",
    ];

    private readonly Action<byte[]> target = target ?? ReadOrRefuse;

    /// <summary>Dumps that were read to their end.</summary>
    public long Read { get; private set; }

    /// <summary>Dumps that were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>The exit code is 1 at the first finding, of which seed and index are printed.</summary>
    public int Run(TextWriter output)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long index = 0;
        for (; index < count && watch.Elapsed < time; index++)
        {
            byte[] dump = Damaged(seed, (ulong)index);
            string? finding = Try(dump);
            if (finding is not null)
            {
                output.WriteLine($"seed {seed}, index {index}: {finding}");
                output.WriteLine(Convert.ToBase64String(dump));
                return 1;
            }
        }

        output.WriteLine($"seed {seed}: {index} dumps, {Read} read to the end, {Refused} refused, nothing found");
        return 0;
    }

    /// <summary>A dump with up to eight wounds: bits flipped, pieces cut out, doubled, moved, or replaced by words that mean something.</summary>
    public static byte[] Damaged(ulong seed, ulong index)
    {
        SplitMix64 random = new(seed, index);
        List<byte> bytes = [.. Encoding.Latin1.GetBytes(Seedling(random))];
        Wounds.Make(bytes, Words, random);
        return [.. bytes];
    }

    private static string Seedling(SplitMix64 random)
    {
        if (!random.OneIn(3))
        {
            return new RandomDump(random.Next()).Text(random.Next());
        }

        return File.ReadAllText(RepositoryRoot.File(Seeds[random.Below(Seeds.Length)]));
    }

    private string? Try(byte[] dump)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target(dump);
            Read++;
        }
        catch (VcdException e)
        {
            Refused++;
            if (e.Message.Length > 1000 || e.Message.Any(char.IsControl) || !e.Message.Contains("; expected ", StringComparison.Ordinal))
            {
                return $"not one clear line: {e.Message}";
            }
        }
#pragma warning disable CA1031 // Whatever else is thrown is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.ToString();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated > AllocationLimitBytes ? $"{allocated} bytes allocated"
            : watch.Elapsed > HangLimit ? $"{watch.Elapsed} taken"
            : null;
    }

    /// <summary>Reads with all variables tracked, samples with the first one-bit variable as the clock, and discovers.</summary>
    private static void ReadOrRefuse(byte[] dump)
    {
        VcdException? refusal = null;
        try
        {
            _ = VcdDiscovery.Discover(() => new MemoryStream(dump, writable: false));
        }
        catch (VcdException e)
        {
            // No clock, or a tie: the dump may still be read.
            refusal = e;
        }

        VcdReader reader = new(new MemoryStream(dump, writable: false));
        VcdVariable[] variables = [.. reader.Header.Variables.Where(variable => reader.Header.Variables.Count < 1000 && variable is { Kind: VcdVariableKind.Bits, WidthBits: > 0 })];
        if (variables.FirstOrDefault(variable => variable.WidthBits == 1) is { WidthBits: 1 } clock)
        {
            VcdSampler sampler = new(reader, clock, variables);
            while (sampler.Read())
            {
            }
        }
        else
        {
            while (reader.ReadTimestamp())
            {
            }
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }
}
