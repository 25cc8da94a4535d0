namespace Spanker.Conformance.Axi4;

/// <summary>AXI4_ERRS_RDATA_X: no x on the active lanes of a read beat whose response is no error.</summary>
internal sealed class ReadUnknownRule(AxiBusShape shape, RuleBook book) : FlightObserver
{
    private readonly RuleTally rule = book[AxiSignalRules.UnknownOf(AxiSignal.RData)];

    public override FlightEvents Events => FlightEvents.ReadOffered;

    public override void OnReadOffered(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle)
    {
        bool isError = pins.Response is AxiResponse.SlvErr or AxiResponse.DecErr || pins.ResponseUnknown != 0;
        if (isError || flight.IsUnclear || beat >= flight.Burst.Beats)
        {
            return;
        }

        if (!LaneMask.HasAnyUnknown(pins.DataUnknown, shape.DataWords))
        {
            rule.Satisfy();
            return;
        }

        AxiLanes lanes = flight.Burst.LanesOf(beat, shape.DataBytes);
        bool isKept = !LaneMask.HasUnknown(pins.DataUnknown, lanes.Strobe, shape.DataWords);
        rule.Judge(isKept, cycle, isKept ? string.Empty : $"x on lanes {lanes.First}..{lanes.Last} of beat {beat} of the read of id {flight.Id} at 0x{flight.Burst.Address:x}");
    }
}
