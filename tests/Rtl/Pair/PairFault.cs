using System.Globalization;
using System.Text.RegularExpressions;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>A fault of rtl/axi_faults.sv and what must fail.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Blame">Whose fault it is, as the named rule says.</param>
/// <param name="Rule">The rule that names it.</param>
/// <param name="Shown">The letter of the log's line that says in which cycle the rule first fails: F the fault shows, M a read is wrong, D nothing has moved for too long, E the end.</param>
/// <param name="Further">What else fails, with the reason.</param>
internal sealed partial record PairFault(string Name, AxiBlame Blame, string Rule, char Shown, params (string Rule, string Reason)[] Further)
{
    private static readonly Lazy<IReadOnlyDictionary<string, int>> Committed = new(() =>
        DeclarationPattern().Matches(File.ReadAllText(RepositoryRoot.File("rtl/axi_faults.sv")))
            .ToDictionary(match => match.Groups["name"].Value, match => int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)));

    /// <summary>The numbers of rtl/axi_faults.sv by name, NONE left out.</summary>
    public static IReadOnlyDictionary<string, int> Numbers => Committed.Value;

    /// <summary>Its number there.</summary>
    public int Number => Numbers[Name];

    /// <summary>The rules that fail in a simulator: those about x cannot in one of two states.</summary>
    public IEnumerable<string> RulesIn(Simulator simulator) =>
        Further.Select(each => each.Rule).Prepend(Rule).Where(id => simulator == Simulator.Icarus || !AxiRules.All.Single(rule => rule.Id == id).NeedsFourState).Order();

    [GeneratedRegex(@"localparam logic \[7:0\] (?<name>[A-Z0-9_]+) = 8'd(?<number>[1-9]\d*);")]
    private static partial Regex DeclarationPattern();
}
