using System.Globalization;
using System.Text.Json;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli;

/// <summary>What an exploration says to scripts: the same options and seed give the same bytes.</summary>
internal static class ExploreJson
{
    /// <summary>Writes the members.</summary>
    public static void Write(Utf8JsonWriter json, ExploreRequest request, ExplorationSummary summary)
    {
        ArgumentNullException.ThrowIfNull(json);
        ExplorationPlan plan = request.Plan;
        json.WriteString("algorithm", plan.Setup.Algorithm.Name);
        json.WriteNumber("cards", plan.Setup.Cards);
        json.WriteNumber("chunks", plan.Setup.Chunks);
        json.WriteNumber("credits", plan.Setup.Credits);
        json.WriteString("faults", request.Faults);
        json.WriteString("strategy", plan.Replay is null ? plan.Strategy.ToString() : "replay");
        json.WriteNumber("schedules", summary.Schedules);
        json.WriteNumber("traces", summary.Traces);
        json.WriteBoolean("complete", summary.IsComplete);
        json.WriteString("limit", summary.Limit);
        json.WriteString("outcome", summary.Outcome);
        WriteFinding(json, request, summary.Finding);
        json.WriteString("collective", request.Collective);
        json.WriteString("operation", plan.Setup.Algorithm.Gathers ? null : request.Operation);
        json.WriteString("scenario", request.Scenario);
        json.WriteStartArray("data");
        foreach (CollectiveDataKind kind in plan.Data)
        {
            json.WriteStringValue(ExploreRequest.NameOf(kind));
        }

        json.WriteEndArray();
        json.WriteString("seed", plan.Seed.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("programs", summary.Programs);
        json.WriteBoolean("traces_overflowed", summary.TracesOverflowed);
        json.WriteNumber("blocked", summary.Blocked);
        json.WriteNumber("steps", summary.Steps);
        json.WriteNumber("longest_run", summary.LongestRun);
        json.WriteObjects("reached", summary.Reached, one =>
        {
            json.WriteString("source", one.Source);
            json.WriteNumber("count", one.Count);
            json.WriteString("outcome", one.Count == 0 ? "not-exercised" : "reached");
        });
        WriteGuarantee(json, summary.Guarantee);
    }

    private static void WriteFinding(Utf8JsonWriter json, ExploreRequest request, ExplorationFinding? finding)
    {
        if (finding is null)
        {
            json.WriteNull("finding");
            return;
        }

        json.WriteStartObject("finding");
        json.WriteString("kind", finding.Found.Finding.KindText);
        json.WriteString("message", finding.Found.Finding.Message);
        json.WriteString("schedule", finding.Found.Schedule.ToString());
        json.WriteString("fault", finding.Fault?.ToString());
        json.WriteString("data", ExploreRequest.NameOf(finding.Data));
        json.WriteNumber("number", finding.Found.Number);
        json.WriteString("replay", request.CommandOf(finding.Fault, finding.Data, finding.Found.Schedule));
        json.WriteEndObject();
    }

    private static void WriteGuarantee(Utf8JsonWriter json, PctGuarantee? pct)
    {
        if (pct is null)
        {
            json.WriteNull("pct");
            return;
        }

        json.WriteStartObject("pct");
        json.WriteNumber("n", pct.Threads);
        json.WriteNumber("k", pct.StepBound);
        json.WriteNumber("d", pct.Depth);
        json.WriteNumber("runs", pct.Runs);
        json.WriteBoolean("holds", pct.Holds);
        if (pct.Holds)
        {
            json.WriteNumber("p", pct.Chance);
            json.WriteNumber("epsilon", pct.Missed);
        }
        else
        {
            json.WriteNull("p");
            json.WriteNull("epsilon");
        }

        json.WriteEndObject();
    }
}
