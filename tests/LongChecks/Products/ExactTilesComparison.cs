using System.Diagnostics;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>The tiled product against the 128-bit engine in this process, on the hardware path that its environment leaves it.</summary>
internal sealed class ExactTilesComparison(ulong seed, long count)
{
    /// <summary>Each kind of product comes so often at least, and as often as the others.</summary>
    private const int LeastTurns = 4;

    private readonly ElementCounts counts = new();
    private int registerBits;

    /// <summary>
    /// Prints the hardware path, the counts and the width of the registers seen; the exit code is 1 at the first difference, or if a kind of element
    /// was never met. With a count of 0 only the hardware path.
    /// </summary>
    public int Run(TextWriter output)
    {
        output.WriteLine(HardwareFlags.Here);
        if (count == 0)
        {
            return 0;
        }

        Stopwatch elapsed = Stopwatch.StartNew();
        long next = count / 10;
        ulong turn = (ulong)Enum.GetValues<ProductKind>().Length;
        for (ulong index = 0; counts.Compared < count || index % turn != 0 || index < LeastTurns * turn; index++)
        {
            DrawnProduct drawn = DrawnProduct.Draw(seed, index);
            foreach (WeightDefinition definition in Enum.GetValues<WeightDefinition>())
            {
                if (Compare(drawn, definition) is string difference)
                {
                    output.WriteLine($"seed {seed}, product {index}, {drawn.Kind}, {definition}: {difference}");
                    return 1;
                }
            }

            if (counts.Compared >= next && next < count)
            {
                output.WriteLine($"{counts.Compared} of {count}, {elapsed.Elapsed.TotalSeconds:F0} s");
                output.Flush();
                next = counts.Compared + (count / 10);
            }
        }

        foreach (string line in counts.Lines)
        {
            output.WriteLine(line);
        }

        string[] missing = [.. counts.Missing];
        if (missing.Length > 0)
        {
            output.WriteLine($"never met: {string.Join("; ", missing)}");
        }

        output.WriteLine($"{elapsed.Elapsed.TotalSeconds:F0} s");
        output.WriteLine($"{Summary}{registerBits} {counts.Compared}");
        return missing.Length == 0 ? 0 : 1;
    }

    /// <summary>What the last line begins with, before the width of the registers and the number of elements.</summary>
    public const string Summary = "bits of a register, elements equal: ";

    private string? Compare(DrawnProduct drawn, WeightDefinition definition)
    {
        (int m, int n) = (drawn.A.Length, drawn.B.Length);
        CollectedProduct tiles = new(m, n);
        ExactTiles.Run(
            new OperandRows(m, i => drawn.A[i]),
            new OperandRows(n, j => drawn.B[j]),
            drawn.A[0].Length / BlockFields.Bytes,
            definition,
            drawn.Threads,
            tiles);
        registerBits = Math.Max(registerBits, tiles.RegisterBits);
        ExactRow[] a = [.. drawn.A.Select(row => ExactRow.Decode(row, definition))];
        ExactRow[] b = [.. drawn.B.Select(row => ExactRow.Decode(row, definition))];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                ExactValue expected = ExactProduct.Dot(a[i], b[j]);
                if (Difference(expected, tiles, i, j) is string difference)
                {
                    return $"[{m} x {n}] at [{i},{j}]: {difference}\na = {Convert.ToHexString(drawn.A[i])}\nb = {Convert.ToHexString(drawn.B[j])}";
                }

                counts.Add(drawn.Kind, a[i], b[j], expected, tiles.IsInteger(i, j));
            }
        }

        return null;
    }

    private static string? Difference(ExactValue expected, CollectedProduct tiles, int i, int j)
    {
        ExactValue actual = tiles.Value(i, j);
        (float single, float actualSingle) = (expected.ToSingle(), tiles.Rounded(i, j));
        return tiles.Taken(i, j) != 1 ? $"came {tiles.Taken(i, j)} times"
            : actual != expected
                ? $"expected {expected.Kind} {expected.Units} units of 2^-48, computed {actual.Kind} {actual.Units} as {(tiles.IsInteger(i, j) ? "an integer" : "a value")}"
            : BitConverter.SingleToInt32Bits(single) != BitConverter.SingleToInt32Bits(actualSingle) ? $"rounds to {single:R}, computed {actualSingle:R}"
            : null;
    }
}
