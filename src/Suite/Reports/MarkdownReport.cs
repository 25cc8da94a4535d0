using System.Globalization;
using System.Text;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Suite.Reports;

/// <summary>report.md: for people. A table of devices and families, then every clause and every failure of each device.</summary>
public static class MarkdownReport
{
    /// <summary>Which outcome of a family's clauses stands for the family: the first of these that occurs.</summary>
    private static readonly Outcome[] Precedence =
        [Outcome.Deviates, Outcome.Inconclusive, Outcome.Conforms, Outcome.NotExercised, Outcome.NotSupported, Outcome.NotApplicable];

    /// <summary>Writes the report in UTF-8.</summary>
    public static void Write(RunReport report, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.Write(Encoding.UTF8.GetBytes(ToText(report)));
    }

    /// <summary>The report as text.</summary>
    public static string ToText(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        WriteHead(report, text);
        WriteSummary(report.Result.Devices, text);
        foreach (DeviceResult device in report.Result.Devices)
        {
            WriteDevice(report, device, text);
        }

        WriteEnvironment(report.Environment, text);
        return text.ToString();
    }

    private static void WriteHead(RunReport report, StringBuilder text)
    {
        RunResult result = report.Result;
        Line(text, "# Conformance report");
        Line(text, string.Empty);
        Line(text, $"- spanker-conformance {RunReport.ToolVersion}, seed {result.Options.Plan.Seed.ToString(CultureInfo.InvariantCulture)}, profile {result.Options.Plan.Profile.ToString().ToLowerInvariant()}");
        Line(text, $"- clauses {Code(result.Options.Filter.Text)}, shard {result.Options.Shard.Index}/{result.Options.Shard.Count}{(result.Options.ClassName is string held ? $", held to class {held}" : string.Empty)}");
        if (result.Options.Plan.Weights is RealWeights weights)
        {
            Line(text, $"- real weights: tensor {Code(weights.Tensor)}, {weights.RowCount} rows of {weights.RowWeights}, from {Code(Path.GetFileName(report.GgufPath ?? "a file"))}");
        }

        Line(text, $"- canary: {Escape(report.CanaryText)}");
        Line(text, result.IsComplete ? "- complete" : "- **incomplete**: what was cut off, or could not be said, is not a pass");
    }

    private static void WriteSummary(IReadOnlyList<DeviceResult> devices, StringBuilder text)
    {
        List<string> families = [.. RequirementCatalogue.All.Select(r => FamilyOf(r.Id)).Distinct()];
        Line(text, string.Empty);
        Line(text, "## Summary");
        Line(text, string.Empty);
        Line(text, "An outcome stands with the number of clauses that conform, of those that were judged.");
        Line(text, string.Empty);
        Line(text, $"| device | outcome | claimed | met | worst error / bound | {string.Join(" | ", families)} |");
        Line(text, $"|---|---|---|---|---|{string.Concat(Enumerable.Repeat("---|", families.Count))}");
        foreach (DeviceResult device in devices)
        {
            IEnumerable<string> cells = families.Select(family => Cell([.. device.Requirements.Where(r => FamilyOf(r.Requirement.Id) == family)]));
            Line(text, $"| {Code(device.Spec)} | {Strong(device.Outcome)} | {device.ClaimedClass} | {device.MetClass ?? "-"} | {Worst(device)} | {string.Join(" | ", cells)} |");
        }
    }

    private static string Cell(List<RequirementResult> family)
    {
        Outcome outcome = Precedence.First(o => family.Exists(r => r.Outcome == o));
        int conforming = family.Count(r => r.Outcome == Outcome.Conforms);
        int judged = family.Count(r => r.Outcome is Outcome.Conforms or Outcome.Deviates or Outcome.Inconclusive);
        return judged == 0 ? outcome.ToReportName() : $"{Strong(outcome)} {conforming}/{judged}";
    }

    private static void WriteDevice(RunReport report, DeviceResult device, StringBuilder text)
    {
        Line(text, string.Empty);
        Line(text, $"## {Code(device.Spec)}: {device.Outcome.ToReportName()}");
        Line(text, string.Empty);
        string end = device.IsComplete ? string.Empty : "; **cut off before all cases were tried**";
        Line(text, $"{Escape(device.Name)}; {device.CasesTried} cases{end}. Clauses marked * go beyond what the upstream stack has written down: they are ours.");
        foreach (Failure failure in device.Failures)
        {
            WriteFailure(report.Of(failure), text);
        }

        Line(text, string.Empty);
        Line(text, "| clause | outcome | cases | reached | reason | demands |");
        Line(text, "|---|---|---|---|---|---|");
        foreach (RequirementResult r in device.Requirements)
        {
            string reached = r.Reached.Count == 0 ? string.Empty : $"{r.Reached.Count}: {string.Join("; ", r.Reached)}";
            Line(text, $"| {r.Requirement.Id}{(r.Requirement.IsOurs ? "\\*" : string.Empty)} | {Strong(r.Outcome)} | {r.Cases} | {Escape(reached)} | {Escape(r.Reason)} | {Escape(r.Requirement.Text)} |");
        }

        if (device.BusRules.Count > 0)
        {
            WriteBus(device, text);
        }
    }

    private static void WriteBus(DeviceResult device, StringBuilder text)
    {
        Line(text, string.Empty);
        Line(text, $"Rules of the bus: {string.Join(", ", device.BusRules.GroupBy(Spelling).Select(group => $"{group.Count()} {group.Key}"))}.");
        Line(text, string.Empty);
        Line(text, "| rule | outcome | armed | violated | reason |");
        Line(text, "|---|---|---|---|---|");
        foreach (BusRuleCoverage rule in device.BusRules)
        {
            string spelling = Spelling(rule);
            Line(text, string.Create(CultureInfo.InvariantCulture, $"| {Code(rule.Rule.Id)} | {(spelling == "fail" ? "**fail**" : spelling)} | {rule.Armed} | {rule.Violated} | {Escape(rule.Reason)} |"));
        }
    }

    // A recommendation that is not followed is held against nobody.
    private static string Spelling(BusRuleCoverage rule) =>
        rule.Violated > 0 && rule.Rule.Severity == AxiSeverity.Warning ? "warning" : AxiOutcomes.NameOf(rule.Outcome);

    private static void WriteFailure(ReportedFailure reported, StringBuilder text)
    {
        Failure failure = reported.Failure;
        Line(text, string.Empty);
        Line(text, $"### {failure.Clause}{(RequirementCatalogue.Find(failure.Clause) is { IsOurs: true } ? " (ours)" : string.Empty)}");
        Line(text, string.Empty);
        Line(text, "```text");
        Line(text, Fenced(failure.Deviation.Message));
        Line(text, $"shape:    {failure.Case.ShapeText}");
        if (failure.Where.Length > 0)
        {
            Line(text, $"where:    {Fenced(failure.Where)}");
        }

        Line(text, $"expected: {Fenced(failure.Deviation.Expected)}");
        Line(text, $"actual:   {Fenced(failure.Deviation.Actual)}");
        foreach (string line in failure.Deviation.Neighbourhood)
        {
            Line(text, $"          {Fenced(line)}");
        }

        Line(text, $"cases:    {failure.CasesBroken} broke the clause");
        if (reported.DumpFile is string dump)
        {
            Line(text, $"waves:    {dump}; judged by: {failure.BusDump!.CheckLine(dump)}");
        }

        Line(text, $"replay:   {Fenced(reported.ReplayLine)}");
        Line(text, "```");
    }

    private static void WriteEnvironment(ReportEnvironment environment, StringBuilder text)
    {
        Line(text, string.Empty);
        Line(text, "## Environment");
        Line(text, string.Empty);
        Line(text, $"- {Escape(environment.Dotnet)} on {Escape(environment.OperatingSystem)}, {environment.Architecture}, {environment.ProcessorCount} processors, {environment.Threads} threads");
        Line(text, $"- hardware paths: {environment.HardwareText}");
        Line(text, string.Create(CultureInfo.InvariantCulture, $"- started {environment.StartText}, took {environment.Duration.TotalSeconds:0.000} s"));
    }

    private static string FamilyOf(string clause) => clause[..clause.IndexOf('-', StringComparison.Ordinal)];

    private static string Worst(DeviceResult device) =>
        device.MetClass is null ? "-" : device.WorstErrorOverBound.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Strong(Outcome outcome) =>
        outcome is Outcome.Deviates or Outcome.Inconclusive ? $"**{outcome.ToReportName()}**" : outcome.ToReportName();

    private static string Code(string text) => $"`{PrintableText.Of(text).Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal)}`";

    // A device's own words must not end the fence.
    private static string Fenced(string text) => PrintableText.Of(text).Replace("```", "'''", StringComparison.Ordinal);

    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in PrintableText.Of(text))
        {
            _ = "\\`*_[]<>|#".Contains(c, StringComparison.Ordinal) ? escaped.Append('\\').Append(c) : escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
