using System.Globalization;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Device;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Zoo;

public sealed class TopologyFaultsTests
{
    public static TheoryData<string> Faults => [.. TopologyFaults.Over(() => new MeshDevice()).Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void The_declared_shape_is_the_smallest_that_breaks_TOP_1(string name)
    {
        FaultyEntry entry = TopologyFaults.Over(() => new MeshDevice()).Single(candidate => candidate.Name == name);
        int smallest = Enumerable.Range(0, 9).First(sails => !IsFullMesh(Formed(entry, sails), sails));

        Assert.Equal(entry.MinimalShape, "sails=" + smallest.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_device_underneath_breaks_nothing()
    {
        for (int sails = 0; sails < 9; sails++)
        {
            using MeshDevice device = new();
            device.FormTopology(sails);
            Assert.True(IsFullMesh(device.Topology, sails));
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Collectives_are_the_inner_devices_own(string name)
    {
        MeshDevice inner = new();
        using ICollectiveDevice device = (ICollectiveDevice)TopologyFaults.Over(() => inner).Single(entry => entry.Name == name).Open();
        DeviceError? reduced = device.AllReduce(ReduceOp.Max, []);
        DeviceError? gathered = device.AllGather([], Memory<float>.Empty);

        Assert.Equal((new UnknownDeviceError(1, "Max"), new UnknownDeviceError(2, "gather")), (reduced, gathered));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_topology_that_was_never_formed_is_empty(string name)
    {
        using ICollectiveDevice device =
            (ICollectiveDevice)TopologyFaults.Over(() => new MeshDevice()).Single(entry => entry.Name == name).Open();

        Assert.Equal(0, device.Topology.SailCount);
    }

    private static Topology Formed(FaultyEntry entry, int sails)
    {
        using ICollectiveDevice device = (ICollectiveDevice)entry.Open();
        device.FormTopology(sails);
        return device.Topology;
    }

    // TOP-1 in its own words: n(n-1) links, so every ordered pair once; all Up; none to itself.
    private static bool IsFullMesh(Topology topology, int sails) =>
        topology.SailCount == sails
        && topology.Links.Count == sails * (sails - 1)
        && topology.Links.Distinct().Count() == topology.Links.Count
        && topology.Links.All(link => link.State == LinkState.Up && link.Source != link.Destination
            && link.Source >= 0 && link.Source < sails && link.Destination >= 0 && link.Destination < sails);

    private sealed class MeshDevice : ICollectiveDevice
    {
        public DeviceDescription Description { get; } = new() { Name = "mesh", MaxSails = 8 };

        public Topology Topology { get; private set; } = new(SailCount: 0, Links: []);

        public void FormTopology(int sailCount) => Topology = Topology.FullMesh(sailCount);

        public DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers) =>
            new UnknownDeviceError(1, operation.ToString());

        public DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered) =>
            new UnknownDeviceError(2, "gather");

        public void Dispose()
        {
        }
    }
}
