namespace Spanker.Conformance.Reference;

/// <summary>The time of a tile by tensor and by model parallelism, and the choice between them (CONTRACT SCH-1 to SCH-3).</summary>
/// <remarks>
/// <code>
/// weights = m k e, activations = m n e             bytes, saturating at 2^64 - 1
/// seconds(bytes, bw) = bytes / bw                  binary64; +infinity for bw = 0, whatever the bytes
/// TP = seconds(weights, ddr) / N + seconds(activations, link)
/// MP = seconds(weights, ddr) + seconds(activations, link) / N
/// N = 0 counts as 1; N = 1: tensor parallel; else tensor parallel if TP &lt;= MP, else model parallel
/// </code>
/// Each operation is rounded to binary64 once, as written; bytes and bandwidths are rounded to binary64 before they are divided.
/// </remarks>
public static class CostModel
{
    /// <summary>m k e, saturating.</summary>
    public static ulong WeightBytes(Tile tile) => Saturating(Saturating(tile.M, tile.K), tile.ElementBytes);

    /// <summary>m n e, saturating.</summary>
    public static ulong ActivationBytes(Tile tile) => Saturating(Saturating(tile.M, tile.N), tile.ElementBytes);

    /// <summary>The time that so many bytes take, in seconds.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="bandwidth">Bytes a second; 0 takes forever.</param>
    public static double Seconds(ulong bytes, ulong bandwidth) => bandwidth == 0 ? double.PositiveInfinity : (double)bytes / bandwidth;

    /// <summary>TP in seconds.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="cards">N.</param>
    /// <param name="bandwidths">The card's bandwidths.</param>
    public static double TensorParallelSeconds(Tile tile, ulong cards, Bandwidths bandwidths) =>
        (WeightSeconds(tile, bandwidths) / Math.Max(cards, 1)) + ActivationSeconds(tile, bandwidths);

    /// <summary>MP in seconds.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="cards">N.</param>
    /// <param name="bandwidths">The card's bandwidths.</param>
    public static double ModelParallelSeconds(Tile tile, ulong cards, Bandwidths bandwidths) =>
        WeightSeconds(tile, bandwidths) + (ActivationSeconds(tile, bandwidths) / Math.Max(cards, 1));

    /// <summary>The choice for a tile.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="cards">N.</param>
    /// <param name="bandwidths">The card's bandwidths.</param>
    public static Parallelism Choose(Tile tile, ulong cards, Bandwidths bandwidths) =>
        cards <= 1 || TensorParallelSeconds(tile, cards, bandwidths) <= ModelParallelSeconds(tile, cards, bandwidths)
            ? Parallelism.TensorParallel
            : Parallelism.ModelParallel;

    private static double WeightSeconds(Tile tile, Bandwidths bandwidths) => Seconds(WeightBytes(tile), bandwidths.LocalDdr);

    private static double ActivationSeconds(Tile tile, Bandwidths bandwidths) => Seconds(ActivationBytes(tile), bandwidths.InterCard);

    private static ulong Saturating(ulong x, ulong y) => (ulong)UInt128.Min((UInt128)x * y, ulong.MaxValue);
}
