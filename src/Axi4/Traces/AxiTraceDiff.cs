using System.Globalization;

namespace Spanker.Conformance.Axi4;

/// <summary>
/// Compares traces by what they mean: not by timing, not by what a replay waits for, not by data on lanes that do not count. Traces of different
/// forms are compared as far as both speak.
/// </summary>
public static class AxiTraceDiff
{
    /// <summary>Compares a trace with the one that it should equal.</summary>
    /// <param name="found">The trace.</param>
    /// <param name="golden">What is expected.</param>
    /// <param name="goldenName">What sentences call <paramref name="golden"/>.</param>
    public static AxiTraceComparison Compare(AxiTrace found, AxiTrace golden, string goldenName = "the golden")
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(golden);
        ArgumentNullException.ThrowIfNull(goldenName);
        if (found.Shape != golden.Shape)
        {
            return new(new("bus", Index: null, $"bus: {Widths(found.Shape)} where {goldenName} has {Widths(golden.Shape)}"), Writes: 0, Reads: 0, DataNotCompared: 0);
        }

        AxiTransactionDiff transactions = new(found.Shape, goldenName);
        (int writes, string? wrongWrite) = Direction([.. found.Writes], [.. golden.Writes], "write", transactions);
        (int reads, string? wrongRead) = Direction([.. found.Reads], [.. golden.Reads], "read", transactions);
        AxiTraceDifference? first = wrongWrite is not null ? new("write", writes, wrongWrite)
            : wrongRead is not null ? new("read", reads, wrongRead)
            : null;
        return new(first, writes, reads, transactions.DataNotCompared);
    }

    private static (int Same, string? Difference) Direction(
        AxiTraceTransaction[] found, AxiTraceTransaction[] golden, string kind, AxiTransactionDiff transactions)
    {
        int index = 0;
        string? difference = null;
        while (index < found.Length && index < golden.Length && (difference = transactions.Count(found[index], golden[index])) is null)
        {
            index++;
        }

        if (index == found.Length && index == golden.Length)
        {
            return (index, null);
        }

        int more = found.Length - golden.Length;
        if (more < 0 && (index == found.Length || transactions.AreSame(found[index], golden[index + 1])))
        {
            return (index, $"{Number(-more, kind)} less: {transactions.GoldenName} has {kind} {index}, {transactions.LineOf(golden[index])}");
        }

        if (more > 0 && (index == golden.Length || transactions.AreSame(found[index + 1], golden[index])))
        {
            return (index, $"{Number(more, kind)} more: {kind} {index}, {transactions.LineOf(found[index])}, is not in {transactions.GoldenName}");
        }

        bool isSwapped = index + 1 < found.Length && index + 1 < golden.Length
            && transactions.AreSame(found[index], golden[index + 1]) && transactions.AreSame(found[index + 1], golden[index]);
        return (index, isSwapped
            ? $"{kind}s {index} and {index + 1} stand in the other order in {transactions.GoldenName}: {transactions.LineOf(golden[index])} comes first there"
            : $"{kind} {index}: {difference}");
    }

    private static string Number(int count, string kind) =>
        count == 1 ? $"one {kind}" : string.Create(CultureInfo.InvariantCulture, $"{count} {kind}s");

    private static string Widths(AxiBusShape shape) => $"{shape.DataBits} data bits, {shape.AddressBits} address bits, {shape.IdBits} id bits";
}
