namespace Spanker.Conformance.Axi4;

/// <summary>AXI4_ERRS_RDATA_X: no x on the active lanes of a read beat whose response is no error.</summary>
internal sealed class ReadUnknownRule(AxiBusShape shape, RuleBook book) : FlightObserver
{
    private readonly RuleTally rule = book[AxiSignalRules.UnknownOf(AxiSignal.RData)];
    private readonly int words = shape.DataWords;
    private readonly int busBytes = shape.DataBytes;

    public override FlightEvents Events => FlightEvents.ReadOffered;

    public override void OnReadOffered(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle)
    {
        bool isError = pins.Response is AxiResponse.SlvErr or AxiResponse.DecErr || pins.ResponseUnknown != 0;
        if (isError || flight.IsUnclear || beat >= flight.Burst.Beats)
        {
            return;
        }

        if (!LaneMask.HasAnyUnknown(pins.DataUnknown, words))
        {
            rule.Satisfy();
            return;
        }

        AxiLanes lanes = flight.Burst.LanesOf(beat, busBytes);
        if (!LaneMask.HasUnknown(pins.DataUnknown, lanes.Strobe, words))
        {
            rule.Satisfy();
        }
        else
        {
            rule.Violate(cycle, Message(flight, beat, lanes));
        }
    }

    public override void OnPlainBeats(in PlainBeats beats) => rule.Arm(beats.ReadOffers);

    private static string Message(AxiFlight flight, int beat, AxiLanes lanes) =>
        $"x on lanes {lanes.First}..{lanes.Last} of beat {beat} of the read of id {flight.Id} at 0x{flight.Burst.Address:x}";
}
