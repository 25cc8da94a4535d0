namespace Spanker.Conformance.Axi4;

/// <summary>AXI4_ERRM_WSTRB: no strobe outside the lanes of its beat.</summary>
internal sealed class StrobeRule(AxiBusShape shape, RuleBook book) : FlightObserver
{
    private readonly RuleTally rule = book[AxiRules.Strobes];

    public override FlightEvents Events => FlightEvents.WriteBeat;

    public override void OnWriteBeat(AxiFlight flight, int beat, long cycle)
    {
        // A beat that its address did not ask for has no lanes; WDATA_NUM says so.
        if (flight.IsUnclear || beat >= flight.Burst.Beats)
        {
            return;
        }

        AxiLanes lanes = flight.Burst.LanesOf(beat, shape.DataBytes);
        UInt128 strobe = flight.Beats[beat].Strobe;
        bool isKept = (strobe & ~lanes.Strobe) == 0;
        rule.Judge(isKept, cycle, isKept ? string.Empty : $"write id {flight.Id} at 0x{flight.Burst.Address:x}, beat {beat}: WSTRB 0x{strobe:x}, lanes {lanes.First}..{lanes.Last}");
    }
}
