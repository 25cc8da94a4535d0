using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Suite.Reports;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Cli;

/// <summary>What <c>axi check</c> says to people: an interface's rules in a line of counts, and each broken one with its first violations.</summary>
internal static class AxiCheckText
{
    private const int ViolationsShown = 4;

    /// <summary>Writes all interfaces.</summary>
    public static void Write(IReadOnlyList<BusVerdict> verdicts, TextWriter output, bool isVerbose)
    {
        foreach (BusVerdict verdict in verdicts)
        {
            Write(verdict, output, isVerbose);
        }
    }

    private static void Write(BusVerdict verdict, TextWriter output, bool isVerbose)
    {
        VcdInterface found = verdict.Interface;
        string reset = found.Reset is VcdReset known ? $"{known.Variable.Path} ({(known.IsActiveHigh ? "active high" : "active low")})" : "none";
        output.WriteLine(PrintableText.Of($"{found.Name}: {verdict.Shape.DataBits} data bits, clock {found.Clock?.Path}, reset {reset}"));
        string counts = string.Join(", ", new[] { AxiOutcome.Pass, AxiOutcome.Fail, AxiOutcome.NotExercised, AxiOutcome.NotObservable }
            .Select(outcome => (Outcome: outcome, Count: verdict.Verdict.Rules.Count(rule => rule.Outcome == outcome)))
            .Where(pair => pair.Count > 0)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Count} {AxiOutcomes.NameOf(pair.Outcome)}")));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {verdict.Verdict.Cycles} cycles; rules: {counts}"));
        foreach (AxiRuleResult rule in verdict.Verdict.Rules)
        {
            if (rule.Outcome == AxiOutcome.Fail)
            {
                WriteBroken(rule, output);
            }
            else if (isVerbose)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rule.Rule.Id} {AxiOutcomes.NameOf(rule.Outcome)}; armed {rule.Armed}"));
            }
        }

        if (verdict.Incomplete is string why)
        {
            output.WriteLine($"  incomplete: {PrintableText.Of(why)}");
        }
    }

    private static void WriteBroken(AxiRuleResult rule, TextWriter output)
    {
        string kind = rule.Rule.Severity == AxiSeverity.Error ? "fails" : "warning";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rule.Rule.Id} {kind}, {rule.Violated} of {rule.Armed}: {rule.Rule.Statement}"));
        foreach (AxiFinding finding in rule.Findings.Take(ViolationsShown))
        {
            output.WriteLine(PrintableText.Of(string.Create(CultureInfo.InvariantCulture, $"    cycle {finding.Cycle}, {finding.Blame.ToString().ToLowerInvariant()} at fault: {finding.Message}")));
        }

        if (rule.Violated > ViolationsShown)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    and {rule.Violated - ViolationsShown} more"));
        }
    }
}
