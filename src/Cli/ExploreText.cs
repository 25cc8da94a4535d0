using System.Globalization;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli;

/// <summary>What an exploration says to people.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="output">Where the lines go.</param>
internal sealed class ExploreText(ExploreRequest request, TextWriter output)
{
    // A longer diagram has its middle left out; --diagram writes all of it.
    private const int MostDiagramRows = 120;

    /// <summary>The lines before the exploration.</summary>
    public void WriteBeginning()
    {
        ExplorationPlan plan = request.Plan;
        string gathers = plan.Setup.Algorithm.Gathers ? string.Empty : $" {request.Operation}";
        Write($"exploring {plan.Setup.Algorithm.Name} {request.Collective}{gathers}, scenario {request.Scenario}: {Many(plan.Setup.Cards, "card")}, {Many(plan.Setup.Chunks, "chunk")}, {Many(plan.Setup.Credits, "credit")}");
        string faults = request.Faults == "each" ? $"each ({plan.Faults.Count})" : request.Faults;
        Write($"faults {faults}; data {string.Join(", ", plan.Data.Select(ExploreRequest.NameOf))}; {Way()}");
    }

    /// <summary>The lines after it.</summary>
    public void WriteEnd(ExplorationSummary summary, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(summary);
        Write($"  programs   {summary.Programs,12}");
        Write($"  schedules  {summary.Schedules,12}");
        Write($"  traces     {summary.Traces,12}{(summary.TracesOverflowed ? " and more" : string.Empty)}");
        Write($"  blocked    {summary.Blocked,12}");
        Write($"  steps      {summary.Steps,12}   {summary.LongestRun} in the longest run");
        Write($"sources of nondeterminism reached");
        foreach ((string source, long count) in summary.Reached)
        {
            Write($"  {source,-26}  {(count == 0 ? "not-exercised" : count.ToString(CultureInfo.InvariantCulture))}");
        }

        WriteGuarantee(summary.Guarantee);
        WriteFinding(summary.Finding);
        if (summary.Replayed is not null)
        {
            output.Write(SequenceText.Draw(summary.Replayed, MostDiagramRows));
        }

        string took = FormattableString.Invariant($"{summary.Schedules} schedules in {elapsed.TotalSeconds:0.0} s ({(summary.Schedules + summary.Blocked) / Math.Max(elapsed.TotalSeconds, 1e-3):0} a second)");
        Write($"{took}: {Verdict(summary)}");
    }

    private static string Many(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? string.Empty : "s")}");

    private static string Verdict(ExplorationSummary summary)
    {
        if (summary.Finding is not null)
        {
            return $"{summary.Finding.Found.Finding.KindText} found";
        }

        string found = summary.Schedules == 0 ? "nothing explored" : "nothing found";
        return summary.IsComplete && summary.Plan.Strategy.IsExhaustive ? $"{found}, exhaustive" : $"{found}; not exhaustive, limit: {summary.Limit}";
    }

    private string Way()
    {
        ExplorationPlan plan = request.Plan;
        string twice = plan.CheckDeterminism ? ", each twice" : string.Empty;
        return plan.Replay is not null
            ? FormattableString.Invariant($"replay of {plan.Replay.Threads.Count} steps{twice}")
            : FormattableString.Invariant($"strategy {plan.Strategy}, at most {plan.MostSchedules} schedules a program{twice}, seed {plan.Seed}");
    }

    private void WriteGuarantee(PctGuarantee? pct)
    {
        if (pct is null)
        {
            return;
        }

        string promise = pct.Holds
            ? FormattableString.Invariant($"p {pct.Chance:0.###e+0} a run, epsilon {pct.Missed:0.###e+0}: a bug of depth {pct.Depth} is missed no more often than that")
            : pct.IsBounded
            ? FormattableString.Invariant($"no guarantee: a run had {pct.LongestRun} steps, more than k")
            : "no guarantee: k is one run's steps, and this scenario's schedules differ in length";
        Write($"pct: n {pct.Threads}, k {pct.StepBound}, d {pct.Depth}, runs {pct.Runs}; {promise}");
    }

    private void WriteFinding(ExplorationFinding? finding)
    {
        if (finding is null)
        {
            return;
        }

        Write($"finding: {finding.Found.Finding.KindText}, schedule {finding.Found.Number} of its program, faults {finding.Fault?.ToString() ?? "none"}, data {ExploreRequest.NameOf(finding.Data)}");
        Write($"  {PrintableText.Of(finding.Found.Finding.Message)}");
        Write($"  {finding.Found.Schedule.Threads.Count} steps, shrunk from {finding.StepsBefore}; schedule {finding.Found.Schedule}");
        Write($"  replay: {request.CommandOf(finding.Fault, finding.Data, finding.Found.Schedule)}");
        output.Write(SequenceText.Draw(finding.Diagram, MostDiagramRows));
    }

    private void Write(FormattableString text) => output.WriteLine(FormattableString.Invariant(text));
}
