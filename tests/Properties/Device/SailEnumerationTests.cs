using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>CONTRACT DRV-7.</summary>
public sealed class SailEnumerationTests
{
    [Fact]
    public void No_card_is_NoSails_and_an_empty_topology()
    {
        DeviceError? error = SailEnumeration.TryEnumerate(new SimulatedDriver(cardCount: 0), out Topology topology);

        Assert.Equal((new NoSails(), 0), (error, topology.SailCount));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(11, 11)]
    [InlineData(255, 255)]
    [InlineData(256, 256)]
    [InlineData(257, 256)]
    [InlineData(1000, 256)]
    public void As_many_cards_are_found_as_there_are_up_to_256(int cards, int expected)
    {
        SailEnumeration.TryEnumerate(new SimulatedDriver(cards), out Topology topology);

        Assert.Equal(expected, topology.SailCount);
    }

    [Fact]
    public void An_enumerated_topology_has_no_links()
    {
        SailEnumeration.TryEnumerate(new SimulatedDriver(cardCount: 3), out Topology topology);

        Assert.Empty(topology.Links);
    }

    [Fact]
    public void Nodes_are_tried_in_order_of_their_index_and_none_beyond_the_first_missing_one()
    {
        RefusingDriver driver = new(cardCount: 5, refused: 2, errno: Errno.ENOENT);
        DeviceError? error = SailEnumeration.TryEnumerate(driver, out Topology topology);

        Assert.Equal((null, 2), (error, topology.SailCount));
        Assert.Equal(["/dev/spanker0", "/dev/spanker1", "/dev/spanker2"], driver.Tried);
    }

    [Fact]
    public void No_more_than_256_nodes_are_tried()
    {
        RefusingDriver driver = new(cardCount: 300, refused: -1, errno: 0);
        SailEnumeration.TryEnumerate(driver, out _);

        Assert.Equal(256, driver.Tried.Count);
    }

    [Theory]
    [InlineData(0, Errno.EACCES)]
    [InlineData(1, Errno.EACCES)]
    [InlineData(1, Errno.EBUSY)]
    [InlineData(2, Errno.ENXIO)]
    public void A_card_that_exists_but_does_not_open_is_an_error_and_no_topology(int index, int errno)
    {
        DeviceError? error = SailEnumeration.TryEnumerate(new RefusingDriver(cardCount: 3, index, errno), out Topology topology);

        Assert.Equal((new OpenFailed($"/dev/spanker{index}", errno), 0), (error, topology.SailCount));
    }

    [Fact]
    public void An_enumeration_leaves_no_node_open()
    {
        SimulatedDriver driver = new(cardCount: 256);
        SailEnumeration.TryEnumerate(driver, out _);

        Assert.Equal(0, driver.OpenDescriptors);
    }

    [Fact]
    public void The_machine_itself_is_enumerated_through_libc_or_has_no_Sails()
    {
        DeviceError? error = SailEnumeration.TryEnumerate(new LibcSystemCalls(), out _);

        Assert.Equal(File.Exists("/dev/spanker0") ? null : new NoSails(), error);
    }

    private sealed class RefusingDriver(int cardCount, int refused, int errno) : SimulatedDriver(cardCount)
    {
        internal List<string> Tried { get; } = [];

        protected override int AdmitOpen(string path)
        {
            Tried.Add(path);
            return path == $"/dev/spanker{refused}" ? -errno : base.AdmitOpen(path);
        }
    }
}
