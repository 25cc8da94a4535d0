using System.Globalization;

namespace Spanker.Conformance.Bench;

/// <summary>The worker's figures as a plain table: rates with their spread, each beside a peer of the same run.</summary>
internal sealed class WorkerReport(TextWriter output)
{
    private const double RequiredCasesPerSecond = 20_000;
    private const int SmallIterations = 9;
    private const int LargeIterations = 7;

    private readonly List<Measurement> measured = [];

    /// <summary>Measures and prints. The exit code is 1 if a row could not be measured; how fast it was decides nothing.</summary>
    public int Run()
    {
        string logPath = Path.Combine(Path.GetTempPath(), "spanker-bench.log");
        MemoryGrowth growth;
        try
        {
            using StreamWriter log = File.CreateText(logPath);
            Say(Machine.Line());
            measured.AddRange(Measuring.Run<SmallCaseBenchmarks>(SmallIterations, log));
            measured.AddRange(Measuring.Run<LargeOperandBenchmarks>(LargeIterations, log));
            growth = MemoryGrowth.Watch();
        }
        finally
        {
            BuiltForMeasuring.Here.Dispose();
        }

        bool isWhole = true;
        Say(string.Empty);
        Say($"{"row",-46} {"threads",7} {"a second",12} {"quartiles",23} {"others",7} {"processor us",15}  compared");
        foreach (int threads in (int[])[1, 2])
        {
            isWhole &= Small(nameof(SmallCaseBenchmarks.RoundTrip), "bare round trip, a byte", threads, null);
            isWhole &= Small(nameof(SmallCaseBenchmarks.RawLibrary), "lib:, open, matmul twice, close", threads, nameof(SmallCaseBenchmarks.RoundTrip));
            isWhole &= Small(nameof(SmallCaseBenchmarks.RawProgram), "exec: in Python, open, matmul, close", threads, nameof(SmallCaseBenchmarks.RoundTrip));
            isWhole &= Small(nameof(SmallCaseBenchmarks.JudgedSimulation), "sim in-process, judged cases", threads, null);
            isWhole &= Small(nameof(SmallCaseBenchmarks.JudgedLibrary), "lib:, judged cases", threads, nameof(SmallCaseBenchmarks.JudgedSimulation));
            isWhole &= Small(nameof(SmallCaseBenchmarks.PooledLibrary), "lib:, judged cases, through a run's pool", threads, nameof(SmallCaseBenchmarks.JudgedSimulation));
        }

        Say(string.Empty);
        Say($"{$"operands of {MiB(LargeOperands.Bytes):0} MiB together",-46} {string.Empty,7} {"GB a second",12} {"quartiles",23} {"others",7}  compared");
        isWhole &= Large(nameof(LargeOperandBenchmarks.MemoryCopy), "memcpy between touched pages", isPeer: true);
        isWhole &= Large(nameof(LargeOperandBenchmarks.FirstCall), "first call, which the library gets twice", isPeer: false);
        isWhole &= Large(nameof(LargeOperandBenchmarks.LaterCall), "later call", isPeer: false);
        isWhole &= Large(nameof(LargeOperandBenchmarks.CallOnCopies), "first call, operands copied there before", isPeer: false);

        Say(string.Empty);
        Say($"{"growth from before the operands to the answer",-46} {"own",12} {"shared",12}");
        Grown("runner", growth.Runner);
        Grown("worker", growth.Worker);

        Say(string.Empty);
        double best = measured.Where(m => m.Row == nameof(SmallCaseBenchmarks.JudgedLibrary)).Select(m => 1 / m.Median).DefaultIfEmpty().Max();
        Say($"judged cases a second through the worker: {best:0} at best; {RequiredCasesPerSecond:0} are asked for on two cores: {(best >= RequiredCasesPerSecond ? "met" : "not met")}");
        Say($"a second: median of {SmallIterations} iterations (large operands {LargeIterations}); others: cores that other processes kept busy meanwhile, more than 0.2 disturbs a row");
        Say("processor us: processor time a turn, of the runner + of its child processes, waiting in a loop included");
        if (!isWhole)
        {
            Say($"rows are missing; {logPath} says why");
        }

        return isWhole ? 0 : 1;
    }

    private static double MiB(double bytes) => bytes / (1 << 20);

    private static string Others(Measurement row) => row.Load?.OthersCores.ToString("0.00", CultureInfo.InvariantCulture) ?? "?";

    private static string ProcessorTime(Measurement row) => row.Load is RowLoad load
        ? string.Create(CultureInfo.InvariantCulture, $"{load.RunnerSeconds * 1e6:0} + {load.ChildSeconds * 1e6:0}")
        : "?";

    private bool Small(string name, string words, int threads, string? peerName)
    {
        if (Find(name, threads) is not Measurement row)
        {
            Say($"{words,-46} {threads,7} {"not measured",12}");
            return false;
        }

        Measurement? peer = peerName is null ? null : Find(peerName, threads);
        string compared = peer is null
            ? "peer"
            : peerName == nameof(SmallCaseBenchmarks.RoundTrip) ? $"costs {row.Median / peer.Median:0.0} round trips" : $"{peer.Median / row.Median:0.00} of sim";
        Print(words, threads.ToString(CultureInfo.InvariantCulture), row, seconds => (1 / seconds).ToString("0", CultureInfo.InvariantCulture), $"{ProcessorTime(row),15}  {compared}");
        return true;
    }

    private bool Large(string name, string words, bool isPeer)
    {
        if (Find(name, 1) is not Measurement row || Find(nameof(LargeOperandBenchmarks.MemoryCopy), 1) is not Measurement copy)
        {
            Say($"{words,-46} {string.Empty,7} {"not measured",12}");
            return false;
        }

        string compared = isPeer ? "peer" : $"{copy.Median / row.Median:0.0} of memcpy";
        Print(words, string.Empty, row, seconds => (LargeOperands.Bytes / seconds / 1e9).ToString("0.0", CultureInfo.InvariantCulture), " " + compared);
        return true;
    }

    private void Print(string words, string threads, Measurement row, Func<double, string> rate, string compared) =>
        Say($"{words,-46} {threads,7} {rate(row.Median),12} {$"{rate(row.UpperQuartile)} .. {rate(row.LowerQuartile)}",23} {Others(row),7} {compared}");

    private void Grown(string words, PrivateMemory growth) =>
        Say($"{words,-46} {MiB(growth.AnonymousBytes),8:0.0} MiB {MiB(growth.SharedBytes),8:0.0} MiB");

    private Measurement? Find(string name, int threads) => measured.Find(m => m.Row == name && m.Threads == threads);

    private void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void Say(string line) => output.WriteLine(line);
}
