namespace Spanker.Conformance.Axi4;

/// <summary>One transfer of W or R in a trace.</summary>
/// <param name="Data">The bus's words, lowest first.</param>
/// <param name="Lanes">WSTRB of a write; of a read, the lanes whose data is to be compared.</param>
/// <param name="Response">RRESP; of a write, OKAY.</param>
/// <param name="IsLast">Whether LAST was high.</param>
public sealed record AxiTraceBeat(IReadOnlyList<ulong> Data, UInt128 Lanes, AxiResponse Response, bool IsLast)
{
    /// <summary>The byte on lane <paramref name="lane"/>.</summary>
    public byte ByteOf(int lane) => (byte)((Data[lane / 8] >> (lane % 8 * 8)) & 0xff);

    /// <inheritdoc/>
    public bool Equals(AxiTraceBeat? other) =>
        other is not null && Lanes == other.Lanes && Response == other.Response && IsLast == other.IsLast && Data.SequenceEqual(other.Data);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Lanes, Response, IsLast, Data.Count == 0 ? 0 : Data[0]);
}
