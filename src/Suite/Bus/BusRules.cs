using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>Which clause a rule of the bus belongs to, and which rules a card of generation A can show.</summary>
public static class BusRules
{
    // Outside of the profile: no WRAP, no exclusive access, one outstanding (so that nothing can overtake).
    private static readonly string[] OutsideProfile = ["_WRAP", "_LOCK", "_EXCL_", "EXT_ID_ORDER"];

    /// <summary>The clauses that traffic is judged by, whoever drives it.</summary>
    public static IReadOnlyList<string> Clauses { get; } = ["AXI-2", "AXI-3", "AXI-4", "AXI-6"];

    /// <summary>Whether a clause is about the bus.</summary>
    public static bool IsAboutBus(string clause)
    {
        ArgumentNullException.ThrowIfNull(clause);
        return clause.StartsWith("AXI-", StringComparison.Ordinal);
    }

    /// <summary>The clause that a rule belongs to.</summary>
    public static string ClauseOf(AxiRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Id switch
        {
            "MAST_SINGLE_OUTSTANDING" => "AXI-4",
            "MAST_SIZE_FULL" or "MAST_NARROW_SLVERR" or "MAST_NO_EXOKAY" => "AXI-3",
            "MAST_BURST_SUPPORTED" => "AXI-2",
            _ when rule.Id.EndsWith("ADDR_BOUNDARY", StringComparison.Ordinal) || rule.Id.EndsWith("LEN_FIXED", StringComparison.Ordinal) => "AXI-2",
            _ => "AXI-6",
        };
    }

    /// <summary>The rules of AXI-6 that a bus of this shape can show within generation A; the others are listed by <see cref="NotArmed"/>.</summary>
    public static IReadOnlyList<AxiRule> Applicable(AxiBusShape shape) => [.. AxiRules.All.Where(rule => IsJudged(rule) && rule.IsObservable(shape) && !IsOutside(rule))];

    /// <summary>The rules that a bus of this shape cannot show within generation A, with the reason, or that only the device itself can arm.</summary>
    public static IReadOnlyList<(AxiRule Rule, string Reason)> NotArmed(AxiBusShape shape) =>
    [
        .. AxiRules.All.Where(rule => !rule.IsObservable(shape)).Select(rule => (rule, "the bus does not show it")),
        .. AxiRules.All.Where(rule => rule.IsObservable(shape) && !IsOutside(rule) && rule.Blame == AxiBlame.Master).Select(rule => (rule, "the device's own host did nothing that arms it")),
        .. AxiRules.All.Where(rule => rule.IsObservable(shape) && IsOutside(rule)).Select(rule => (rule, "generation A has no WRAP, no exclusive access and one outstanding a direction")),
    ];

    private static bool IsJudged(AxiRule rule) => rule.Severity == AxiSeverity.Error && ClauseOf(rule) == "AXI-6";

    private static bool IsOutside(AxiRule rule) => Array.Exists(OutsideProfile, part => rule.Id.Contains(part, StringComparison.Ordinal));
}
