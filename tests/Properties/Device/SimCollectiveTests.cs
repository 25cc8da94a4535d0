using Spanker.Conformance.Collectives;
using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

public sealed class SimCollectiveTests
{
    private const float NaN = float.NaN;

    /// <summary>Operation, Sails' values, result: worked by hand from CONTRACT COL-7.</summary>
    public static TheoryData<ReduceOp, float[], float> Folds => new()
    {
        // 2^24 + 1 = 2^24 (tie to even), + 1 again the same; from the other end 1 + 1 + 2^24 would be 2^24 + 2.
        { ReduceOp.Sum, [16777216, 1, 1], 16777216 },
        { ReduceOp.Sum, [1, 1, 16777216], 16777218 },
        { ReduceOp.Sum, [3], 3 },

        // The sum overflows before the division by 2.
        { ReduceOp.Avg, [3e38f, 3e38f], float.PositiveInfinity },

        // 1 + 1 + 2 = 4, and 4 / 3 in binary32.
        { ReduceOp.Avg, [1, 1, 2], 4f / 3f },
        { ReduceOp.Max, [1, 5, 2], 5 },
        { ReduceOp.Min, [1, 5, -2], -2 },
        { ReduceOp.Max, [NaN, 5], NaN },
        { ReduceOp.Max, [5, NaN, 4], 5 },
        { ReduceOp.Min, [NaN, 5], NaN },
        { ReduceOp.Min, [5, NaN, 6], 5 },
        { ReduceOp.Max, [-0f, 0f], -0f },
        { ReduceOp.Max, [0f, -0f], 0f },
        { ReduceOp.Min, [0f, -0f], 0f },
        { ReduceOp.Sum, [-0f, -0f], -0f },
        { ReduceOp.Sum, [1, NaN], NaN },
    };

    [Theory]
    [MemberData(nameof(Folds))]
    public void AllReduce_leaves_the_hand_worked_fold_on_every_sail(ReduceOp operation, float[] values, float expected)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (ICollectiveDevice device in Devices(values.Length))
        {
            float[][] buffers = [.. values.Select(value => new[] { 7f, value })];
            Assert.Null(device.AllReduce(operation, [.. buffers.Select(buffer => buffer.AsMemory(1))]));
            foreach (float[] buffer in buffers)
            {
                Assert.Equal(7f, buffer[0]);
                Assert.Equal(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits(buffer[1]));
            }
        }
    }

    [Fact]
    public void AllGather_joins_in_topology_order()
    {
        foreach (ICollectiveDevice device in Devices(3))
        {
            float[] gathered = new float[6];
            Assert.Null(device.AllGather([new float[] { 1, 2 }, new float[] { 3, 4 }, new float[] { 5, 6 }], gathered));
            Assert.Equal([1, 2, 3, 4, 5, 6], gathered);
        }
    }

    /// <summary>Sails, buffer lengths, operation code, and the error.</summary>
    public static TheoryData<int, int[], int, string> Refusals => new()
    {
        { 3, [2, 2], 0, "TopologyMismatch { Expected = 3, Actual = 2 }" },
        { 0, [2], 0, "TopologyMismatch { Expected = 0, Actual = 1 }" },
        { 2, [2, 3, 4], 0, "TopologyMismatch { Expected = 2, Actual = 3 }" },
        { 3, [2, 3, 4], 0, "ShapeMismatch { Sail = 1, Expected = 2, Actual = 3 }" },
        { 3, [2, 2, 0], 0, "ShapeMismatch { Sail = 2, Expected = 2, Actual = 0 }" },
        { 2, [0, 1], 0, "ShapeMismatch { Sail = 1, Expected = 0, Actual = 1 }" },
        { 2, [1, 1], 200, "UnknownDeviceError { Code = 1, Text = reduce operation 200 is not known }" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refused_collective_names_its_error_and_changes_no_buffer(int sails, int[] lengths, int operation, string error)
    {
        foreach (ICollectiveDevice device in Devices(sails))
        {
            float[][] buffers = [.. lengths.Select((length, sail) => Enumerable.Repeat(sail + 1f, length).ToArray())];
            Assert.Equal(error, device.AllReduce((ReduceOp)operation, [.. buffers.Select(buffer => buffer.AsMemory())])?.ToString());
            Assert.All(buffers.Select((buffer, sail) => (buffer, sail)), pair => Assert.All(pair.buffer, value => Assert.Equal(pair.sail + 1f, value)));
            if (operation == 0)
            {
                float[] gathered = [9, 9];
                Assert.Equal(error, device.AllGather([.. buffers.Select(buffer => (ReadOnlyMemory<float>)buffer)], gathered)?.ToString());
                Assert.Equal([9, 9], gathered);
            }
        }
    }

    [Fact]
    public void Nothing_to_reduce_succeeds()
    {
        foreach (ICollectiveDevice device in Devices(2))
        {
            Assert.Null(device.AllReduce(ReduceOp.Sum, [Memory<float>.Empty, Memory<float>.Empty]));
            Assert.Null(device.AllGather([ReadOnlyMemory<float>.Empty, ReadOnlyMemory<float>.Empty], Memory<float>.Empty));
            device.FormTopology(0);
            Assert.Null(device.AllReduce(ReduceOp.Sum, []));
            Assert.Null(device.AllGather([], Memory<float>.Empty));
        }
    }

    [Fact]
    public void A_topology_is_a_full_mesh_of_links_that_are_up()
    {
        foreach (ICollectiveDevice device in Devices(3))
        {
            Assert.Equal(
                [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)], device.Topology.Links.Select(link => (link.Source, link.Destination)).Order());
            Assert.All(device.Topology.Links, link => Assert.Equal(LinkState.Up, link.State));
            Assert.Throws<ArgumentOutOfRangeException>(() => device.FormTopology(device.Description.MaxSails + 1));
        }
    }

    private static IEnumerable<ICollectiveDevice> Devices(int sails)
    {
        foreach (string spec in new[] { "mock", "sim:cards=3,collective=host" })
        {
            IDeviceSource source = spec == "mock" ? new MockSource() : SimSource.Parse(spec);
            using ICollectiveDevice device = (ICollectiveDevice)source.Open();
            device.FormTopology(sails);
            yield return device;
        }
    }
}
