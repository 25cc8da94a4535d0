using Spanker.Conformance.Tests.Axi4.Bench;

namespace Spanker.Conformance.Tests.Axi4.Rules;

/// <summary>A rule, a trace that keeps it, the same trace with one thing wrong, and what else then fails, with the reason.</summary>
internal sealed record Mutant(string Rule, Func<Timeline> Passing, Func<Timeline> Broken, params (string Rule, string Reason)[] Further)
{
    /// <summary>Rules that the passing trace fails already, because the named rule has nothing to judge without.</summary>
    public string[] Before { get; init; } = [];

    /// <summary>A change of pins of the passing trace.</summary>
    public static Mutant Edit(string rule, Func<Timeline> passing, Action<Timeline> change, params (string Rule, string Reason)[] further) => new(
        rule,
        passing,
        () =>
        {
            Timeline line = passing();
            change(line);
            return line;
        },
        further);
}
