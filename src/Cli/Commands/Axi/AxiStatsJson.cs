using System.Text.Json;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Cli;

/// <summary><c>axi stats --json</c>; its keys are stable.</summary>
internal static class AxiStatsJson
{
    /// <summary>Writes all interfaces.</summary>
    public static void Write(IReadOnlyList<BusMetrics> measured, TextWriter output) => JsonOutput.Write(output, json => json.WriteObjects("interfaces", measured, each =>
    {
        AxiMetrics metrics = each.Metrics;
        json.WriteString("name", each.Interface.Name);
        json.WriteString("clock", each.Interface.Clock?.Path);
        json.WriteString("reset", each.Interface.Reset?.Variable.Path);
        json.WriteNumber("data_bits", each.Shape.DataBits);
        json.WriteNumber("cycles", metrics.Cycles);
        json.WriteNumber("active_cycles", metrics.ActiveCycles);
        json.WriteNumber("gaps", metrics.Gaps);
        json.WriteObjects("channels", metrics.Channels, use =>
        {
            json.WriteString("channel", AxiStatsText.NameOf(use.Channel));
            json.WriteNumber("transfer", use.Transfer);
            json.WriteNumber("stall", use.Stall);
            json.WriteNumber("starve", use.Starve);
            json.WriteNumber("idle", use.Idle);
        });
        json.WriteObjects("directions", metrics.Directions, direction => WriteDirection(json, metrics, direction));
        json.WriteBoolean("complete", each.Incomplete is null);
    }));

    private static void WriteDirection(Utf8JsonWriter json, AxiMetrics metrics, AxiDirectionMetrics direction)
    {
        json.WriteString("kind", direction.IsRead ? "R" : "W");
        json.WriteNumber("started", direction.Started);
        json.WriteNumber("finished", direction.Finished);
        json.WriteNumber("unmeasured", direction.Unmeasured);
        json.WriteNumber("under_way", direction.UnderWay);
        json.WriteNumber("beats", direction.Beats);
        json.WriteNumber("bytes", direction.Bytes);
        json.WriteNumber("beats_per_cycle", Rounded(metrics.PerCycle(direction.Beats)));
        json.WriteNumber("bytes_per_cycle", Rounded(metrics.PerCycle(direction.Bytes)));
        json.WriteNumber("outstanding_max", direction.MaxOutstanding);
        json.WriteNumber("outstanding_average", Rounded(metrics.PerCycle(direction.OutstandingCycles)));
        json.WriteObjects("latencies", direction.Latencies, latency =>
        {
            json.WriteString("stage", KeyOf(latency.Stage));
            json.WriteNumber("count", latency.Count);
            if (latency.Count > 0)
            {
                json.WriteNumber("min", latency.MinCycles);
                json.WriteNumber("p50", latency.P50Cycles);
                json.WriteNumber("p95", latency.P95Cycles);
                json.WriteNumber("p99", latency.P99Cycles);
                json.WriteNumber("max", latency.MaxCycles);
                json.WriteNumber("mean", Rounded(latency.MeanCycles));
                json.WriteNumber("resolution", latency.ResolutionCycles);
            }
        });
        json.WriteObjects("burst_beats", direction.BurstBeats, length =>
        {
            json.WriteNumber("beats", length.Beats);
            json.WriteNumber("count", length.Count);
        });
        json.WriteStartObject("responses");
        foreach ((string name, long count) in AxiStatsText.Counts(direction.Responses))
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
    }

    private static string KeyOf(AxiStage stage) => stage switch
    {
        AxiStage.AddressWait => "address-wait",
        AxiStage.AddressToFirstData => "address-to-first-data",
        AxiStage.FirstToLastData => "first-to-last-data",
        AxiStage.LastDataToResponse => "last-data-to-response",
        _ => "total",
    };

    // Six digits behind the point: what is beyond them is less than a cycle in a million.
    private static double Rounded(double value) => Math.Round(value, 6);
}
