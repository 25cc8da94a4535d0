namespace Spanker.Conformance.Axi4;

/// <summary>What comparing two traces came to.</summary>
/// <param name="First">The first difference: of the writes if there is one among them, else of the reads; null if they mean the same.</param>
/// <param name="Writes">Writes that were found the same.</param>
/// <param name="Reads">Reads that were found the same.</param>
/// <param name="DataNotCompared">
/// Of those, reads whose data could not be compared: one trace knows its digest only, and the lanes that count are not the same.
/// </param>
public sealed record AxiTraceComparison(AxiTraceDifference? First, int Writes, int Reads, int DataNotCompared)
{
    /// <summary>Transactions of either that the other, being cut, may lack; they were held against nothing.</summary>
    public int Lacking { get; init; }
}
