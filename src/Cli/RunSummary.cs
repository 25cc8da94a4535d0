using System.Globalization;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli;

/// <summary>What <c>run</c> says in the end: a line a device, and each failure with the command that replays it.</summary>
internal static class RunSummary
{
    private static readonly Outcome[] Order =
        [Outcome.Conforms, Outcome.Deviates, Outcome.Inconclusive, Outcome.NotExercised, Outcome.NotSupported, Outcome.NotApplicable];

    /// <summary>Writes the summary.</summary>
    public static void Write(RunReport report, TextWriter output, bool isVerbose)
    {
        foreach (DeviceResult device in report.Result.Devices)
        {
            WriteDevice(report, device, output, isVerbose);
        }

        output.WriteLine($"canary: {report.CanaryText}");
    }

    private static void WriteDevice(RunReport report, DeviceResult device, TextWriter output, bool isVerbose)
    {
        string met = device.MetClass is null
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $"; claims {device.ClaimedClass}, meets {device.MetClass}, worst error {device.WorstErrorOverBound:0.###} of its bound");
        string counts = string.Join(", ", Order
            .Select(outcome => (Outcome: outcome, Count: device.Requirements.Count(r => r.Outcome == outcome)))
            .Where(pair => pair.Count > 0)
            .Select(pair => $"{pair.Count} {pair.Outcome.ToReportName()}"));
        output.WriteLine($"{device.Spec}: {device.Outcome.ToReportName()}{met}; {device.CasesTried} cases; clauses: {counts}{(device.IsComplete ? string.Empty : "; cut off")}");
        foreach (Failure failure in device.Failures)
        {
            WriteFailure(report.Of(failure), output);
        }

        foreach (RequirementResult r in device.Requirements)
        {
            bool isOdd = r.Outcome is Outcome.Inconclusive || (r.Outcome is Outcome.NotExercised && report.Result.Options.Filter.Selects(r.Requirement.Id));
            if (isVerbose || isOdd)
            {
                string reason = r.Reason.Length > 0 ? $" ({PrintableText.Of(r.Reason)})" : string.Empty;
                string reached = isVerbose && r.Reached.Count > 0 ? $"; reached {r.Reached.Count}: {string.Join("; ", r.Reached)}" : string.Empty;
                output.WriteLine($"  {r.Requirement.Id} {r.Outcome.ToReportName()}{reason}; {r.Cases} cases{reached}");
            }
        }
    }

    private static void WriteFailure(ReportedFailure reported, TextWriter output)
    {
        Failure failure = reported.Failure;
        output.WriteLine($"  {failure.Clause} deviates: {PrintableText.Of(failure.Deviation.Message)} ({failure.Case.ShapeText}; {failure.CasesBroken} cases)");
        if (failure.Where.Length > 0)
        {
            output.WriteLine($"    where: {PrintableText.Of(failure.Where)}");
        }

        foreach (string line in failure.Deviation.Neighbourhood)
        {
            output.WriteLine($"    {PrintableText.Of(line)}");
        }

        output.WriteLine($"    replay: {reported.ReplayLine}");
    }
}
