using System.Runtime.InteropServices;
using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Bursts;

public sealed class AxiCycleTests
{
    [Fact]
    public void Packed_attributes_read_back_and_do_not_touch_each_other()
    {
        AxiCycle pins = default;
        (AxiSignal Signal, ulong Value)[] fields =
        [
            (AxiSignal.ArLen, 0xa5), (AxiSignal.ArSize, 5), (AxiSignal.ArBurst, 2), (AxiSignal.ArLock, 1),
            (AxiSignal.ArCache, 0xb), (AxiSignal.ArProt, 3), (AxiSignal.ArQos, 9), (AxiSignal.ArRegion, 0xe),
        ];
        foreach ((AxiSignal signal, ulong value) in fields)
        {
            pins.Set(signal, value);
        }

        Assert.Equal((0xa5, 5, AxiBurstKind.Wrap, 1), (pins.Ar.Len, pins.Ar.Size, pins.Ar.Burst, pins.Ar.Lock));
        Assert.Equal((0xb, 3, 9, 0xe), (pins.Ar.Cache, pins.Ar.Prot, pins.Ar.Qos, pins.Ar.Region));
        Assert.Equal(0UL, pins.Aw.Attributes);
    }

    [Fact]
    public void Unknown_bits_are_zero_in_the_value_and_one_in_the_mask()
    {
        AxiCycle pins = default;
        pins.Set(AxiSignal.AwAddr, 0xffff, unknown: 0x00f0);
        pins.Set(AxiSignal.WValid, 1, unknown: 1);
        pins.Set(AxiSignal.RData, [1, 2, 3], [0, 2]);

        Assert.Equal((0xff0fUL, 0xf0UL), (pins.Aw.Address, pins.Aw.AddressUnknown));
        Assert.Equal(AxiBit.Unknown, pins.W.Valid);
        Assert.Equal((1UL, 0UL, 3UL, 2UL), (pins.R.Data[0], pins.R.Data[1], pins.R.Data[2], pins.R.DataUnknown[1]));
    }

    [Fact]
    public void Every_signal_can_be_set()
    {
        foreach (AxiSignal signal in Enum.GetValues<AxiSignal>())
        {
            AxiCycle pins = default;
            pins.Set(signal, 1);
            Assert.True(MemoryMarshal.AsBytes(new ReadOnlySpan<AxiCycle>(in pins)).ContainsAnyExcept((byte)0), $"{signal}");
        }
    }

    [Theory]
    [InlineData(24, 48, 4)]
    [InlineData(2048, 48, 4)]
    [InlineData(256, 65, 4)]
    [InlineData(256, 0, 4)]
    [InlineData(256, 48, -1)]
    public void Widths_that_AXI4_does_not_have_are_refused(int dataBits, int addressBits, int idBits) =>
        Assert.Throws<ArgumentException>(() => new AxiBusShape(dataBits, addressBits, idBits));

    [Fact]
    public void An_absent_size_means_the_full_width_and_an_absent_burst_type_INCR()
    {
        AxiBusShape shape = new(dataBits: 64, addressBits: 32, idBits: 0)
        {
            Signals = AxiSignalSet.All.Without(AxiSignalSet.Of(AxiSignal.AwSize, AxiSignal.AwBurst)),
        };
        AxiAddressPins pins = new() { Address = 8, Len = 1 };

        Assert.Equal(new(8, beats: 2, size: 3, AxiBurstKind.Incr), shape.BurstOf(pins, isRead: false));
        Assert.Equal(new(8, beats: 2, size: 0, AxiBurstKind.Fixed), shape.BurstOf(pins, isRead: true));
    }
}
