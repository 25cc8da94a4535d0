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

    /// <summary>How an outcome is spelled.</summary>
    public static string NameOf(AxiOutcome outcome) => outcome switch
    {
        AxiOutcome.Pass => "pass",
        AxiOutcome.Fail => "fail",
        AxiOutcome.NotObservable => "not-observable",
        _ => "not-exercised",
    };

    /// <summary>How many rules have each outcome.</summary>
    public static string CountsOf(AxiVerdict verdict) => string.Join(", ", new[] { AxiOutcome.Pass, AxiOutcome.Fail, AxiOutcome.NotExercised, AxiOutcome.NotObservable }
        .Select(outcome => (Outcome: outcome, Count: verdict.Rules.Count(rule => rule.Outcome == outcome)))
        .Where(pair => pair.Count > 0)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Count} {NameOf(pair.Outcome)}")));

    /// <summary>Writes each broken rule with its first violations; all others too, a line each, if they are asked for.</summary>
    public static void WriteRules(AxiVerdict verdict, Func<AxiFinding, string> placeOf, TextWriter output, bool isVerbose)
    {
        foreach (AxiRuleResult rule in verdict.Rules)
        {
            if (rule.Outcome == AxiOutcome.Fail)
            {
                WriteBroken(rule, placeOf, output);
            }
            else if (isVerbose)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rule.Rule.Id} {NameOf(rule.Outcome)}; armed {rule.Armed}"));
            }
        }
    }

    private static void Write(BusVerdict verdict, TextWriter output, bool isVerbose)
    {
        VcdInterface found = verdict.Interface;
        string reset = found.Reset is VcdReset known ? $"{known.Variable.Path} ({(known.IsActiveHigh ? "active high" : "active low")})" : "none";
        output.WriteLine(PrintableText.Of($"{found.Name}: {verdict.Shape.DataBits} data bits, clock {found.Clock?.Path}, reset {reset}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {verdict.Verdict.Cycles} cycles; rules: {CountsOf(verdict.Verdict)}"));
        WriteRules(verdict.Verdict, finding => string.Create(CultureInfo.InvariantCulture, $"cycle {finding.Cycle}"), output, isVerbose);
        if (verdict.Incomplete is string why)
        {
            output.WriteLine($"  incomplete: {PrintableText.Of(why)}");
        }
    }

    private static void WriteBroken(AxiRuleResult rule, Func<AxiFinding, string> placeOf, TextWriter output)
    {
        string kind = rule.Rule.Severity == AxiSeverity.Error ? "fails" : "warning";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rule.Rule.Id} {kind}, {rule.Violated} of {rule.Armed}: {rule.Rule.Statement}"));
        foreach (AxiFinding finding in rule.Findings.Take(ViolationsShown))
        {
            output.WriteLine(PrintableText.Of(string.Create(CultureInfo.InvariantCulture, $"    {placeOf(finding)}, {finding.Blame.ToString().ToLowerInvariant()} at fault: {finding.Message}")));
        }

        if (rule.Violated > ViolationsShown)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    and {rule.Violated - ViolationsShown} more"));
        }
    }
}
