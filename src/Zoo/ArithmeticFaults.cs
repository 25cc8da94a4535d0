using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices that read blocks rightly and compute with them wrongly, or less well than they claim.</summary>
public static class ArithmeticFaults
{
    private const string SingleBlock = "m=1,n=1,k=256";

    /// <summary>Beyond the 17 blocks of the shape sweep, so that dense rows with a wide bound do not see it first.</summary>
    private const ulong DeepK = 18 * Q4KLayout.BlockWeights;

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("f16-claimed-as-f32", "NUM-3", SingleBlock, "accumulates in binary16 and claims f32", () =>
            new F16Sail(PatchedSail.Claim)) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
        Entry("f16-output", "NUM-3", SingleBlock, "rounds each finished element to binary16", () =>
            new PatchedSail { Result = (_, _, _, value) => (float)(Half)value }) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
        Entry("f16-output-for-deep-k", "NUM-3", "m=1,n=1,k=4608", "rounds elements to binary16 from 18 blocks on", () =>
            new PatchedSail { Result = (call, _, _, value) => call.K >= DeepK ? (float)(Half)value : value }),
        Entry("sparse-path-in-f16", "NUM-3", "m=1,n=1,k=768", "steps over zero products, in binary16, where most blocks are zero", () =>
            new PatchedSail { Product = (a, b) => MostBlocksAreZero(a, b) ? F16Sail.Accumulate(a, b) : Sequential(a, b) }),
        Entry("gain-of-a-thousandth", "MM-13", SingleBlock, "multiplies every element by 1.001", () =>
            new PatchedSail { Result = (_, _, _, value) => value * 1.001f }) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
        Entry("truncates", "NUM-3", SingleBlock, "cuts products and sums to binary32 instead of rounding them", () =>
            new PatchedSail { Product = Truncating }) with
        {
            AlsoKilledBy = ["MM-1", "MM-2", "MM-6", "MM-13", "NUM-2", "NUM-4"],
        },
        Entry("last-block-dropped", "MM-13", "m=1,n=1,k=512", "leaves out the last block of a row that has more than one", () =>
            new PatchedSail { Product = (a, b) => SequentialTo(a, b, Math.Max(a.Length - Q4KLayout.BlockWeights, Q4KLayout.BlockWeights)) }) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
        Entry("minimums-product-dropped", "MM-13", SingleBlock, "forgets the product of the two minimums in the four-term form", () =>
            new FourTermSail { DropsMinimums = true }) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
        Entry("sub-block-sum-wraps", "MM-13", SingleBlock, "keeps the integer dot product of a sub-block in 12 bits and claims subblock-int", () =>
            new WrappingSubblockSail()) with
        {
            AlsoKilledBy = [],
        },
        Entry("rounded-weights-claimed-rational", "NUM-2", SingleBlock, "rounds the weights first and claims exact over rational weights", () =>
            new ExactRoundedSail(SimSail.Describe(SimOptions.Of(ArithmeticClass.Exact)))),
        Entry("rational-weights-claimed-rounded", "NUM-2", SingleBlock, "means rational weights and claims exact over rounded ones", () =>
            new ExactRationalSail(SimSail.Describe(
                SimOptions.Of(ArithmeticClass.Exact) with { Weights = WeightDefinition.RoundedToBinary32 }))),
    ];

    private static FaultyEntry Entry(string name, string clause, string shape, string description, Func<IDevice> open) =>
        new(name, "arithmetic", clause, shape, description, open);

    private static float Sequential(float[] a, float[] b) => SequentialTo(a, b, a.Length);

    private static float SequentialTo(float[] a, float[] b, int end)
    {
        float sum = 0;
        for (int i = 0; i < end; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static bool MostBlocksAreZero(float[] a, float[] b)
    {
        int blocks = a.Length / Q4KLayout.BlockWeights;
        int zeros = 0;
        for (int first = 0; first < a.Length; first += Q4KLayout.BlockWeights)
        {
            bool isZero = a.AsSpan(first, Q4KLayout.BlockWeights).IndexOfAnyExcept(0f) < 0
                || b.AsSpan(first, Q4KLayout.BlockWeights).IndexOfAnyExcept(0f) < 0;
            zeros += isZero ? 1 : 0;
        }

        return 2 * zeros > blocks;
    }

    private static float Truncating(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum = Cut((double)sum + Cut((double)a[i] * b[i]));
        }

        return sum;
    }

    private static float Cut(double value)
    {
        float nearest = (float)value;
        bool outward = Math.Abs((double)nearest) > Math.Abs(value);
        return outward ? MathF.CopySign(MathF.BitDecrement(MathF.Abs(nearest)), nearest) : nearest;
    }

    private sealed class WrappingSubblockSail() : SubblockIntSail(SimOptions.Of(ArithmeticClass.SubblockInt))
    {
        protected override int IntegerDot(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => base.IntegerDot(a, b) & 0xfff;
    }
}
