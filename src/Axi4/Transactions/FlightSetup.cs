namespace Spanker.Conformance.Axi4;

/// <summary>What both directions are put together with.</summary>
/// <param name="Shape">The interface.</param>
/// <param name="Options">Waits and limits.</param>
/// <param name="Book">The tallies.</param>
/// <param name="Observers">Who is told.</param>
/// <param name="KeepsReads">Whether an observer looks at the beats of finished reads.</param>
internal sealed record FlightSetup(
    AxiBusShape Shape, AxiCheckOptions Options, RuleBook Book, FlightObserver[] Observers, bool KeepsReads)
{
    /// <summary>Observers of AW.</summary>
    public FlightObserver[] OfWriteAddresses { get; } = Of(Observers, FlightEvents.WriteAddress);

    /// <summary>Observers of AR.</summary>
    public FlightObserver[] OfReadAddresses { get; } = Of(Observers, FlightEvents.ReadAddress);

    /// <summary>Observers of write beats.</summary>
    public FlightObserver[] OfWriteBeats { get; } = Of(Observers, FlightEvents.WriteBeat);

    /// <summary>Observers of B.</summary>
    public FlightObserver[] OfWriteResponses { get; } = Of(Observers, FlightEvents.WriteResponse);

    /// <summary>Observers of the first cycle of a read beat.</summary>
    public FlightObserver[] OfReadOffers { get; } = Of(Observers, FlightEvents.ReadOffered);

    /// <summary>Observers of read beats.</summary>
    public FlightObserver[] OfReadBeats { get; } = Of(Observers, FlightEvents.ReadBeat);

    /// <summary>The observer of plain beats that most checks have, to be called without a detour; null if there is none.</summary>
    public ShadowRules? Shadow { get; } = Observers.OfType<ShadowRules>().SingleOrDefault();

    /// <summary>Observers of plain beats beside <see cref="Shadow"/>.</summary>
    public FlightObserver[] OfPlainBeats { get; } = [.. Of(Observers, FlightEvents.PlainBeats).Where(observer => observer is not ShadowRules)];

    /// <summary>Observers of the end.</summary>
    public FlightObserver[] OfEnds { get; } = Of(Observers, FlightEvents.Done);

    /// <summary>Bits of the packed attributes without which a transaction cannot be followed.</summary>
    public const ulong ShapeMask =
        (0xffUL << AxiAttributes.LenShift) | (7UL << AxiAttributes.SizeShift) | (3UL << AxiAttributes.BurstShift) | (1UL << AxiAttributes.LockShift);

    private readonly int busBytes = Shape.DataBytes;
    private readonly int refusedBelow = Options.Profile?.RefusedBelow ?? 0;

    /// <summary>Writes the pins of an accepted address into a flight.</summary>
    public void Fill(AxiFlight flight, in AxiAddressPins pins, DirectionTrust trust, long requestCycle, long cycle)
    {
        flight.Id = pins.Id;
        flight.Ask(Shape.BurstOf(pins, flight.IsRead), pins.Attributes, busBytes, refusedBelow);
        flight.User = pins.User;
        flight.RequestCycle = requestCycle;
        flight.AddressCycle = cycle;
        flight.IsAddressUnclear = (pins.AddressUnknown | pins.IdUnknown | (pins.AttributesUnknown & ShapeMask)) != 0;
        flight.IsUnclear = flight.IsAddressUnclear || !trust.IsTrusted;
        if (flight.IsAddressUnclear)
        {
            trust.Lose();
        }
    }

    /// <summary>Tells the observers of the plain beats that were not handed to them.</summary>
    public void Close(in PlainBeats beats)
    {
        foreach (FlightObserver observer in Observers)
        {
            if (!observer.Events.HasFlag(FlightEvents.PlainBeats))
            {
                observer.OnPlainBeats(beats);
            }
        }
    }

    private static FlightObserver[] Of(FlightObserver[] observers, FlightEvents asked) =>
        [.. observers.Where(observer => observer.Events.HasFlag(asked))];
}
