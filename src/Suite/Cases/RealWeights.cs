using System.Globalization;
using System.Runtime.InteropServices;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>The rows of a Q4_K tensor from a GGUF file, as operand A.</summary>
/// <param name="Tensor">The tensor's name.</param>
/// <param name="RowCount">m of the whole tensor.</param>
/// <param name="RowWeights">k.</param>
/// <param name="Bytes">Its blocks; they must outlive every case made of them.</param>
public sealed record RealWeights(string Tensor, ulong RowCount, ulong RowWeights, OperandView Bytes)
{
    /// <summary>What a token says of the tensor: a hash of its name, dimensions and bytes, so that other weights are not mistaken for these.</summary>
    public string Fingerprint { get; } = MakeFingerprint(Tensor, RowCount, RowWeights, Bytes);

    private static string MakeFingerprint(string tensor, ulong rows, ulong weights, OperandView bytes)
    {
        ulong hash = CaseRandom.Derive(CaseRandom.Word(tensor), rows, weights);
        const int Step = 1 << 20;
        for (ulong at = 0; at < bytes.LengthBytes; at += Step)
        {
            ReadOnlySpan<byte> part = bytes.Slice(at, (int)Math.Min(Step, bytes.LengthBytes - at));
            int whole = part.Length / sizeof(ulong) * sizeof(ulong);
            hash = CaseRandom.Derive(hash, MemoryMarshal.Cast<byte, ulong>(part[..whole]));
            foreach (byte b in part[whole..])
            {
                hash = CaseRandom.Derive(hash, b);
            }
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}

/// <summary>Operands of a case on real weights: A is a window of a tensor's rows, B is made from a seed.</summary>
/// <param name="Weights">The tensor.</param>
/// <param name="FirstRow">The tensor's row that is row 0 of A.</param>
/// <param name="Seed">From what B is made.</param>
public sealed record RealOperands(RealWeights Weights, ulong FirstRow, ulong Seed) : OperandData
{
    /// <inheritdoc/>
    /// <remarks>Embedding rows of unused tokens are zero in real models, and that is no fault of the case.</remarks>
    public override bool MeansZeros => true;

    /// <inheritdoc/>
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"gguf.{Weights.Fingerprint}.{FirstRow}-s{Seed:x}");

    /// <inheritdoc/>
    public override void FillRow(MatmulShape shape, OperandSide side, ulong rowIndex, Span<byte> row)
    {
        if (side == OperandSide.A)
        {
            Weights.Bytes.Slice((FirstRow + rowIndex) * (ulong)row.Length, row.Length).CopyTo(row);
            return;
        }

        // Every other column holds four weights only, so that the bound says something of each row in every class.
        RowFill fill = rowIndex % 2 == 0 ? DenseFamilies.Quantized.Fill : NumericFamilies.FillProbes;
        fill(new RowPlace(Seed, side, rowIndex, shape), row);
    }
}
