namespace Spanker.Conformance.Reference;

/// <summary>Binary32 numbers side by side, one for each sub-block: an operation does in each lane what the scalar one does.</summary>
/// <remarks>
/// Every lane rounds each operation by itself, in source order and unfused. Comparisons are false for NaNs, and give a mask: all bits of a lane
/// or none. Products of two NaNs are left out of the promise: which of them survives depends on the order of operands, which a compiler may swap.
/// </remarks>
internal interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>How many lanes there are; divides 8.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in each lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>Lane i is source[i * <paramref name="stride"/>].</summary>
    static abstract TSelf Gather(ReadOnlySpan<float> source, int stride);

    /// <summary>left + right.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>left - right.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>left * right.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>left / right.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The value without its sign.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The mask of left &lt; right.</summary>
    static abstract TSelf Less(TSelf left, TSelf right);

    /// <summary>The mask of left = right.</summary>
    static abstract TSelf Same(TSelf left, TSelf right);

    /// <summary>Where both masks are set.</summary>
    static abstract TSelf Both(TSelf left, TSelf right);

    /// <summary>Whether a mask is set in some lane.</summary>
    static abstract bool IsAny(TSelf mask);

    /// <summary>Whether a mask is set in every lane.</summary>
    static abstract bool IsAll(TSelf mask);

    /// <summary>Where the mask is set the first, else the second.</summary>
    static abstract TSelf Select(TSelf mask, TSelf set, TSelf clear);

    /// <summary><see cref="AffineFit.NearestInteger"/>, clamped to 0..15, as a binary32.</summary>
    static abstract TSelf NearestLevel(TSelf value);

    /// <summary>Writes lane i to destination[i].</summary>
    void CopyTo(Span<float> destination);
}
