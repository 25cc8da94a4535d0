namespace Spanker.Conformance.Suite.Gguf;

/// <summary>One tensor of a GGUF file, as its directory describes it.</summary>
/// <param name="Name">The tensor's name, unique in its file.</param>
/// <param name="Dimensions">Elements along each dimension, the contiguous one first: a matrix of r rows of k weights is [k, r].</param>
/// <param name="TypeId">The ggml type; 12 is Q4_K.</param>
/// <param name="Offset">Where the data begins, in bytes from the start of the data section (<see cref="GgufHeader.DataOffset"/>).</param>
public sealed record GgufTensor(string Name, IReadOnlyList<ulong> Dimensions, uint TypeId, ulong Offset)
{
    /// <summary>ggml's name of the type, or "type N" for one that is not known here.</summary>
    public string TypeName => GgufTensorType.Of(TypeId).Name;

    /// <summary>Whether this is a Q4_K tensor.</summary>
    public bool IsQ4K => TypeId == GgufTensorType.Q4K;

    /// <summary>Elements of a row (k of CONTRACT MM); 1 for a tensor without dimensions.</summary>
    public ulong RowLength => Dimensions.Count == 0 ? 1 : Dimensions[0];

    /// <summary>Number of rows: the product of all dimensions but the first.</summary>
    public ulong Rows => Dimensions.Skip(1).Aggregate(1UL, (rows, dimension) => rows * dimension);

    /// <summary>Number of elements, the product of the dimensions.</summary>
    public ulong Elements => RowLength * Rows;

    /// <summary>Length of the data in bytes, RowLength / block weights * block bytes * Rows; null for a type whose blocks are not known here.</summary>
    public ulong? LengthBytes
    {
        get
        {
            GgufTensorType type = GgufTensorType.Of(TypeId);
            return type.IsSized ? Elements / type.BlockWeights * type.BlockBytes : null;
        }
    }

    /// <summary>Name, type and shape on one line, for reports.</summary>
    public override string ToString() => $"{GgufException.Quote(Name)} ({TypeName} {string.Join(" x ", Dimensions)})";
}
