using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices that declare the ring's order, or none, and combine as they may not. Their matmul and their refusals are right.</summary>
public static class DeclaredOrderFaults
{
    private const string Declared = "ring";

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("ring-adds-in-host-order", "sails=3,length=1", "adds Sail 0, 1, 2, .. where it declares a ring", Adds, (operation, buffers) => HostFold.AllReduce(buffers.Count, operation, buffers)),
        Entry("ring-drops-nan", "sails=2,length=1", "lets a number win over a NaN on a later Sail", Compares, (operation, buffers) => HostFold.AllReduce(buffers.Count, operation, buffers)),
        Entry("ring-avg-by-reciprocal", "sails=3,length=1", "multiplies the sum by 1/N", operation => operation == ReduceOp.Avg, ByReciprocal),
        Entry("ring-frames-in-binary16", "sails=2,length=1", "sends values through binary16", Adds, ThroughBinary16),
        new FaultyEntry("untold-order-in-binary16", "declared-order", "COL-8", "sails=2,length=1", "declares no order, and sends values through binary16", () =>
            UntoldOrder.Sail(value => (float)(Half)value))
        {
            AlsoKilledBy = ["COL-11"],
        },
    ];

    private static FaultyEntry Entry(
        string name, string shape, string description, Predicate<ReduceOp> concerns, Func<ReduceOp, IReadOnlyList<Memory<float>>, DeviceError?> wrong) =>
        new(name, "declared-order", "COL-8", shape, description, () => new PatchedSail(PatchedSail.Claim with { Collectives = SimCards.Declare(Declared) })
        {
            Reduce = (sails, operation, buffers) =>
            {
                bool works = HostFold.CheckShapes(sails, HostFold.LengthsOf(buffers)) is null && HostFold.CheckOperation(operation) is null
                    && buffers.Count > 0 && buffers[0].Length > 0;
                return !works ? HostFold.AllReduce(sails, operation, buffers)
                    : concerns(operation) ? wrong(operation, buffers)
                    : ByRing(operation, buffers);
            },
        })
        {
            // Partial products along k come through the same sums.
            AlsoKilledBy = ["COL-11"],
        };

    private static bool Adds(ReduceOp operation) => operation is ReduceOp.Sum or ReduceOp.Avg;

    private static bool Compares(ReduceOp operation) => !Adds(operation);

    private static DeviceError? ByRing(ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        using SimCards cards = new(buffers.Count, Declared);
        return cards.AllReduce(operation, buffers);
    }

    private static DeviceError? ByReciprocal(ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        DeviceError? failure = ByRing(ReduceOp.Sum, buffers);
        float reciprocal = 1f / buffers.Count;
        foreach (Memory<float> buffer in buffers)
        {
            foreach (ref float element in buffer.Span)
            {
                element *= reciprocal;
            }
        }

        return failure;
    }

    private static DeviceError? ThroughBinary16(ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        foreach (Memory<float> buffer in buffers.Skip(1))
        {
            foreach (ref float element in buffer.Span)
            {
                element = (float)(Half)element;
            }
        }

        return ByRing(operation, buffers);
    }
}
