using System.Globalization;
using Spanker.Conformance.Bench.Axi;

namespace Spanker.Conformance.Bench;

/// <summary>The bus's figures as a plain table: rates with their spread, each beside a peer of the same run.</summary>
internal sealed class AxiReport(TextWriter output)
{
    private const double RequiredCyclesPerSecond = 10e6;
    private const double RequiredLinkCyclesPerSecond = 5e6;
    private const double RequiredBytesPerSecond = 200e6;
    private const double RequiredOfConverter = 2;
    private const long RequiredPeakBytes = 200L << 20;
    private const int CheckerIterations = 9;
    private const int DumpIterations = 5;

    private readonly List<Measurement> measured = [];
    private bool isWhole = true;

    /// <summary>Measures and prints. The exit code is 1 if a row could not be measured; how fast it was decides nothing.</summary>
    public int Run()
    {
        string logPath = Path.Combine(Path.GetTempPath(), "spanker-bench.log");
        Say(Machine.Line());
        Say($"hardware paths: {Machine.HardwarePaths()}");
        try
        {
            using StreamWriter log = File.CreateText(logPath);
            Checker(log);
            Link(log);
            Dump(log);
        }
        finally
        {
            GeneratedDump.Remove();
        }

        Say(string.Empty);
        Say($"a second: median of {CheckerIterations} iterations (the file {DumpIterations}); others: cores that other processes kept busy meanwhile, more than 0.2 disturbs a row");
        if (!isWhole)
        {
            Say($"rows are missing; {logPath} says why");
        }

        return isWhole ? 0 : 1;
    }

    private static double MiB(double bytes) => bytes / (1 << 20);

    private static string Met(bool isMet) => isMet ? "met" : "not met";

    private void Checker(StreamWriter log)
    {
        measured.AddRange(Measuring.Run<CheckerBenchmarks>(CheckerIterations, log));
        Say(string.Empty);
        Say($"{"the checker, generation A, all rules, shadow memory",-58} {"M cycles/s",10} {"quartiles",17} {"others",7}  compared");
        Cycles(nameof(CheckerBenchmarks.TrafficAlone), "dense traffic, made and not checked");
        Cycles(nameof(CheckerBenchmarks.Dense), "dense, W and R in every cycle, bursts of 128 beats");
        Cycles(nameof(CheckerBenchmarks.DenseShort), "dense, bursts of 16 beats");
        Cycles(nameof(CheckerBenchmarks.Stalled), "stalled, bursts of 16 beats, sparse strobes");
        Cycles(nameof(CheckerBenchmarks.Idle), "idle");
        Cycles(nameof(CheckerBenchmarks.Recorded), "dense, bursts of 16 beats, transactions kept");
        if (Find(nameof(CheckerBenchmarks.Dense)) is Measurement dense && Find(nameof(CheckerBenchmarks.TrafficAlone)) is Measurement traffic)
        {
            double rate = 1 / dense.Median;
            Say($"dense cycles a second: {rate / 1e6:0.0} M, and {1 / (dense.Median - traffic.Median) / 1e6:0.0} M without what the traffic takes; 10 M are asked for: {Met(rate >= RequiredCyclesPerSecond)}");
        }
    }

    // The Verilated slave is built first; where that cannot be, its row says why.
    private void Link(StreamWriter log)
    {
        string folder = Path.Combine(Path.GetTempPath(), $"spanker-bench-rtl-{Environment.ProcessId}");
        string? absent = null;
        try
        {
            RtlSources.Unpack(Path.Combine(folder, "rtl"));
            LinkBenchmarks.Library = VerilatedMemory.Build(Path.Combine(folder, "rtl"), Path.Combine(folder, "build"), latencyCycles: 0, stalls: 0, isOptimized: true);
        }
        catch (InvalidOperationException notBuilt)
        {
            absent = notBuilt.Message.Split('\n')[0];
        }

        try
        {
            measured.AddRange(Measuring.Run<LinkBenchmarks>(CheckerIterations, log));
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        Say(string.Empty);
        Say($"{"master against slave, random traffic, no checker",-58} {"M cycles/s",10} {"quartiles",17} {"others",7}  compared");
        Measurement? peer = Find(nameof(LinkBenchmarks.Verilated));
        Link(nameof(LinkBenchmarks.Model), "the slave model", peer);
        if (absent is null)
        {
            Link(nameof(LinkBenchmarks.Verilated), "the same slave in SystemVerilog, Verilated, behind its C ABI", peer);
        }
        else
        {
            isWhole = false;
            Say($"{"the same slave, Verilated",-58} not supported: {absent}");
        }

        if (Find(nameof(LinkBenchmarks.Model)) is Measurement model)
        {
            Say($"master against model: {1e-6 / model.Median:0.0} M cycles/s; 5 M are asked for: {Met(1 / model.Median >= RequiredLinkCyclesPerSecond)}");
        }
    }

    private void Link(string name, string words, Measurement? peer) => Row(
        name,
        words,
        seconds => (1e-6 / seconds).ToString("0.0", CultureInfo.InvariantCulture),
        row => row == peer ? "peer" : peer is null ? string.Empty : (peer.Median / row.Median).ToString("0.00' of the Verilated'", CultureInfo.InvariantCulture));

    private void Dump(StreamWriter log)
    {
        GeneratedDump dump = GeneratedDump.Here;
        measured.AddRange(Measuring.Run<DumpBenchmarks>(DumpIterations, log));
        bool hasConverter = ConverterBenchmarks.IsInstalled;
        if (hasConverter)
        {
            measured.AddRange(Measuring.Run<ConverterBenchmarks>(DumpIterations, log));
        }

        Say(string.Empty);
        Say($"{$"a VCD file of {dump.Bytes / 1e6:0} MB, {dump.Cycles} cycles, 256 data bits",-58} {"MB/s",10} {"quartiles",17} {"others",7}  compared");
        Bytes(nameof(DumpBenchmarks.Bytes), "the bytes, nothing looked at", dump);
        Bytes(nameof(DumpBenchmarks.Read), "reader, all pins tracked", dump);
        Bytes(nameof(DumpBenchmarks.Check), "VcdBusCheck: discovery, reader, sampler, all rules", dump);
        if (hasConverter)
        {
            Bytes(nameof(ConverterBenchmarks.Convert), "vcd2fst", dump);
        }
        else
        {
            isWhole = false;
            Say($"{"vcd2fst",-58} {"not supported: no vcd2fst in PATH (it comes with GTKWave)",10}");
        }

        long? reading = PeakMemory.Of("read", dump.FilePath);
        long? checking = PeakMemory.Of("check", dump.FilePath);
        isWhole &= reading is not null && checking is not null;
        Say($"peak memory of a process that reads it: {Peak(reading)}; that checks it: {Peak(checking)}");
        if (Find(nameof(DumpBenchmarks.Read)) is Measurement read)
        {
            double rate = dump.Bytes / read.Median;
            Say($"reader: {rate / 1e6:0} MB/s, 200 are asked for: {Met(rate >= RequiredBytesPerSecond)}; {Peak(reading)}, less than {MiB(RequiredPeakBytes):0} MiB are asked for: {Met(reading < RequiredPeakBytes)}");
            if (Find(nameof(ConverterBenchmarks.Convert)) is Measurement converter)
            {
                double ratio = converter.Median / read.Median;
                Say($"reader: {ratio:0.0} times vcd2fst, {RequiredOfConverter:0} times are asked for: {Met(ratio >= RequiredOfConverter)}");
            }
        }
    }

    private static string Peak(long? bytes) => bytes is long known ? $"{MiB(known).ToString("0", CultureInfo.InvariantCulture)} MiB" : "not measured";

    private void Cycles(string name, string words)
    {
        Measurement? traffic = Find(nameof(CheckerBenchmarks.TrafficAlone));
        string? compared = name == nameof(CheckerBenchmarks.TrafficAlone) ? "peer" : null;
        Row(name, words, seconds => (1e-6 / seconds).ToString("0.0", CultureInfo.InvariantCulture), row => compared ?? (row.Median / traffic?.Median)?.ToString("0.0' times the traffic'", CultureInfo.InvariantCulture) ?? string.Empty);
    }

    private void Bytes(string name, string words, GeneratedDump dump)
    {
        Measurement? peer = Find(nameof(ConverterBenchmarks.Convert));
        Row(
            name,
            words,
            seconds => (dump.Bytes / seconds / 1e6).ToString("0", CultureInfo.InvariantCulture),
            row => row == peer ? "peer" : peer is null ? string.Empty : (peer.Median / row.Median).ToString("0.0' of vcd2fst'", CultureInfo.InvariantCulture));
    }

    private void Row(string name, string words, Func<double, string> rate, Func<Measurement, string> compare)
    {
        if (Find(name) is not Measurement row)
        {
            isWhole = false;
            Say($"{words,-58} {"not measured",10}");
            return;
        }

        string others = row.Load?.OthersCores.ToString("0.00", CultureInfo.InvariantCulture) ?? "?";
        Say($"{words,-58} {rate(row.Median),10} {$"{rate(row.UpperQuartile)} .. {rate(row.LowerQuartile)}",17} {others,7}  {compare(row)}");
    }

    private Measurement? Find(string name) => measured.Find(row => row.Row == name);

    private void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void Say(string line) => output.WriteLine(line);
}
