using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

public sealed class IoctlNumberTests
{
    [Fact]
    public void Ping_is_0000E301() => Assert.Equal(0x0000_E301u, DriverAbi.Ping);

    [Fact]
    public void Get_version_is_8008E302() => Assert.Equal(0x8008_E302u, DriverAbi.GetVersion);

    // Numbers of Linux that are known by value: TUNSETIFF, FS_IOC_GETFLAGS (64 bit), FIDEDUPERANGE, EVIOCGVERSION, BLKRRPART.
    [Theory]
    [InlineData(IoctlDirection.Write, 4, 0x54, 0xCA, 0x4004_54CAu)]
    [InlineData(IoctlDirection.Read, 8, 0x66, 0x01, 0x8008_6601u)]
    [InlineData(IoctlDirection.ReadWrite, 24, 0x94, 0x36, 0xC018_9436u)]
    [InlineData(IoctlDirection.Read, 4, 0x45, 0x01, 0x8004_4501u)]
    [InlineData(IoctlDirection.None, 0, 0x12, 0x5F, 0x0000_125Fu)]
    public void Known_requests_of_Linux_are_encoded_as_Linux_does(IoctlDirection direction, int sizeBytes, byte magic, byte number, uint value) =>
        Assert.Equal(value, new IoctlNumber(direction, sizeBytes, magic, number).Value);

    [Fact]
    public void Every_bit_of_a_request_survives_decoding_and_encoding()
    {
        for (int bit = 0; bit < 32; bit++)
        {
            Assert.Equal(1u << bit, IoctlNumber.FromValue(1u << bit).Value);
            Assert.Equal(~(1u << bit), IoctlNumber.FromValue(~(1u << bit)).Value);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0x4000)]
    public void A_payload_that_does_not_fit_14_bits_is_refused(int sizeBytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IoctlNumber.Ior(magic: 0xE3, number: 1, sizeBytes));
}
