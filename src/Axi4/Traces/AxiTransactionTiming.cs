namespace Spanker.Conformance.Axi4;

/// <summary>The cycles of a transaction, counted from the first of the recording.</summary>
/// <param name="Request">First cycle of AxVALID.</param>
/// <param name="Address">Handshake of the address.</param>
/// <param name="Answer">First cycle of BVALID, or of the first RVALID.</param>
/// <param name="Last">The last handshake: B of a write, the last R of a read.</param>
/// <param name="Beats">Of each beat, the first cycle of its VALID and its handshake.</param>
public sealed record AxiTransactionTiming(long Request, long Address, long Answer, long Last, IReadOnlyList<(long Offered, long Cycle)> Beats)
{
    /// <summary>The first cycle in which the master showed something of it: AxVALID, or WVALID where data came first.</summary>
    public long Begin(bool isRead) => isRead || Beats.Count == 0 ? Request : Math.Min(Request, Beats[0].Offered);

    /// <inheritdoc/>
    public bool Equals(AxiTransactionTiming? other) =>
        other is not null && (Request, Address, Answer, Last) == (other.Request, other.Address, other.Answer, other.Last) && Beats.SequenceEqual(other.Beats);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Request, Address, Answer, Last);

    internal static AxiTransactionTiming Of(AxiTransaction recorded) => new(
        recorded.RequestCycle, recorded.AddressCycle, recorded.AnswerCycle, recorded.LastCycle, [.. recorded.Beats.Select(beat => (beat.OfferedCycle, beat.Cycle))]);
}
