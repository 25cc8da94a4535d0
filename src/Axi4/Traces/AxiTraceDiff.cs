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
    /// <param name="cut">Which of them does not tell all: what it may lack is then no difference.</param>
    public static AxiTraceComparison Compare(AxiTrace found, AxiTrace golden, string goldenName = "the golden", AxiTraceCut cut = AxiTraceCut.None)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(golden);
        ArgumentNullException.ThrowIfNull(goldenName);
        if (found.Shape != golden.Shape)
        {
            return new(new("bus", Index: null, $"bus: {Widths(found.Shape)} where {goldenName} has {Widths(golden.Shape)}"), Writes: 0, Reads: 0, DataNotCompared: 0);
        }

        AxiTransactionDiff transactions = new(found.Shape, goldenName);
        int lacking = 0;
        (int writes, int indexOfWrite, string? wrongWrite) = Direction([.. found.Writes], [.. golden.Writes], "write");
        (int reads, int indexOfRead, string? wrongRead) = Direction([.. found.Reads], [.. golden.Reads], "read");
        AxiTraceDifference? first = wrongWrite is not null ? new("write", indexOfWrite, wrongWrite)
            : wrongRead is not null ? new("read", indexOfRead, wrongRead)
            : null;
        return new(first, writes, reads, transactions.DataNotCompared) { Lacking = lacking };

        (int Same, int Index, string? Difference) Direction(AxiTraceTransaction[] ofFound, AxiTraceTransaction[] ofGolden, string kind)
        {
            (AxiTraceTransaction[] left, AxiTraceTransaction[] right) = AxiTraceCommonPart.Of(ofFound, ofGolden, cut, transactions);
            (int more, int less) = (ofFound.Length - left.Length, ofGolden.Length - right.Length);
            lacking += more + less;
            return AxiTraceDiff.Direction(left, right, kind, before: Math.Max(more, less), transactions);
        }
    }

    // Before: how many that were held against nothing stand before a difference in the trace that tells more.
    private static (int Same, int Index, string? Difference) Direction(
        AxiTraceTransaction[] found, AxiTraceTransaction[] golden, string kind, int before, AxiTransactionDiff transactions)
    {
        int same = 0;
        string? difference = null;
        while (same < found.Length && same < golden.Length && (difference = transactions.Count(found[same], golden[same])) is null)
        {
            same++;
        }

        int index = same + before;
        if (same == found.Length && same == golden.Length)
        {
            return (same, index, null);
        }

        int more = found.Length - golden.Length;
        if (more < 0 && (same == found.Length || transactions.AreSame(found[same], golden[same + 1])))
        {
            return (same, index, $"{Number(-more, kind)} less: {transactions.GoldenName} has {kind} {index}, {transactions.LineOf(golden[same])}");
        }

        if (more > 0 && (same == golden.Length || transactions.AreSame(found[same + 1], golden[same])))
        {
            return (same, index, $"{Number(more, kind)} more: {kind} {index}, {transactions.LineOf(found[same])}, is not in {transactions.GoldenName}");
        }

        bool isSwapped = same + 1 < found.Length && same + 1 < golden.Length
            && transactions.AreSame(found[same], golden[same + 1]) && transactions.AreSame(found[same + 1], golden[same]);
        return (same, index, isSwapped
            ? $"{kind}s {index} and {index + 1} stand in the other order in {transactions.GoldenName}: {transactions.LineOf(golden[same])} comes first there"
            : $"{kind} {index}: {difference}");
    }

    private static string Number(int count, string kind) =>
        count == 1 ? $"one {kind}" : string.Create(CultureInfo.InvariantCulture, $"{count} {kind}s");

    private static string Widths(AxiBusShape shape) => $"{shape.DataBits} data bits, {shape.AddressBits} address bits, {shape.IdBits} id bits";
}
