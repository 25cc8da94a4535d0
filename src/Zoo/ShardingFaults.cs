using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices that are right call by call, and of which shards do not make up the whole (CONTRACT COL-11).</summary>
public static class ShardingFaults
{
    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("odd-columns-backwards", "shards=2,m=1,n=2,k=256", "adds backwards in columns of odd number, within the bound", () => new TwoWaySail
        {
            IsBackwards = (_, column) => column % 2 == 1,
        }),
        Entry("wide-products-backwards", "shards=2,m=1,n=4,k=256", "adds backwards where B has four rows or more, within the bound", () => new TwoWaySail
        {
            IsBackwards = (call, _) => call.N >= 4,
        }),
        Entry("single-rows-backwards", "shards=2,m=2,n=1,k=256", "adds backwards where A is one row, within the bound", () => new TwoWaySail
        {
            IsBackwards = (call, _) => call.M == 1,
        }),
        Entry("partials-sent-in-bf16", "shards=2,m=1,n=1,k=512", "sends products to other cards in bf16, and what no matmul made in binary32", PartialsInBf16),
    ];

    private static FaultyEntry Entry(string name, string shape, string description, Func<IDevice> open) => new(name, "sharding", "COL-11", shape, description, open);

    private static PatchedSail PartialsInBf16()
    {
        bool hasProducts = false;
        return new PatchedSail
        {
            Started = _ => hasProducts = true,
            Reduce = (sails, operation, buffers) =>
            {
                if (hasProducts && HostFold.CheckShapes(sails, HostFold.LengthsOf(buffers)) is null)
                {
                    foreach (Memory<float> sent in buffers.Skip(1))
                    {
                        Narrow(sent.Span);
                    }
                }

                return HostFold.AllReduce(sails, operation, buffers);
            },
        };
    }

    // Cut off, not rounded: the top half of the bits.
    private static void Narrow(Span<float> elements)
    {
        foreach (ref float element in elements)
        {
            element = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(element) & 0xffff_0000);
        }
    }

    /// <summary>A Sail of class f32 that adds some elements from the last product to the first.</summary>
    private sealed class TwoWaySail() : F32Sail(new SimOptions(), PatchedSail.Claim)
    {
        public required Func<MatmulCall, ulong, bool> IsBackwards { get; init; }

        protected override float Element(in MatmulCall call, ulong row, ulong column, float[] a, float[] b)
        {
            if (!IsBackwards(call, column))
            {
                return Dot(a, b);
            }

            float sum = 0;
            for (int i = a.Length - 1; i >= 0; i--)
            {
                sum += a[i] * b[i];
            }

            return sum;
        }
    }
}
