using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>What a run showed of one rule of the bus on one device.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Armed">How often it had something to judge.</param>
/// <param name="Violated">How often it was broken by the device.</param>
/// <param name="Reason">Why it could not be armed; empty where it was, or merely was not.</param>
public sealed record BusRuleCoverage(AxiRule Rule, AxiOutcome Outcome, long Armed, long Violated, string Reason)
{
    /// <summary>Every rule, by what the cases showed of it.</summary>
    /// <param name="shape">The device's bus.</param>
    /// <param name="records">The cases.</param>
    public static IReadOnlyList<BusRuleCoverage> Of(AxiBusShape shape, IEnumerable<CaseRecord> records)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(records);
        ILookup<AxiRule, BusRuleCount> counts = records.SelectMany(record => record.BusRules).ToLookup(count => count.Rule);
        Dictionary<AxiRule, string> reasons = BusRules.NotArmed(shape).ToDictionary(pair => pair.Rule, pair => pair.Reason);
        return [.. AxiRules.All.Select(rule => Of(rule, shape, counts[rule], reasons))];
    }

    private static BusRuleCoverage Of(AxiRule rule, AxiBusShape shape, IEnumerable<BusRuleCount> counts, Dictionary<AxiRule, string> reasons)
    {
        long armed = counts.Sum(count => count.Armed);
        long violated = counts.Sum(count => count.Violated);
        AxiOutcome outcome = violated > 0 ? AxiOutcome.Fail
            : armed > 0 ? AxiOutcome.Pass
            : rule.IsObservable(shape) ? AxiOutcome.NotExercised
            : AxiOutcome.NotObservable;
        return new(rule, outcome, armed, violated, armed > 0 ? string.Empty : reasons.GetValueOrDefault(rule, string.Empty));
    }
}

/// <summary>What one case showed of one rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Armed">How often it had something to judge.</param>
/// <param name="Violated">How often the device broke it.</param>
public readonly record struct BusRuleCount(AxiRule Rule, long Armed, long Violated);
