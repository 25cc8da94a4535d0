namespace Spanker.Conformance.Axi4;

/// <summary>What a trace without cycles says about every rule; those that take more than its transactions are not observable.</summary>
/// <param name="Verdict">Every rule. The cycles of its findings are those of a canonical timing.</param>
/// <param name="FirstCycles">The first cycle of each transaction in that timing.</param>
public sealed record AxiTraceVerdict(AxiVerdict Verdict, IReadOnlyList<long> FirstCycles)
{
    /// <summary>The index of the transaction that a finding is about.</summary>
    public int TransactionOf(AxiFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        (int low, int high) = (0, FirstCycles.Count - 1);
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = FirstCycles[middle] <= finding.Cycle ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
