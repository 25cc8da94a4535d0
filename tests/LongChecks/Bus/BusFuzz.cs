using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Support;
using Spanker.Conformance.Tests.Vcd;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Tests.LongChecks.Bus;

/// <summary>
/// Hostile dumps and hostile traces, the whole way: discovery, every checker, the meter, and the forms of a trace. Each ends in a verdict whose
/// numbers add up, or is refused in one clear line, in little time and memory.
/// </summary>
internal sealed class BusFuzz(ulong seed, long count, TimeSpan time)
{
    private const long AllocationLimitBytes = 256L << 20;
    private const int LongestLine = 1000;

    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);

    private static readonly AxiCheckOptions[] Options =
    [
        AxiCheckOptions.Default, AxiCheckOptions.GenerationA, AxiCheckOptions.Default with { Profile = new AxiProfile { Name = "memory", TargetIsMemory = true }, DeadlockCycles = 20, QuietCycles = 8 },
    ];

    private static readonly BusFileFormat[] TraceForms = [BusFileFormat.Text, BusFileFormat.Json, BusFileFormat.Yaml];

    private static readonly string[] TraceWords =
        ["\"beats\": [", "]", "}", "{", "null", "1e999", "\"0x\"", "\"INCR\"", "- ", ": ", "\n\n", "&a *a", "!!int", "0x" + new string('f', 300), "\u0001", "spanker-axi-trace/1"];

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly SortedDictionary<string, long> reached = new(StringComparer.Ordinal);
    private long started;
    private long current;
    private long mostAllocated;
    private byte[] file = [];

    /// <summary>The exit code is 1 at the first finding, of which seed and index are printed.</summary>
    public int Run(TextWriter output)
    {
        Thread watchdog = new(() => Watch(output)) { IsBackground = true };
        watchdog.Start();
        long index = 0;
        for (; index < count && watch.Elapsed < time; index++)
        {
            Interlocked.Exchange(ref current, index);
            Interlocked.Exchange(ref started, watch.ElapsedTicks);
            if (Try((ulong)index) is string finding)
            {
                output.WriteLine($"seed {seed}, index {index}: {finding}");
                string path = Path.Combine(Path.GetTempPath(), $"bus-fuzz-{seed}-{index}");
                File.WriteAllBytes(path, file);
                output.WriteLine($"the file: {path}");
                return 1;
            }
        }

        Interlocked.Exchange(ref started, 0);
        string[] never = [.. ((string[])["complete", "incomplete", "refused", "no interface", "violations", "transactions", "traces read", "traces refused", "streams"]).Where(name => !reached.ContainsKey(name))];
        output.WriteLine($"seed {seed}: {index} files in {watch.Elapsed.TotalSeconds:0} s, {string.Join(", ", reached.Select(each => $"{each.Key} {each.Value}"))}");
        output.WriteLine($"most allocated for a file: {mostAllocated >> 20} MiB; most held by the process: {HeldAtMost()}");
        if (never.Length > 0)
        {
            output.WriteLine($"never reached: {string.Join(", ", never)}; nothing is said about them");
            return 1;
        }

        output.WriteLine("nothing found");
        return 0;
    }

    /// <summary>VmHWM of this process.</summary>
    public static string HeldAtMost() =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))["VmHWM:".Length..].Trim();

    private void Watch(TextWriter output)
    {
        while (true)
        {
            Thread.Sleep(TimeSpan.FromSeconds(1));
            long since = Interlocked.Read(ref started);
            if (since != 0 && Stopwatch.GetElapsedTime(since, watch.ElapsedTicks) > HangLimit)
            {
                output.WriteLine($"seed {seed}, index {Interlocked.Read(ref current)}: no end after {HangLimit.TotalSeconds:0} s");
                output.Flush();
                Environment.Exit(1);
            }
        }
    }

    private string? Try(ulong index)
    {
        string? finding;
        bool isTrace = index % 4 == 3;
        file = isTrace ? [] : HostileDump.Make(seed, index);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            finding = isTrace ? JudgeTrace(index) : JudgeDump(file, Options[index % 3]);
        }
        catch (VcdException refused)
        {
            Reach("refused");
            finding = IsClear(refused.Message) && refused.Message.Contains("; expected ", StringComparison.Ordinal) ? null : $"not one clear line: {refused.Message}";
        }
        catch (AxiTraceException refused)
        {
            Reach("traces refused");
            finding = IsClear(refused.Message) ? null : $"not one clear line: {refused.Message}";
        }
#pragma warning disable CA1031 // Whatever else is thrown is what is looked for.
        catch (Exception other)
#pragma warning restore CA1031
        {
            return other.ToString();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        mostAllocated = Math.Max(mostAllocated, allocated);
        return finding ?? (allocated > AllocationLimitBytes ? $"{allocated >> 20} MiB allocated" : null);
    }

    private string? JudgeDump(byte[] dump, AxiCheckOptions options)
    {
        MemoryStream Open() => new(dump, writable: false);
        IReadOnlyList<VcdInterface> found = VcdDiscovery.Discover(Open);
        foreach (VcdStreamVerdict stream in VcdStreamCheck.Check(Open, found, options, CancellationToken.None))
        {
            Reach("streams");
            if (Wrong(stream.Verdict.Rules, stream.Verdict.Cycles) is string wrong)
            {
                return wrong;
            }
        }

        _ = VcdBusMeter.Measure(Open, map: null, CancellationToken.None);
        IReadOnlyList<BusVerdict> verdicts = VcdBusCheck.Check(Open, found, options, keepsTransactions: true, CancellationToken.None);
        if (verdicts.Count == 0)
        {
            Reach("no interface");
        }

        foreach (BusVerdict verdict in verdicts)
        {
            Reach(verdict.Incomplete is null ? "complete" : "incomplete");
            Reach("violations", verdict.Verdict.Rules.Sum(rule => rule.Violated));
            Reach("transactions", verdict.Transactions.Count);
            if (verdict.Incomplete is string incomplete && !IsClear(incomplete))
            {
                return $"not one clear line: {incomplete}";
            }

            if (Wrong(verdict.Verdict.Rules, verdict.Verdict.Cycles) is string wrong)
            {
                return wrong;
            }
        }

        foreach (BusTrace trace in BusTraceReader.ReadDump(Open, map: null, CancellationToken.None))
        {
            string printed = AxiTraceJson.Print(trace.Trace);
            if (AxiTraceJson.Print(AxiTraceJson.Parse(printed)) != printed)
            {
                return "a trace that was read from its JSON prints otherwise";
            }
        }

        return null;
    }

    /// <summary>A trace of random pins, printed in one of its forms, damaged, and read again; what is read is judged.</summary>
    private string? JudgeTrace(ulong index)
    {
        SplitMix64 random = new(seed, index);
        AxiBusShape shape = random.OneIn(2) ? AxiBusShape.ProfileA : new(8 << random.Below(8), 13 + random.Below(52), random.Below(65));
        AxiRecorder recorder = new(shape);
        AxiChecker checker = new(shape, AxiCheckOptions.Default, recorder);
        RandomPins pins = new(shape, random);
        for (int cycles = random.Below(100); cycles > 0; cycles--)
        {
            checker.Push(pins.Next());
        }

        AxiTrace trace = AxiTrace.Of(shape, recorder.Transactions);
        BusFileFormat format = TraceForms[random.Below(TraceForms.Length)];
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(Print(trace, format, random))];
        if (!random.OneIn(8))
        {
            Wounds.Make(bytes, TraceWords, random);
        }

        file = [.. bytes];
        _ = BusFileSniffer.Sniff(file);
        AxiTrace read = BusTraceReader.ReadTrace(file, format);
        Reach("traces read");
        AxiTraceVerdict verdict = AxiTraceCheck.Check(read, Options[index % 3]);
        _ = AxiTraceDiff.Compare(read, trace);
        return Wrong(verdict.Verdict.Rules, verdict.Verdict.Cycles);
    }

    private static string Print(AxiTrace trace, BusFileFormat format, SplitMix64 random)
    {
        switch (format)
        {
            case BusFileFormat.Json:
                return AxiTraceJson.Print(trace);
            case BusFileFormat.Yaml:
                using (StringWriter yaml = new(CultureInfo.InvariantCulture))
                {
                    AxiTraceYaml.Write(trace, yaml);
                    return yaml.ToString();
                }

            default:
                return AxiTraceText.Print(trace, hasBeats: random.OneIn(2));
        }
    }

    private static string? Wrong(IReadOnlyList<AxiRuleResult> rules, long cycles)
    {
        foreach (AxiRuleResult rule in rules)
        {
            bool addsUp = rule.Armed == rule.Satisfied + rule.Violated && rule is { Satisfied: >= 0, Violated: >= 0 } && rule.Findings.Count == Math.Min(rule.Violated, AxiCheckOptions.Default.FindingsKept);
            if (!addsUp)
            {
                return $"{rule.Rule.Id}: armed {rule.Armed}, satisfied {rule.Satisfied}, violated {rule.Violated}, {rule.Findings.Count} findings";
            }

            if (rule.Findings.FirstOrDefault(each => each.Cycle < 0 || each.Cycle > cycles || !IsClear(each.Message)) is AxiFinding finding)
            {
                return $"{rule.Rule.Id}: of {cycles} cycles, {finding}";
            }
        }

        return null;
    }

    private static bool IsClear(string line) => line.Length is > 0 and <= LongestLine && !line.Any(char.IsControl);

    private void Reach(string name, long times = 1)
    {
        if (times > 0)
        {
            reached[name] = reached.GetValueOrDefault(name) + times;
        }
    }
}
