namespace Spanker.Conformance.Axi4;

/// <summary>AXI4_ERRS_BRESP_EXOKAY and RRESP_EXOKAY: EXOKAY answers exclusive accesses only.</summary>
internal sealed class ResponseRules(RuleBook book) : FlightObserver
{
    private readonly RuleTally write = book[AxiRules.WriteExOkay];
    private readonly RuleTally read = book[AxiRules.ReadExOkay];

    public override FlightEvents Events => FlightEvents.WriteResponse | FlightEvents.ReadBeat;

    public override void OnWriteResponse(AxiFlight flight, long cycle) => Judge(write, flight, flight.Response, cycle);

    public override void OnReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle) =>
        Judge(read, flight, pins.Response, cycle);

    public override void OnPlainBeats(in PlainBeats beats) => read.Arm(beats.Reads);

    private static void Judge(RuleTally rule, AxiFlight flight, AxiResponse response, long cycle)
    {
        if (flight.IsUnclear)
        {
            return;
        }

        if (response != AxiResponse.ExOkay || flight.IsExclusive)
        {
            rule.Satisfy();
        }
        else
        {
            rule.Violate(cycle, Message(flight));
        }
    }

    private static string Message(AxiFlight flight) => $"EXOKAY to id {flight.Id} at 0x{flight.Burst.Address:x}, which is no exclusive access";
}
