namespace Spanker.Conformance.Axi4;

/// <summary>What both directions are put together with.</summary>
/// <param name="Shape">The interface.</param>
/// <param name="Options">Waits and limits.</param>
/// <param name="Book">The tallies.</param>
/// <param name="Observers">Who is told.</param>
/// <param name="KeepsReadData">Whether an observer reads the data of finished reads.</param>
internal sealed record FlightSetup(
    AxiBusShape Shape, AxiCheckOptions Options, RuleBook Book, FlightObserver[] Observers, bool KeepsReadData)
{
    /// <summary>Observers of addresses.</summary>
    public FlightObserver[] OfAddresses { get; } = Of(Observers, FlightEvents.Address);

    /// <summary>Observers of write beats.</summary>
    public FlightObserver[] OfWriteBeats { get; } = Of(Observers, FlightEvents.WriteBeat);

    /// <summary>Observers of B.</summary>
    public FlightObserver[] OfWriteResponses { get; } = Of(Observers, FlightEvents.WriteResponse);

    /// <summary>Observers of the first cycle of a read beat.</summary>
    public FlightObserver[] OfReadOffers { get; } = Of(Observers, FlightEvents.ReadOffered);

    /// <summary>Observers of read beats.</summary>
    public FlightObserver[] OfReadBeats { get; } = Of(Observers, FlightEvents.ReadBeat);

    /// <summary>Observers of the end.</summary>
    public FlightObserver[] OfEnds { get; } = Of(Observers, FlightEvents.Done);

    /// <summary>Bits of the packed attributes without which a transaction cannot be followed.</summary>
    public const ulong ShapeMask =
        (0xffUL << AxiAttributes.LenShift) | (7UL << AxiAttributes.SizeShift) | (3UL << AxiAttributes.BurstShift) | (1UL << AxiAttributes.LockShift);

    /// <summary>Writes the pins of an accepted address into a flight.</summary>
    public void Fill(AxiFlight flight, in AxiAddressPins pins, DirectionTrust trust, long requestCycle, long cycle)
    {
        flight.Id = pins.Id;
        flight.Burst = Shape.BurstOf(pins, flight.IsRead);
        flight.Attributes = pins.Attributes;
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

    private static FlightObserver[] Of(FlightObserver[] observers, FlightEvents asked) =>
        [.. observers.Where(observer => observer.Events.HasFlag(asked))];
}
