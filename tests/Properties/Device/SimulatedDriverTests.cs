using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>The model answers as CONTRACT DRV-1 to DRV-4, DRV-8 and DRV-9 say.</summary>
public sealed class SimulatedDriverTests
{
    [Theory]
    [InlineData("/dev/spankerctl", true)]
    [InlineData("/dev/spanker0", true)]
    [InlineData("/dev/spanker1", true)]
    [InlineData("/dev/spanker2", false)]
    [InlineData("/dev/spanker", false)]
    [InlineData("/dev/spanker01", false)]
    [InlineData("/dev/spanker+1", false)]
    [InlineData("/dev/spanker-1", false)]
    [InlineData("/dev/spanker 1", false)]
    [InlineData("/dev/spanker99999999999", false)]
    [InlineData("/dev/null", false)]
    public void The_nodes_are_the_control_node_and_one_a_card(string path, bool exists)
    {
        int answer = new SimulatedDriver(cardCount: 2).Open(path, DriverAbi.OpenFlags);

        Assert.Equal(exists, answer >= 0);
        Assert.True(exists || answer == -2);
    }

    [Theory]
    [InlineData(0x0000_E301u, 0)] // PING
    [InlineData(0x0000_E300u, -25)]
    [InlineData(0x0000_E302u, -25)] // GET_VERSION without a payload
    [InlineData(0x0000_E303u, -25)]
    [InlineData(0x0000_E201u, -25)] // another magic
    [InlineData(0x8004_E301u, -25)] // PING with a payload
    [InlineData(0x4008_E302u, -25)] // GET_VERSION written
    [InlineData(0x8010_E302u, -25)] // GET_VERSION of 16 bytes
    [InlineData(0x8008_E302u, -14)] // GET_VERSION to a null pointer
    public void Requests_are_known_by_their_whole_number(uint request, int expected)
    {
        SimulatedDriver driver = new();
        int descriptor = driver.Open(DriverAbi.ControlPath, DriverAbi.OpenFlags);

        Assert.Equal(expected, driver.Ioctl(descriptor, request, 0));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(0xFFFFL)]
    [InlineData(0x7FFF_FFFF_EFF9L)] // the last byte lies above user space
    [InlineData(0x7FFF_FFFF_F000L)]
    [InlineData(long.MinValue)]
    [InlineData(-8L)]
    [InlineData(-1L)]
    public void Addresses_outside_user_space_are_EFAULT(long address)
    {
        SimulatedDriver driver = new();
        int descriptor = driver.Open(DriverAbi.ControlPath, DriverAbi.OpenFlags);

        Assert.Equal(-14, driver.Ioctl(descriptor, 0x8008_E302, (nint)address));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public unsafe void The_record_is_copied_to_any_alignment_and_nothing_beside_it(int offset)
    {
        SimulatedDriver driver = new(cardCount: 0, new AbiVersion(Major: 0, Minor: 0x0304, Patch: 0x0506, Reserved: 0));
        int descriptor = driver.Open(DriverAbi.ControlPath, DriverAbi.OpenFlags);
        byte* memory = stackalloc byte[24];
        new Span<byte>(memory, 24).Fill(0xEE);
        int answer = driver.Ioctl(descriptor, 0x8008_E302, (nint)(memory + 8 + offset));

        Assert.Equal(0, answer);
        Assert.Equal(
            new string('e', 2 * (8 + offset)) + "0000040306050000" + new string('e', 2 * (8 - offset)),
            Convert.ToHexStringLower(new Span<byte>(memory, 24)));
    }

    [Fact]
    public void The_lowest_free_descriptor_is_given_out()
    {
        SimulatedDriver driver = new();
        int[] opened = [.. Enumerable.Range(0, 3).Select(_ => driver.Open(DriverAbi.ControlPath, 0))];
        driver.Close(opened[1]);

        Assert.Equal(opened[1], driver.Open(DriverAbi.ControlPath, 0));
    }

    [Fact]
    public void One_descriptor_beyond_the_limit_is_EMFILE()
    {
        SimulatedDriver driver = new();
        for (int i = 0; i < SimulatedDriver.DescriptorLimit; i++)
        {
            Assert.True(driver.Open(DriverAbi.ControlPath, 0) >= 0);
        }

        Assert.Equal(-24, driver.Open(DriverAbi.ControlPath, 0));
    }

    [Fact]
    public void A_closed_descriptor_is_EBADF()
    {
        SimulatedDriver driver = new();
        int descriptor = driver.Open(DriverAbi.ControlPath, 0);
        driver.Close(descriptor);

        Assert.Equal((-9, -9), (driver.Ioctl(descriptor, DriverAbi.Ping, 0), driver.Close(descriptor)));
    }
}
