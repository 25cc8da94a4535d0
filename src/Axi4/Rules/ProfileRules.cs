namespace Spanker.Conformance.Axi4;

/// <summary>The MAST_ rules: what a profile promises beyond AXI4.</summary>
internal sealed class ProfileRules(AxiBusShape shape, AxiProfile profile, RuleBook book) : FlightObserver
{
    private readonly RuleTally fullSize = book[AxiRules.FullSize];
    private readonly RuleTally narrow = book[AxiRules.NarrowRefused];
    private readonly RuleTally outstandingRule = book[AxiRules.SingleOutstanding];
    private readonly RuleTally burstKind = book[AxiRules.BurstSupported];
    private readonly RuleTally noExOkay = book[AxiRules.NoExOkay];

    public override FlightEvents Events => FlightEvents.Address | FlightEvents.WriteResponse | FlightEvents.ReadBeat;

    public override void OnAddress(AxiFlight flight, int outstanding, long cycle)
    {
        if (profile.MaxOutstanding is int most && outstanding > 0)
        {
            bool isKept = outstanding <= most;
            outstandingRule.Judge(isKept, cycle, isKept ? string.Empty : $"{(flight.IsRead ? "AR" : "AW")} of id {flight.Id} makes {outstanding} outstanding; {profile.Name} has {most}");
        }

        if (flight.IsAddressUnclear)
        {
            return;
        }

        if (profile.BeatSize is int size && shape.Signals.Has(flight.IsRead ? AxiSignal.ArSize : AxiSignal.AwSize))
        {
            bool isKept = flight.Burst.Size == size;
            fullSize.Judge(isKept, cycle, isKept ? string.Empty : $"AxSIZE {flight.Burst.Size} at 0x{flight.Burst.Address:x}; {profile.Name} has {size} only");
        }

        if (profile.BurstKinds is not null && shape.Signals.Has(flight.IsRead ? AxiSignal.ArBurst : AxiSignal.AwBurst))
        {
            bool isKept = Supports(profile.BurstKinds, flight.Burst.Kind);
            burstKind.Judge(isKept, cycle, isKept ? string.Empty : $"{flight.Burst.Kind} burst at 0x{flight.Burst.Address:x}; {profile.Name} has {string.Join(", ", profile.BurstKinds)}");
        }
    }

    public override void OnWriteResponse(AxiFlight flight, long cycle) => JudgeResponse(flight, flight.Response, cycle);

    public override void OnReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle) =>
        JudgeResponse(flight, pins.Response, cycle);

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
        if (profile.RefusesExclusive)
        {
            bool isKept = response != AxiResponse.ExOkay;
            noExOkay.Judge(isKept, cycle, isKept ? string.Empty : $"EXOKAY to id {flight.Id} at 0x{flight.Burst.Address:x}");
        }

        if (profile.RefusesNarrow && !flight.IsUnclear && flight.Burst.Size < profile.BeatSize)
        {
            bool isKept = response == AxiResponse.SlvErr;
            narrow.Judge(isKept, cycle, isKept ? string.Empty : $"{response} to id {flight.Id} at 0x{flight.Burst.Address:x}, AxSIZE {flight.Burst.Size}; {profile.Name} answers SLVERR");
        }
    }
}
