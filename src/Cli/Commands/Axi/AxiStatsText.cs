using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli;

/// <summary>What <c>axi stats</c> says to people.</summary>
internal static class AxiStatsText
{
    private const int LengthsShown = 16;

    /// <summary>Writes all interfaces.</summary>
    public static void Write(IReadOnlyList<BusMetrics> measured, TextWriter output)
    {
        foreach (BusMetrics each in measured)
        {
            Write(each, output);
        }
    }

    /// <summary>A channel as the specification spells it.</summary>
    public static string NameOf(AxiChannel channel) => channel switch
    {
        AxiChannel.WriteAddress => "AW",
        AxiChannel.WriteData => "W",
        AxiChannel.WriteResponse => "B",
        AxiChannel.ReadAddress => "AR",
        _ => "R",
    };

    /// <summary>The responses with their names.</summary>
    public static IReadOnlyList<(string Name, long Count)> Counts(AxiResponseCounts counts) =>
        [("OKAY", counts.Okay), ("EXOKAY", counts.ExOkay), ("SLVERR", counts.SlvErr), ("DECERR", counts.DecErr), ("x", counts.Unknown)];

    private static void Write(BusMetrics each, TextWriter output)
    {
        AxiMetrics metrics = each.Metrics;
        output.WriteLine(PrintableText.Of(AxiCheckText.Title(each.Interface, each.Shape.DataBits)));
        output.WriteLine(Text($"  {metrics.Cycles} cycles, {metrics.ActiveCycles} of them out of reset{(metrics.Gaps > 0 ? Text($"; gaps in the dump: {metrics.Gaps}") : string.Empty)}"));
        output.WriteLine();
        WriteUses(metrics, output);
        foreach (AxiDirectionMetrics direction in metrics.Directions)
        {
            output.WriteLine();
            WriteDirection(metrics, direction, output);
        }

        if (each.Incomplete is string why)
        {
            output.WriteLine($"  incomplete: {PrintableText.Of(why)}");
        }

        output.WriteLine();
    }

    private static void WriteUses(AxiMetrics metrics, TextWriter output)
    {
        AlignedTable table = new();
        table.Add("channel", "transfer", "", "stall", "", "starve", "", "idle", "");
        foreach (AxiChannelUse use in metrics.Channels)
        {
            table.Add([NameOf(use.Channel), .. new[] { use.Transfer, use.Stall, use.Starve, use.Idle }.SelectMany(count => new[] { Text($"{count}"), Text($"{100 * metrics.PerCycle(count):0.0} %") })]);
        }

        table.Write(output, "  ");
    }

    private static void WriteDirection(AxiMetrics metrics, AxiDirectionMetrics direction, TextWriter output)
    {
        string open = direction.UnderWay > 0 ? Text($", {direction.UnderWay} under way at the end") : string.Empty;
        string unmeasured = direction.Unmeasured > 0 ? Text($", {direction.Unmeasured} without latencies (after a gap or an x)") : string.Empty;
        output.WriteLine(Text($"  {(direction.IsRead ? "reads" : "writes")}: {direction.Started} asked for, {direction.Finished} ended{open}{unmeasured}"));
        output.WriteLine(Text($"    {direction.Beats} beats, {metrics.PerCycle(direction.Beats):0.000} a cycle; {direction.Bytes} bytes, {metrics.PerCycle(direction.Bytes):0.000} a cycle"));
        output.WriteLine(Text($"    outstanding: {direction.MaxOutstanding} at most, {metrics.PerCycle(direction.OutstandingCycles):0.000} on average"));
        if (direction.BurstBeats.Count > 0)
        {
            string more = direction.BurstBeats.Count > LengthsShown ? Text($", and {direction.BurstBeats.Count - LengthsShown} lengths more") : string.Empty;
            output.WriteLine($"    bursts: {string.Join(", ", direction.BurstBeats.Take(LengthsShown).Select(length => Text($"{length.Count} of {length.Beats}")))} beats{more}");
        }

        (string Name, long Count)[] responses = [.. Counts(direction.Responses).Where(pair => pair.Count > 0)];
        if (responses.Length > 0)
        {
            output.WriteLine($"    responses: {string.Join(", ", responses.Select(pair => Text($"{pair.Count} {pair.Name}")))}");
        }

        WriteLatencies(direction, output);
    }

    private static void WriteLatencies(AxiDirectionMetrics direction, TextWriter output)
    {
        if (direction.Latencies.All(latency => latency.Count == 0))
        {
            return;
        }

        AlignedTable table = new();
        table.Add("cycles", "count", "min", "p50", "p95", "p99", "max", "mean");
        foreach (AxiLatency latency in direction.Latencies)
        {
            table.Add(
                NameOf(latency.Stage, direction.IsRead),
                Text($"{latency.Count}"),
                Text($"{latency.MinCycles}"),
                Text($"{latency.P50Cycles}"),
                Text($"{latency.P95Cycles}"),
                Text($"{latency.P99Cycles}"),
                Text($"{latency.MaxCycles}"),
                Text($"{latency.MeanCycles:0.00}"));
        }

        table.Write(output, "    ");
        if (direction.Latencies.Max(latency => latency.ResolutionCycles) is long resolution and > 1)
        {
            output.WriteLine(Text($"    percentiles are rounded down, to multiples of {resolution} cycles at worst"));
        }
    }

    private static string NameOf(AxiStage stage, bool isRead) => (stage, isRead) switch
    {
        (AxiStage.AddressWait, true) => "ARVALID to its handshake",
        (AxiStage.AddressWait, false) => "AWVALID to its handshake",
        (AxiStage.AddressToFirstData, true) => "AR to first R",
        (AxiStage.AddressToFirstData, false) => "AW to first W",
        (AxiStage.FirstToLastData, true) => "first R to last R",
        (AxiStage.FirstToLastData, false) => "first W to last W",
        (AxiStage.LastDataToResponse, _) => "last W to B",
        _ => "all together",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
