using System.Globalization;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>How a product is divided into shards.</summary>
public enum Sharding
{
    /// <summary>Tensor parallel by columns of OUT: each shard has some rows of B.</summary>
    Columns,

    /// <summary>Tensor parallel along k: each shard has some super-blocks of every row, and an AllReduce adds the partial products.</summary>
    Depth,

    /// <summary>Model parallel: two layers one behind the other, fed with some rows of A at a time.</summary>
    Pipeline,
}

/// <summary>A product in shards, beside the same product in one piece.</summary>
/// <param name="Clause">The clause that the case is about.</param>
/// <param name="Sharding">What is divided.</param>
/// <param name="Shards">N; shards beyond what there is to divide are empty.</param>
/// <param name="Shape">The whole product. A pipeline has <see cref="HiddenWidth"/> columns between its layers: [m x k] to [m x 256] to [m x n].</param>
/// <param name="Data">What the operands hold.</param>
public sealed record ShardedCase(string Clause, Sharding Sharding, int Shards, MatmulShape Shape, GeneratedOperands Data) : Case(Clause)
{
    /// <summary>Columns between the layers of a pipeline: one super-block, into which each row is quantised again.</summary>
    public const int HiddenWidth = Q4KLayout.BlockWeights;

    /// <summary>The most shards.</summary>
    public const int MostShards = ReductionTree.MaxCards;

    /// <summary>The most bytes of an operand, and of all partial products together.</summary>
    public const int MostBytes = 1 << 26;

    /// <summary>What is divided, in units that stay whole: rows of B, super-blocks of a row, rows of A.</summary>
    public ulong Units => Sharding switch
    {
        Sharding.Columns => Shape.N,
        Sharding.Depth => Shape.RowBlocks,
        _ => Shape.M,
    };

    /// <summary>True for a product that can be divided: 1 to 64 shards, m and n above 0, k a multiple of 256 above 0, none of its buffers beyond <see cref="MostBytes"/>.</summary>
    public bool CanBeDone => Shards is >= 1 and <= MostShards
        && Shape is { M: > 0, N: > 0, K: > 0 } && Shape.K % Q4KLayout.BlockWeights == 0
        && Shape.ABytes <= MostBytes && Shape.BBytes <= MostBytes
        && Shape.OutputBytes <= (UInt128)(MostBytes / Shards)
        && (Sharding != Sharding.Pipeline || (Shape.M <= MostBytes / HiddenWidth / sizeof(float) && Shape.K <= MostBytes / HiddenWidth && Shape.N <= MostBytes / Q4KLayout.BlockBytes));

    /// <inheritdoc/>
    public override string ShapeText => string.Create(CultureInfo.InvariantCulture, $"shards={Shards},{Shape}");

    /// <inheritdoc/>
    protected override string TokenBody =>
        string.Create(CultureInfo.InvariantCulture, $"{Sharding.ToString().ToLowerInvariant()}-c{Shards}-m{Shape.M}n{Shape.N}k{Shape.K}-{Data.ToToken()}");
}
