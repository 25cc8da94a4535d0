using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>A simulated Sail that first decodes rows to binary32. The classes f32, f16-accumulate and bf16-accumulate differ in how they add.</summary>
public abstract class FloatSail : RowSail<float[]>
{
    /// <summary>A Sail that declares <paramref name="description"/>.</summary>
    protected FloatSail(DeviceDescription description, SailBusOptions? bus = null)
        : base(description, bus)
    {
    }

    /// <inheritdoc/>
    protected override ulong BytesPerWeight => sizeof(float);

    /// <inheritdoc/>
    protected override float[] NewRow(Operand operand, ulong k) => new float[k];

    /// <inheritdoc/>
    protected override void FillRow(in MatmulCall call, Operand operand, ulong row, float[] prepared)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        BlockFields fields = new();
        for (int block = 0; block < prepared.Length / Q4KLayout.BlockWeights; block++)
        {
            BlockPlace place = new(operand, row, (ulong)block);
            Unpack(call, place, fields);
            DecodeWeights(place, fields, prepared.AsSpan(block * Q4KLayout.BlockWeights, Q4KLayout.BlockWeights));
        }
    }

    /// <summary>The 256 weights of a block, in binary32.</summary>
    protected virtual void DecodeWeights(BlockPlace place, BlockFields fields, Span<float> weights)
    {
        ArgumentNullException.ThrowIfNull(fields);
        fields.DecodeToBinary32(weights);
    }
}
