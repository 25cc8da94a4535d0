namespace Spanker.Conformance.Axi4;

#pragma warning disable CA1051 // Counted in place.

/// <summary>How many plain beats passed (<see cref="FlightObserver"/>).</summary>
internal struct PlainBeats
{
    /// <summary>Write beats that had both their data and their address.</summary>
    public long Writes;

    /// <summary>Read beats that showed for the first time.</summary>
    public long ReadOffers;

    /// <summary>Read beats that were accepted.</summary>
    public long Reads;
}
