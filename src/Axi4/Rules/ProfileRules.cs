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
    private readonly bool limitsOutstanding = profile.MaxOutstanding is not null;
    private readonly int mostOutstanding = profile.MaxOutstanding ?? 0;
    private readonly bool hasWriteSize = profile.BeatSize is not null && shape.Signals.Has(AxiSignal.AwSize);
    private readonly bool hasReadSize = profile.BeatSize is not null && shape.Signals.Has(AxiSignal.ArSize);
    private readonly int beatSize = profile.BeatSize ?? 0;
    private readonly bool hasWriteKind = profile.BurstKinds is not null && shape.Signals.Has(AxiSignal.AwBurst);
    private readonly bool hasReadKind = profile.BurstKinds is not null && shape.Signals.Has(AxiSignal.ArBurst);

    // Bit n: the kind of AxBURST n is in use.
    private readonly int kinds = (profile.BurstKinds ?? []).Aggregate(0, (bits, kind) => bits | (1 << (int)kind));

    private readonly int refusedBelow = profile.RefusedBelow;

    public override FlightEvents Events => FlightEvents.WriteAddress | FlightEvents.ReadAddress | FlightEvents.WriteResponse | FlightEvents.ReadBeat;

    public override void OnAddress(AxiFlight flight, int outstanding, long cycle)
    {
        if (limitsOutstanding && outstanding > 0)
        {
            if (outstanding <= mostOutstanding)
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

        if (flight.IsRead ? hasReadSize : hasWriteSize)
        {
            if (flight.Burst.Size == beatSize)
            {
                fullSize.Satisfy();
            }
            else
            {
                fullSize.Violate(cycle, SizeMessage(flight));
            }
        }

        if (flight.IsRead ? hasReadKind : hasWriteKind)
        {
            if (((kinds >> (int)flight.Burst.Kind) & 1) != 0)
            {
                burstKind.Satisfy();
            }
            else
            {
                burstKind.Violate(cycle, KindMessage(flight));
            }
        }
    }

    public override void OnWriteResponse(AxiFlight flight, long cycle) => JudgeResponse(flight, flight.Response, cycle);

    public override void OnReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle) =>
        JudgeResponse(flight, pins.Response, cycle);

    public override void OnPlainBeats(in PlainBeats beats) => noExOkay.Arm(refusesExclusive ? beats.Reads : 0);

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

    private string KindMessage(AxiFlight flight) =>
        $"{flight.Burst.Kind} burst at 0x{flight.Burst.Address:x}; {profile.Name} has {string.Join(", ", profile.BurstKinds ?? [])}";

    private static string ExOkayMessage(AxiFlight flight) => $"EXOKAY to id {flight.Id} at 0x{flight.Burst.Address:x}";

    private string NarrowMessage(AxiFlight flight, AxiResponse response) =>
        $"{response} to id {flight.Id} at 0x{flight.Burst.Address:x}, AxSIZE {flight.Burst.Size}; {profile.Name} answers SLVERR";
}
