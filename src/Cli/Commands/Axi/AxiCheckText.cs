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

    /// <summary>Why rules that pass verify nothing.</summary>
    public const string AtRest = "no VALID out of reset, so that no rule but those about resets and x had anything to judge";

    /// <summary>Writes all interfaces.</summary>
    public static void Write(IReadOnlyList<AxiCheckResult> results, TextWriter output, bool isVerbose)
    {
        foreach (AxiCheckResult result in results)
        {
            Write(result, output, isVerbose);
        }
    }

    /// <summary>How many rules have each outcome.</summary>
    public static string CountsOf(IReadOnlyList<AxiRuleResult> rules) => string.Join(", ", new[] { AxiOutcome.Pass, AxiOutcome.Fail, AxiOutcome.NotExercised, AxiOutcome.NotObservable }
        .Select(outcome => (Outcome: outcome, Count: rules.Count(rule => rule.Outcome == outcome)))
        .Where(pair => pair.Count > 0)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Count} {AxiOutcomes.NameOf(pair.Outcome)}")));

    /// <summary>Writes each broken rule with its first violations; all others too, a line each, if they are asked for.</summary>
    public static void WriteRules(IReadOnlyList<AxiRuleResult> rules, Func<AxiFinding, string> placeOf, TextWriter output, bool isVerbose)
    {
        foreach (AxiRuleResult rule in rules)
        {
            if (rule.Outcome == AxiOutcome.Fail)
            {
                WriteBroken(rule, placeOf, output);
            }
            else if (isVerbose)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rule.Rule.Id} {AxiOutcomes.NameOf(rule.Outcome)}; armed {rule.Armed}"));
            }
        }
    }

    /// <summary>Name, width, clock and reset of an interface.</summary>
    public static string Title(VcdInterface found, int dataBits)
    {
        string reset = found.Reset is VcdReset known ? $"{known.Variable.Path} ({(known.IsActiveHigh ? "active high" : "active low")})" : "none";
        string stream = found.Kind == VcdInterfaceKind.Stream ? "stream, " : string.Empty;
        return $"{found.Name}: {stream}{dataBits} data bits, clock {found.Clock?.Path}, reset {reset}";
    }

    private static void Write(AxiCheckResult result, TextWriter output, bool isVerbose)
    {
        output.WriteLine(PrintableText.Of(Title(result.Interface, result.DataBits)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {result.Cycles} cycles; rules: {CountsOf(result.Rules)}"));
        WriteRules(result.Rules, finding => string.Create(CultureInfo.InvariantCulture, $"cycle {finding.Cycle}"), output, isVerbose);
        if (!result.IsExercised)
        {
            output.WriteLine($"  not exercised: {AtRest}");
        }

        if (result.Incomplete is string why)
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
