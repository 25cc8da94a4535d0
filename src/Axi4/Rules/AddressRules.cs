namespace Spanker.Conformance.Axi4;

/// <summary>Judges each address of one direction by itself.</summary>
internal sealed class AddressRules(AxiBusShape shape, RuleBook book, bool isRead) : FlightObserver
{
    private const int MaxFixedBeats = 16;
    private const int MaxExclusiveBeats = 16;
    private const int MaxExclusiveBytes = 128;

    private readonly RuleTally boundary = book[AxiAddressRules.Boundary(isRead)];
    private readonly RuleTally wrapAlign = book[AxiAddressRules.WrapAlign(isRead)];
    private readonly RuleTally wrapLength = book[AxiAddressRules.WrapLength(isRead)];
    private readonly RuleTally fixedLength = book[AxiAddressRules.FixedLength(isRead)];
    private readonly RuleTally burstKind = book[AxiAddressRules.Burst(isRead)];
    private readonly RuleTally size = book[AxiAddressRules.Size(isRead)];
    private readonly RuleTally cache = book[AxiAddressRules.Cache(isRead)];
    private readonly RuleTally lockLength = book[AxiAddressRules.LockLength(isRead)];
    private readonly RuleTally exclusiveAlign = book[AxiRules.ExclusiveAlign];
    private readonly RuleTally exclusiveBytes = book[AxiRules.ExclusiveBytes];

    public override FlightEvents Events => isRead ? FlightEvents.ReadAddress : FlightEvents.WriteAddress;

    public override void OnAddress(AxiFlight flight, int outstanding, long cycle)
    {
        if (flight.IsAddressUnclear)
        {
            return;
        }

        ref readonly AxiBurst burst = ref flight.Burst;
        Judge(burstKind, burst.Kind != AxiBurstKind.Reserved, burst, cycle);
        Judge(size, burst.BeatBytes <= shape.DataBytes, burst, cycle);
        int attributes = (int)(flight.Attributes >> AxiAttributes.CacheShift) & 15;
        Judge(cache, (attributes & 2) != 0 || (attributes & 12) == 0, burst, cycle);
        switch (burst.Kind)
        {
            case AxiBurstKind.Incr:
                Judge(boundary, !burst.CrossesPage, burst, cycle);
                break;
            case AxiBurstKind.Fixed:
                Judge(fixedLength, burst.Beats <= MaxFixedBeats, burst, cycle);
                break;
            case AxiBurstKind.Wrap:
                Judge(wrapAlign, burst.IsAligned, burst, cycle);
                Judge(wrapLength, burst.Beats is 2 or 4 or 8 or 16, burst, cycle);
                break;
            default:
                break;
        }

        if (flight.IsExclusive)
        {
            Judge(lockLength, burst.Beats <= MaxExclusiveBeats, burst, cycle);
            Judge(exclusiveBytes, int.IsPow2(burst.TotalBytes) && burst.TotalBytes <= MaxExclusiveBytes, burst, cycle);
            Judge(exclusiveAlign, burst.Address % (ulong)burst.TotalBytes == 0, burst, cycle);
        }
    }

    private static void Judge(RuleTally rule, bool isKept, in AxiBurst burst, long cycle)
    {
        if (isKept)
        {
            rule.Satisfy();
        }
        else
        {
            rule.Violate(cycle, Message(rule.Rule, burst));
        }
    }

    private static string Message(AxiRule rule, in AxiBurst burst) =>
        $"{burst.Kind} burst at 0x{burst.Address:x}, {burst.Beats} beats of {burst.BeatBytes} bytes: {rule.Statement}";
}
