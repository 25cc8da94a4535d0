namespace Spanker.Conformance.Axi4;

/// <summary>
/// What passed over a bus: its transactions, in the order of their address handshakes, with the data that was written and read. How long
/// anything took is no part of it, and can stand beside it.
/// </summary>
public sealed record AxiTrace
{
    /// <summary>A trace.</summary>
    /// <param name="shape">The bus, of which the widths are kept.</param>
    /// <param name="transactions">The transactions in the order of their addresses.</param>
    /// <param name="timing">The cycles, one entry a transaction; null if they are not known.</param>
    /// <exception cref="ArgumentException">A transaction does not fit the bus, or waits for one that is not before it; or the timing is of other transactions.</exception>
    public AxiTrace(AxiBusShape shape, IReadOnlyList<AxiTraceTransaction> transactions, IReadOnlyList<AxiTransactionTiming>? timing = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(transactions);
        Shape = new(shape.DataBits, shape.AddressBits, shape.IdBits);
        Transactions = transactions;
        Timing = timing;
        for (int index = 0; index < transactions.Count; index++)
        {
            AxiTraceTransaction each = transactions[index];
            if (AxiTraceFit.Problem(Shape, each, index) is string problem)
            {
                throw new ArgumentException($"transaction {index}: {problem}", nameof(transactions));
            }
        }

        if (timing is not null && AxiTraceFit.Problem(transactions, timing) is string wrong)
        {
            throw new ArgumentException(wrong, nameof(timing));
        }
    }

    /// <summary>The widths of the bus; its signals are not known, and all are taken to be there.</summary>
    public AxiBusShape Shape { get; }

    /// <summary>All transactions.</summary>
    public IReadOnlyList<AxiTraceTransaction> Transactions { get; }

    /// <summary>The cycles, one entry a transaction; null if they are not known.</summary>
    public IReadOnlyList<AxiTransactionTiming>? Timing { get; init; }

    /// <summary>The writes in their order.</summary>
    public IEnumerable<AxiTraceTransaction> Writes => Transactions.Where(each => !each.IsRead);

    /// <summary>The reads in their order.</summary>
    public IEnumerable<AxiTraceTransaction> Reads => Transactions.Where(each => each.IsRead);

    /// <summary>Whether the data of every transaction is known.</summary>
    public bool HasBeats => Transactions.All(each => each.Beats is not null);

    /// <summary>The trace of what a recorder collected, with its cycles.</summary>
    /// <remarks>
    /// Data of a read on lanes that are not compared becomes 0; of a write all lanes are kept, since they were driven. LAST that the bus
    /// does not have counts as right. What a transaction waits for in a replay follows from the cycles.
    /// </remarks>
    /// <param name="shape">The bus that was recorded.</param>
    /// <param name="recorded">The transactions in the order of their addresses, as <see cref="AxiRecorder.Transactions"/>.</param>
    public static AxiTrace Of(AxiBusShape shape, IReadOnlyList<AxiTransaction> recorded)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(recorded);
        int?[] after = AxiReplayOrder.Of(recorded);
        return new(
            shape,
            [.. recorded.Select((each, index) => new AxiTraceTransaction(AxiTraceAddress.Of(each), Beats(shape, each), each.IsRead ? AxiResponse.Okay : each.Response, shape.DataBytes) { After = after[index] })],
            [.. recorded.Select(AxiTransactionTiming.Of)]);
    }

    /// <inheritdoc/>
    public bool Equals(AxiTrace? other)
    {
        if (other is null || Shape != other.Shape || !Transactions.SequenceEqual(other.Transactions))
        {
            return false;
        }

        return Timing is null || other.Timing is null ? Timing is null && other.Timing is null : Timing.SequenceEqual(other.Timing);
    }

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Shape, Transactions.Count);

    private static AxiTraceBeat[] Beats(AxiBusShape shape, AxiTransaction recorded)
    {
        AxiTraceAddress address = AxiTraceAddress.Of(recorded);
        bool hasLast = shape.Signals.Has(recorded.IsRead ? AxiSignal.RLast : AxiSignal.WLast);
        AxiTraceBeat[] beats = new AxiTraceBeat[recorded.Beats.Count];
        for (int beat = 0; beat < beats.Length; beat++)
        {
            AxiBeat each = recorded.Beats[beat];
            bool isLast = hasLast ? each.IsLast : beat == beats.Length - 1;
            UInt128 lanes = recorded.IsRead ? AxiTraceSummary.UsualLanes(address, beat, each.Response, shape.DataBytes) & ~each.UnknownLanes : each.Strobe;
            beats[beat] = new(recorded.IsRead ? Masked(each.Data, lanes) : each.Data, lanes, each.Response, isLast);
        }

        return beats;
    }

    private static ulong[] Masked(IReadOnlyList<ulong> data, UInt128 lanes) => [.. data.Select((word, index) => word & LaneMask.OfWord(lanes, index))];
}
