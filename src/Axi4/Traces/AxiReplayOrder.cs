namespace Spanker.Conformance.Axi4;

/// <summary>Which transaction a recorded one must wait for when it is replayed.</summary>
/// <remarks>
/// T begins when the master first shows something of it; a transaction is over for T if its last handshake came in an earlier cycle. Let S be
/// the last of T's own direction that is over, and O the last of the other direction, both in the order of addresses. T waits for S if all that is
/// over of the other direction was over when S began, since S then waits for it already; else T waits for O; where there is none, for S.
/// <para>
/// Waiting for a transaction includes those before it of its direction. So whatever of the other direction had ended before T began has ended
/// when T is replayed: a read does not overtake a write that it came after. What is waited for has an earlier address, so a replay
/// cannot wait in a circle.
/// </para>
/// </remarks>
internal static class AxiReplayOrder
{
    /// <summary>The index to wait for of each transaction, null where there is none. They are in the order of their addresses.</summary>
    public static int?[] Of(IReadOnlyList<AxiTransaction> recorded)
    {
        int?[] after = new int?[recorded.Count];
        long[] begins = [.. recorded.Select(each => AxiTransactionTiming.Of(each).Begin(each.IsRead))];
        Direction writes = new(recorded, isRead: false);
        Direction reads = new(recorded, isRead: true);
        foreach (int index in Enumerable.Range(0, recorded.Count).OrderBy(index => begins[index]))
        {
            (Direction own, Direction other) = recorded[index].IsRead ? (reads, writes) : (writes, reads);
            int? ownLast = own.LastOver(begins[index]);
            int? otherLast = other.LastOver(begins[index]);
            bool ownWaits = ownLast is int s && (otherLast is null || begins[s] > other.EndOfOver);
            after[index] = ownWaits ? ownLast : otherLast;
        }

        return after;
    }

    /// <summary>The transactions of one direction in the order in which they end; asked with rising cycles.</summary>
    private sealed class Direction(IReadOnlyList<AxiTransaction> recorded, bool isRead)
    {
        private readonly int[] byEnd =
            [.. Enumerable.Range(0, recorded.Count).Where(index => recorded[index].IsRead == isRead).OrderBy(index => recorded[index].LastCycle)];

        private int over;
        private int? last;

        /// <summary>The last handshake of all that is over.</summary>
        public long EndOfOver { get; private set; }

        public int? LastOver(long begin)
        {
            for (; over < byEnd.Length && recorded[byEnd[over]].LastCycle < begin; over++)
            {
                EndOfOver = recorded[byEnd[over]].LastCycle;
                last = Math.Max(last ?? 0, byEnd[over]);
            }

            return last;
        }
    }
}
