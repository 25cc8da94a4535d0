namespace Spanker.Conformance.Axi4;

/// <summary>The part of EXT_ID_ORDER that burst lengths tell; <see cref="ShadowRules"/> has the part that data tells.</summary>
internal sealed class ReadOrderRule(RuleBook book)
{
    private readonly RuleTally rule = book[AxiRules.IdOrder];

    /// <summary>Whether a read that ended at the wrong beat is a later one of its id, which overtook it.</summary>
    /// <returns>The read that ended.</returns>
    public AxiFlight Judge(List<AxiFlight> open, AxiFlight flight, bool isKept, int found, long cycle)
    {
        foreach (AxiFlight other in open)
        {
            if (other == flight || other.Id != flight.Id || other.Burst.Beats == flight.Burst.Beats)
            {
                continue;
            }

            if (isKept)
            {
                rule.Satisfy();
                return flight;
            }

            if (other.Burst.Beats == found)
            {
                rule.Violate(cycle, $"reads of id {flight.Id}: that at 0x{other.Burst.Address:x} is answered before the older one at 0x{flight.Burst.Address:x}");
                flight.MoveTail(0, other);
                return other;
            }
        }

        return flight;
    }
}
