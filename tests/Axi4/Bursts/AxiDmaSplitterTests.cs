using System.Numerics;
using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Bursts;

public sealed class AxiDmaSplitterTests
{
    [Property(MaxTest = 1000)]
    public bool The_bursts_of_a_copy_touch_each_of_its_bytes_once_and_in_order(uint address, ushort bytes, byte size, byte maxBeats)
    {
        BigInteger next = address;
        BigInteger end = (BigInteger)address + bytes;
        foreach (AxiBurst burst in AxiDmaSplitter.Split(address, bytes, size % 8, 1 + maxBeats))
        {
            foreach (BigInteger touched in NaiveBurst.Bytes(burst.Address, burst.Beats, 1 << burst.Size, kind: 1).SelectMany(b => b))
            {
                if (touched < end && touched != next++)
                {
                    return false;
                }
            }
        }

        return next == end;
    }

    [Property(MaxTest = 1000)]
    public bool No_burst_of_a_copy_breaks_a_rule_and_only_the_first_is_unaligned(uint address, ushort bytes, byte size, byte maxBeats)
    {
        AxiBurst[] bursts = [.. AxiDmaSplitter.Split(address, bytes, size % 8, 1 + maxBeats)];
        return bursts.All(b => !NaiveBurst.LeavesItsPage(b.Address, b.Beats, 1 << b.Size) && b.Beats <= 1 + maxBeats)
            && bursts.Skip(1).All(b => b.Address % (ulong)(1 << b.Size) == 0);
    }

    [Fact]
    public void A_copy_over_a_page_boundary_is_cut_there()
    {
        AxiBurst[] bursts = [.. AxiDmaSplitter.Split(0x1ff4, bytes: 0x40, size: 5)];

        Assert.Equal(
            [new(0x1ff4, beats: 1, size: 5, AxiBurstKind.Incr), new(0x2000, beats: 2, size: 5, AxiBurstKind.Incr)], bursts);
    }

    [Fact]
    public void A_page_of_profile_A_is_one_burst_of_128_beats() =>
        Assert.Equal([new(0x3000, beats: 128, size: 5, AxiBurstKind.Incr)], AxiDmaSplitter.Split(0x3000, bytes: 4096, size: 5));

    [Fact]
    public void A_copy_of_no_bytes_is_no_burst() => Assert.Empty(AxiDmaSplitter.Split(0x123, bytes: 0, size: 5));

    [Fact]
    public void A_copy_beyond_the_last_address_is_refused() =>
        Assert.Throws<ArgumentException>(() => AxiDmaSplitter.Split(ulong.MaxValue, bytes: 1, size: 0));

    [Fact]
    public void A_copy_that_ends_below_the_last_address_ends()
    {
        AxiBurst[] bursts = [.. AxiDmaSplitter.Split(0xffff_ffff_ffff_ff00, bytes: 0xff, size: 5)];

        Assert.Equal([new(0xffff_ffff_ffff_ff00, beats: 8, size: 5, AxiBurstKind.Incr)], bursts);
    }
}
