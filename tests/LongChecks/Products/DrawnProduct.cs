using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>Two operands of ragged shape, drawn from a seed and an index.</summary>
/// <param name="Kind">What they are meant to reach.</param>
/// <param name="A">Rows of A.</param>
/// <param name="B">Rows of B, of the same length.</param>
/// <param name="Threads">On how many threads to multiply them.</param>
internal sealed record DrawnProduct(ProductKind Kind, byte[][] A, byte[][] B, int Threads)
{
    /// <summary>Draws a product; the kinds take turns.</summary>
    public static DrawnProduct Draw(ulong seed, ulong index)
    {
        var stream = new SplitMix64(seed, index);
        var kind = (ProductKind)(index % (ulong)Enum.GetValues<ProductKind>().Length);
        int blocks = stream.OneIn(3) ? 1 + stream.Below(DotProductCase.MostBlocks) : 1 + stream.Below(3);
        bool isLarge = stream.OneIn(4);
        int m = isLarge ? 33 + stream.Below(40) : 1 + stream.Below(40);
        int n = isLarge ? 33 + stream.Below(40) : 1 + stream.Below(40);
        int threads = stream.OneIn(8) ? 2 : 1;
        (byte[][] a, byte[][] b) = kind switch
        {
            ProductKind.Mixed => DrawnRows.OfAnyKind(stream, m, n, blocks),
            ProductKind.OneKind => DrawnRows.OfOneKind(stream, m, n, blocks),
            ProductKind.PowersOfTwo => (
                Rows(m, () => DrawnRows.OfPowersOfTwo(stream, blocks, isNegated: false)), Rows(n, () => DrawnRows.OfPowersOfTwo(stream, blocks, isNegated: true))),
            ProductKind.NearTies => NearTieRows.Draw(stream, m, n),
            ProductKind.Largest => Both(m, n, () => DrawnRows.OfLargest(stream, blocks)),
            ProductKind.ScalesBelow or ProductKind.ScalesAbove =>
                LimitRows.OfScales(stream, m, n, 2 + (blocks % 7), isAbove: kind == ProductKind.ScalesAbove, isCommon: false),
            ProductKind.CommonScalesBelow or ProductKind.CommonScalesAbove =>
                LimitRows.OfScales(stream, m, n, 2 + (blocks % 7), isAbove: kind == ProductKind.CommonScalesAbove, isCommon: true),
            ProductKind.SumsBelow or ProductKind.SumsAbove => LimitRows.OfSums(stream, m, n, blocks, isAbove: kind == ProductKind.SumsAbove),
            ProductKind.RoundingEdge => Both(m, n, () => LimitRows.OfRounding(stream, blocks)),
            ProductKind.NonFinite => Both(m, n, () => DrawnRows.WithNonFinite(stream, blocks)),
            _ => Both(m, n, () => DrawnRows.Alike(stream, blocks)),
        };
        return new DrawnProduct(kind, a, b, threads);
    }

    private static (byte[][] A, byte[][] B) Both(int m, int n, Func<byte[]> row) => (Rows(m, row), Rows(n, row));

    private static byte[][] Rows(int count, Func<byte[]> row) => [.. Enumerable.Range(0, count).Select(_ => row())];
}
