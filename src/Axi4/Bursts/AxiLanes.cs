namespace Spanker.Conformance.Axi4;

/// <summary>The byte lanes of one beat: <see cref="First"/> to <see cref="Last"/>, both included.</summary>
/// <param name="First">Lowest active lane.</param>
/// <param name="Last">Highest active lane.</param>
public readonly record struct AxiLanes(int First, int Last)
{
    /// <summary>How many lanes are active.</summary>
    public int Count => Last - First + 1;

    /// <summary>Ones at the active lanes, as a WSTRB that writes all of them.</summary>
    public UInt128 Strobe => Last < 64
        ? new UInt128(0, (ulong.MaxValue >> (63 - Last)) & (ulong.MaxValue << First))
        : (UInt128.MaxValue >> (127 - Last)) & (UInt128.MaxValue << First);

    /// <summary>Whether <paramref name="lane"/> is active.</summary>
    public bool Has(int lane) => lane >= First && lane <= Last;
}
