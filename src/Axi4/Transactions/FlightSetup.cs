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
    /// <summary>Bits of the packed attributes without which a transaction cannot be followed.</summary>
    public const ulong ShapeMask =
        (0xffUL << AxiAttributes.LenShift) | (7UL << AxiAttributes.SizeShift) | (3UL << AxiAttributes.BurstShift) | (1UL << AxiAttributes.LockShift);

    /// <summary>Writes the pins of an accepted address into a flight.</summary>
    public void Fill(AxiFlight flight, in AxiAddressPins pins, long requestCycle, long cycle)
    {
        flight.Id = pins.Id;
        flight.Burst = Shape.BurstOf(pins, flight.IsRead);
        flight.Attributes = pins.Attributes;
        flight.User = pins.User;
        flight.RequestCycle = requestCycle;
        flight.AddressCycle = cycle;
        flight.IsUnclear = (pins.AddressUnknown | pins.IdUnknown | (pins.AttributesUnknown & ShapeMask)) != 0;
    }
}
