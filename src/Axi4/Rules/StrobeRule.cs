namespace Spanker.Conformance.Axi4;

/// <summary>AXI4_ERRM_WSTRB: no strobe outside the lanes of its beat.</summary>
internal sealed class StrobeRule(AxiBusShape shape, RuleBook book) : FlightObserver
{
    private readonly RuleTally rule = book[AxiRules.Strobes];
    private readonly int busBytes = shape.DataBytes;

    public override FlightEvents Events => FlightEvents.WriteBeat;

    public override void OnWriteBeat(AxiFlight flight, int beat, long cycle)
    {
        // A beat that its address did not ask for has no lanes; WDATA_NUM says so.
        if (flight.IsUnclear || beat >= flight.Burst.Beats)
        {
            return;
        }

        if (IsWithin(flight.Beats[beat].Strobe, flight.Burst.LanesOf(beat, busBytes)))
        {
            rule.Satisfy();
        }
        else
        {
            rule.Violate(cycle, Message(flight, beat));
        }
    }

    public override void OnPlainBeats(in PlainBeats beats) => rule.Arm(beats.Writes);

    private static bool IsWithin(UInt128 strobe, AxiLanes lanes) => (strobe & ~lanes.Strobe) == 0;

    private string Message(AxiFlight flight, int beat)
    {
        AxiLanes lanes = flight.Burst.LanesOf(beat, busBytes);
        return $"write id {flight.Id} at 0x{flight.Burst.Address:x}, beat {beat}: WSTRB 0x{flight.Beats[beat].Strobe:x}, lanes {lanes.First}..{lanes.Last}";
    }
}
