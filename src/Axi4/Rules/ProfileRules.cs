namespace Spanker.Conformance.Axi4;

/// <summary>The MAST_ rules: what a profile promises beyond AXI4.</summary>
internal sealed class ProfileRules(AxiBusShape shape, AxiProfile profile, RuleBook book) : FlightObserver
{
    private readonly RuleTally fullSize = book[AxiRules.FullSize];
    private readonly RuleTally narrow = book[AxiRules.NarrowRefused];
    private readonly RuleTally outstandingRule = book[AxiRules.SingleOutstanding];
    private readonly RuleTally burstKind = book[AxiRules.BurstSupported];
    private readonly RuleTally noExOkay = book[AxiRules.NoExOkay];
    private readonly bool refusesExclusive = profile.RefusesExclusive;

    private readonly int refusedBelow = profile.RefusedBelow;

    public override FlightEvents Events => FlightEvents.WriteAddress | FlightEvents.ReadAddress | FlightEvents.WriteResponse | FlightEvents.ReadBeat;

    public override void OnAddress(AxiFlight flight, int outstanding, long cycle)
    {
        if (profile.MaxOutstanding is int most && outstanding > 0)
        {
            if (outstanding <= most)
            {
                outstandingRule.Satisfy();
            }
            else
            {
                outstandingRule.Violate(cycle, OutstandingMessage(flight, outstanding));
            }
        }

        if (flight.IsAddressUnclear)
        {
            return;
        }

        if (profile.BeatSize is int size && shape.Signals.Has(flight.IsRead ? AxiSignal.ArSize : AxiSignal.AwSize))
        {
            if (flight.Burst.Size == size)
            {
                fullSize.Satisfy();
            }
            else
            {
                fullSize.Violate(cycle, SizeMessage(flight));
            }
        }

        if (profile.BurstKinds is not null && shape.Signals.Has(flight.IsRead ? AxiSignal.ArBurst : AxiSignal.AwBurst))
        {
            if (Supports(profile.BurstKinds, flight.Burst.Kind))
            {
                burstKind.Satisfy();
            }
            else
            {
                burstKind.Violate(cycle, KindMessage(flight, profile.BurstKinds));
            }
        }
    }

    public override void OnWriteResponse(AxiFlight flight, long cycle) => JudgeResponse(flight, flight.Response, cycle);

    public override void OnReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle) =>
        JudgeResponse(flight, pins.Response, cycle);

    public override void OnPlainBeats(in PlainBeats beats) => noExOkay.Arm(refusesExclusive ? beats.Reads : 0);

    private static bool Supports(IReadOnlyList<AxiBurstKind> kinds, AxiBurstKind kind)
    {
        for (int i = 0; i < kinds.Count; i++)
        {
            if (kinds[i] == kind)
            {
                return true;
            }
        }

        return false;
    }

    private void JudgeResponse(AxiFlight flight, AxiResponse response, long cycle)
    {
        if (refusesExclusive)
        {
            if (response != AxiResponse.ExOkay)
            {
                noExOkay.Satisfy();
            }
            else
            {
                noExOkay.Violate(cycle, ExOkayMessage(flight));
            }
        }

        if (flight.Burst.Size < refusedBelow && !flight.IsUnclear)
        {
            if (response == AxiResponse.SlvErr)
            {
                narrow.Satisfy();
            }
            else
            {
                narrow.Violate(cycle, NarrowMessage(flight, response));
            }
        }
    }

    private string OutstandingMessage(AxiFlight flight, int outstanding) =>
        $"{(flight.IsRead ? "AR" : "AW")} of id {flight.Id} makes {outstanding} outstanding; {profile.Name} has {profile.MaxOutstanding}";

    private string SizeMessage(AxiFlight flight) =>
        $"AxSIZE {flight.Burst.Size} at 0x{flight.Burst.Address:x}; {profile.Name} has {profile.BeatSize} only";

    private string KindMessage(AxiFlight flight, IReadOnlyList<AxiBurstKind> kinds) =>
        $"{flight.Burst.Kind} burst at 0x{flight.Burst.Address:x}; {profile.Name} has {string.Join(", ", kinds)}";

    private static string ExOkayMessage(AxiFlight flight) => $"EXOKAY to id {flight.Id} at 0x{flight.Burst.Address:x}";

    private string NarrowMessage(AxiFlight flight, AxiResponse response) =>
        $"{response} to id {flight.Id} at 0x{flight.Burst.Address:x}, AxSIZE {flight.Burst.Size}; {profile.Name} answers SLVERR";
}
