namespace Spanker.Conformance.Reference;

/// <summary>
/// The vector operations of the product kernel, over registers of <see cref="Count"/> lanes of 32 bits, a lane a column.
/// A lane is also read as four bytes, or as two integers of 16 bits; two lanes as one integer of 64 bits.
/// </summary>
/// <typeparam name="TVector">The register.</typeparam>
internal interface IProductLanes<TVector>
    where TVector : struct
{
    /// <summary>Whether this hardware has the register and what the operations need.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Lanes of 32 bits; even.</summary>
    static abstract int Count { get; }

    /// <summary>All bits zero.</summary>
    static abstract TVector Zero { get; }

    /// <summary>The lanes from <paramref name="source"/>[<paramref name="index"/>] on.</summary>
    static abstract TVector Load(ref int source, nint index);

    /// <summary>Writes the lanes from <paramref name="destination"/>[<paramref name="index"/>] on.</summary>
    static abstract void Store(TVector value, ref int destination, nint index);

    /// <summary>One integer in every lane.</summary>
    static abstract TVector Broadcast(int value);

    /// <summary>Sums of two neighbouring products of bytes, in 16 bits. Bytes are at most 15, so a sum is at most 450.</summary>
    static abstract TVector MultiplyAddBytes(TVector left, TVector right);

    /// <summary>Sums in 16 bits.</summary>
    static abstract TVector Add16(TVector left, TVector right);

    /// <summary>Products in 16 bits, which the caller knows to fit.</summary>
    static abstract TVector Multiply16(TVector left, TVector right);

    /// <summary>Sums of two neighbouring products of signed 16 bits, in 32 bits.</summary>
    static abstract TVector MultiplyAdd16(TVector left, TVector right);

    /// <summary>Sums in 32 bits.</summary>
    static abstract TVector Add32(TVector left, TVector right);

    /// <summary>Products in 32 bits, which the caller knows to fit.</summary>
    static abstract TVector Multiply32(TVector left, TVector right);

    /// <summary>Signed products of the even lanes, in 64 bits.</summary>
    static abstract TVector MultiplyEven32(TVector left, TVector right);

    /// <summary>The odd lanes in the places of the even ones; the odd places are undefined.</summary>
    static abstract TVector OddToEven(TVector value);

    /// <summary>Sums in 64 bits.</summary>
    static abstract TVector Add64(TVector left, TVector right);

    /// <summary>Differences in 64 bits.</summary>
    static abstract TVector Subtract64(TVector left, TVector right);

    /// <summary>Shifts each 64 bits by its own count, 0 to 63.</summary>
    static abstract TVector ShiftLeft64(TVector value, TVector counts);

    /// <summary>One integer in every 64 bits.</summary>
    static abstract TVector Broadcast64(long value);

    /// <summary>Shifts each lane by the same count, 0 to 31.</summary>
    static abstract TVector ShiftLeft32(TVector value, int count);
}
