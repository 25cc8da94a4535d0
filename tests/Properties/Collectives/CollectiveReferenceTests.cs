using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Collectives;

/// <summary>AllReduce and AllGather by definition: bits worked out by hand, and addition against integers.</summary>
public sealed class CollectiveReferenceTests
{
    private const float NaN = float.NaN;
    private const float Ulp = 1f / (1 << 23);
    private static readonly ReduceOperation[] Operations = Enum.GetValues<ReduceOperation>();

    // u = 2^-24 is half a unit in the last place of 1: 1 + u is a tie and goes to 1, u + u is the whole unit.
    [Theory]
    [InlineData("((0+1)+2)", 0x3F80_0000)]
    [InlineData("(0+(1+2))", 0x3F80_0001)]
    [InlineData("((0+2)+1)", 0x3F80_0000)]
    public void The_order_decides_the_bits_of_a_sum(string tree, int expected) =>
        Assert.Equal(expected, BitConverter.SingleToInt32Bits(Reduce(ReduceOperation.Sum, tree, ExtremumPolicy.HostMock, 1f, Ulp / 2, Ulp / 2)));

    // 1 + 3u lies half way between 1 + 2u and 1 + 4u, whose last bit is 0.
    [Fact]
    public void A_tie_goes_to_the_even_neighbour() =>
        Assert.Equal(1 + (2 * Ulp), Reduce(ReduceOperation.Sum, "(0+1)", ExtremumPolicy.HostMock, 1 + Ulp, Ulp / 2));

    [Fact]
    public void Overflow_on_the_way_stays_though_the_sum_is_finite() => Assert.Equal(
        float.PositiveInfinity,
        Reduce(ReduceOperation.Sum, "((0+1)+2)", ExtremumPolicy.HostMock, float.MaxValue, float.MaxValue, -float.MaxValue));

    [Fact]
    public void Avg_rounds_the_sum_and_then_the_quotient()
    {
        // 1 + u is rounded to 1 on the way; 1/3 is 0x3EAAAAAB.
        Assert.Equal(0x3EAA_AAAB, BitConverter.SingleToInt32Bits(Reduce(ReduceOperation.Avg, "((0+1)+2)", ExtremumPolicy.HostMock, 1f, Ulp / 2, 0f)));
    }

    [Theory]
    [InlineData(0x0000_0001, 0x0000_0000, 0x0000_0000)]
    [InlineData(0x0000_0001, 0x0000_0002, 0x0000_0002)]
    [InlineData(0x0000_0003, 0x0000_0004, 0x0000_0004)]
    public void Avg_of_two_subnormals_goes_to_the_even_neighbour(int one, int other, int expected) => Assert.Equal(
        expected,
        BitConverter.SingleToInt32Bits(Reduce(
            ReduceOperation.Avg, "(0+1)", ExtremumPolicy.HostMock, BitConverter.Int32BitsToSingle(one), BitConverter.Int32BitsToSingle(other))));

    [Theory]
    [InlineData(NanPolicy.Propagate, "(0+1)", NaN, 1f, NaN)]
    [InlineData(NanPolicy.Propagate, "(0+1)", 1f, NaN, NaN)]
    [InlineData(NanPolicy.Ignore, "(0+1)", NaN, 1f, 1f)]
    [InlineData(NanPolicy.Ignore, "(0+1)", 1f, NaN, 1f)]
    [InlineData(NanPolicy.Ignore, "(0+1)", NaN, NaN, NaN)]
    [InlineData(NanPolicy.Mock, "(0+1)", NaN, 1f, NaN)]
    [InlineData(NanPolicy.Mock, "(0+1)", 1f, NaN, 1f)]
    [InlineData(NanPolicy.Mock, "(1+0)", NaN, 1f, 1f)]
    [InlineData(NanPolicy.Mock, "(1+0)", 1f, NaN, NaN)]
    public void Max_and_Min_of_a_NaN_follow_the_policy(NanPolicy nan, string tree, float x0, float x1, float expected)
    {
        foreach (ZeroPolicy zero in Enum.GetValues<ZeroPolicy>())
        {
            Assert.Equal(expected, Reduce(ReduceOperation.Max, tree, new(nan, zero), x0, x1));
            Assert.Equal(expected, Reduce(ReduceOperation.Min, tree, new(nan, zero), x0, x1));
        }
    }

    [Theory]
    [InlineData(ReduceOperation.Max, ZeroPolicy.Ordered, "-0", "0", "0")]
    [InlineData(ReduceOperation.Max, ZeroPolicy.Ordered, "0", "-0", "0")]
    [InlineData(ReduceOperation.Min, ZeroPolicy.Ordered, "-0", "0", "-0")]
    [InlineData(ReduceOperation.Min, ZeroPolicy.Ordered, "0", "-0", "-0")]
    [InlineData(ReduceOperation.Max, ZeroPolicy.Ordered, "-0", "-0", "-0")]
    [InlineData(ReduceOperation.Min, ZeroPolicy.Ordered, "0", "0", "0")]
    [InlineData(ReduceOperation.Max, ZeroPolicy.Unordered, "-0", "0", "-0")]
    [InlineData(ReduceOperation.Max, ZeroPolicy.Unordered, "0", "-0", "0")]
    [InlineData(ReduceOperation.Min, ZeroPolicy.Unordered, "-0", "0", "-0")]
    [InlineData(ReduceOperation.Min, ZeroPolicy.Unordered, "0", "-0", "0")]
    [InlineData(ReduceOperation.Max, ZeroPolicy.Ordered, "-0", "-1", "-0")]
    [InlineData(ReduceOperation.Min, ZeroPolicy.Ordered, "0", "1", "0")]
    [InlineData(ReduceOperation.Max, ZeroPolicy.Ordered, "-1", "2", "2")]
    [InlineData(ReduceOperation.Min, ZeroPolicy.Unordered, "-1", "2", "-1")]
    [InlineData(ReduceOperation.Max, ZeroPolicy.Ordered, "-Infinity", "Infinity", "Infinity")]
    public void Max_and_Min_of_zeros_follow_the_policy(ReduceOperation operation, ZeroPolicy zero, string x0, string x1, string expected)
    {
        foreach (NanPolicy nan in Enum.GetValues<NanPolicy>())
        {
            float actual = Reduce(operation, "(0+1)", new(nan, zero), Read(x0), Read(x1));
            Assert.Equal(BitConverter.SingleToInt32Bits(Read(expected)), BitConverter.SingleToInt32Bits(actual));
        }
    }

    [Theory]
    [InlineData(ReduceOperation.Max, ZeroPolicy.Unordered, 0f, -0f, true)]
    [InlineData(ReduceOperation.Min, ZeroPolicy.Ordered, 0f, -0f, false)]
    [InlineData(ReduceOperation.Sum, ZeroPolicy.Unordered, 0f, -0f, false)]
    [InlineData(ReduceOperation.Max, ZeroPolicy.Unordered, 0f, 1e-45f, false)]
    [InlineData(ReduceOperation.Sum, ZeroPolicy.Ordered, NaN, 1f, false)]
    [InlineData(ReduceOperation.Sum, ZeroPolicy.Ordered, 1f, 1f, true)]
    public void Results_are_compared_by_bits_but_for_unordered_zeros(ReduceOperation operation, ZeroPolicy zero, float expected, float actual, bool isExpected) =>
        Assert.Equal(isExpected, CollectiveReference.IsExpected(operation, new(NanPolicy.Propagate, zero), expected, actual));

    [Fact]
    public void Any_NaN_is_expected_where_a_NaN_is() => Assert.True(CollectiveReference.IsExpected(
        ReduceOperation.Sum, ExtremumPolicy.HostMock, NaN, BitConverter.UInt32BitsToSingle(0xFFC1_2345)));

    [Fact]
    public void Every_addition_is_the_exact_sum_rounded_once()
    {
        for (ulong index = 0; index < 20_000; index++)
        {
            float[] pair = DrawnTerms.Draw(new SplitMix64(51, index), 2);
            float expected = BigIntegerSum.Round(BigIntegerSum.Sum(pair));
            float actual = Reduce(ReduceOperation.Sum, "(0+1)", ExtremumPolicy.HostMock, pair);
            Assert.True(expected == actual, $"index {index}: {pair[0]:R} + {pair[1]:R} = {actual:R}, expected {expected:R}");
        }
    }

    [Fact]
    public void Every_quotient_is_the_exact_one_rounded_once()
    {
        for (ulong index = 0; index < 20_000; index++)
        {
            var stream = new SplitMix64(52, index);
            float[] terms = new float[1 + stream.Below(16)];
            terms[0] = DrawnTerms.Draw(stream, 1)[0];
            float expected = BigIntegerSum.Round(BigIntegerSum.Units(terms[0]), terms.Length);
            float actual = Reduce(ReduceOperation.Avg, ReductionOrder.HostFold(terms.Length).ToString(), ExtremumPolicy.HostMock, terms);
            Assert.True(expected == actual, $"index {index}: {terms[0]:R} / {terms.Length} = {actual:R}, expected {expected:R}");
        }
    }

    [Fact]
    public void The_tree_of_the_host_with_the_host_s_policy_is_the_host_mock_s_fold()
    {
        float[] special = [0f, -0f, 1f, -1f, NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, 1e-45f];
        for (ulong index = 0; index < 2000; index++)
        {
            var stream = new SplitMix64(53, index);
            float[][] buffers = [.. Enumerable.Range(0, 1 + stream.Below(16)).Select(_ => DrawnTerms.Draw(stream, 8))];
            foreach (float[] buffer in buffers)
            {
                buffer[stream.Below(8)] = special[stream.Below(special.Length)];
                buffer[0] = special[stream.Below(special.Length)];
            }

            float[] actual = new float[8];
            foreach (ReduceOperation operation in Operations)
            {
                CollectiveReference.AllReduce(
                    operation, Memories(buffers), ReductionOrder.HostFold(buffers.Length), ExtremumPolicy.HostMock, actual);
                Assert.Equal(HostMockFold.Reduce(operation, buffers).Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
            }
        }
    }

    [Fact]
    public void Long_buffers_are_reduced_element_by_element()
    {
        const int Length = 1301;
        var stream = new SplitMix64(54);
        float[][] buffers = [.. Enumerable.Range(0, 5).Select(_ => DrawnTerms.Draw(stream, Length))];
        float[] actual = new float[Length];
        foreach (ReduceOperation operation in Operations)
        {
            ReductionTree tree = ReductionOrder.Ring(5, 3);
            CollectiveReference.AllReduce(operation, Memories(buffers), tree, ExtremumPolicy.HostMock, actual);
            IEnumerable<float> expected = Enumerable.Range(0, Length)
                .Select(i => CollectiveReference.Reduce(operation, tree, ExtremumPolicy.HostMock, [.. buffers.Select(buffer => buffer[i])]));
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void AllReduce_may_write_over_one_of_its_buffers()
    {
        float[][] buffers = [[1f, 2f, 3f], [10f, 20f, 30f]];
        CollectiveReference.AllReduce(ReduceOperation.Sum, Memories(buffers), ReductionOrder.HostFold(2), ExtremumPolicy.HostMock, buffers[1]);
        Assert.Equal([11f, 22f, 33f], buffers[1]);
    }

    [Fact]
    public void AllGather_joins_in_topology_order()
    {
        float[] joined = new float[4];
        CollectiveReference.AllGather(Memories([1f, 2f], [-0f, 4f]), joined);
        Assert.Equal([0x3F80_0000, 0x4000_0000, int.MinValue, 0x4080_0000], joined.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Buffers_that_do_not_fit_are_refused()
    {
        float[] two = new float[2];
        Assert.Throws<ArgumentException>(() => CollectiveReference.AllGather(Memories([1f], [2f, 3f]), two));
        Assert.Throws<ArgumentException>(() => CollectiveReference.AllReduce(
            ReduceOperation.Sum, Memories([1f, 2f], [3f]), ReductionOrder.HostFold(2), ExtremumPolicy.HostMock, two));
        Assert.Throws<ArgumentException>(() => CollectiveReference.AllReduce(
            ReduceOperation.Sum, Memories([1f, 2f], [3f, 4f]), ReductionOrder.HostFold(3), ExtremumPolicy.HostMock, two));
    }

    private static float Reduce(ReduceOperation operation, string tree, ExtremumPolicy policy, params float[] terms) =>
        CollectiveReference.Reduce(operation, ReductionTree.Parse(tree), policy, terms);

    // As text, since test data do not tell zeros of either sign apart.
    private static float Read(string value) => float.Parse(value, System.Globalization.CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<float>[] Memories(params float[][] buffers) => [.. buffers.Select(buffer => (ReadOnlyMemory<float>)buffer)];
}
