using System.Numerics;
using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Bursts;

public sealed class AxiBurstTests
{
    private static readonly int[] WrapBeats = [2, 4, 8, 16];

    [Property(MaxTest = 2000)]
    public bool An_incrementing_burst_touches_the_bytes_of_the_naive_walk(uint address, byte beats, byte size, byte bus) =>
        Agrees(address, 1 + (beats % 256), size % 8, AxiBurstKind.Incr, 1 << (bus % 8));

    [Property(MaxTest = 2000)]
    public bool A_fixed_burst_touches_the_same_bytes_in_every_beat(uint address, byte beats, byte size, byte bus) =>
        Agrees(address, 1 + (beats % 16), size % 8, AxiBurstKind.Fixed, 1 << (bus % 8));

    [Property(MaxTest = 2000)]
    public bool A_wrapping_burst_comes_round_where_the_naive_walk_does(uint address, byte beats, byte size, byte bus) =>
        Agrees(address & ~((1UL << (size % 8)) - 1), WrapBeats[beats % 4], size % 8, AxiBurstKind.Wrap, 1 << (bus % 8));

    [Property(MaxTest = 2000)]
    public bool A_burst_crosses_a_page_exactly_if_its_bytes_lie_in_two(uint address, byte beats, byte size)
    {
        AxiBurst burst = new(address, 1 + beats, size % 8, AxiBurstKind.Incr);
        return burst.CrossesPage == NaiveBurst.LeavesItsPage(address, 1 + beats, 1 << (size % 8));
    }

    [Theory]
    [InlineData(0x1000, 128, false)]
    [InlineData(0x1000, 129, true)]
    [InlineData(0x1001, 128, false)]
    [InlineData(0x101f, 128, false)]
    [InlineData(0x1020, 128, true)]
    [InlineData(0x1fe0, 1, false)]
    [InlineData(0x1fff, 1, false)]
    [InlineData(0x1fff, 2, true)]
    public void A_page_holds_128_beats_of_256_bits_counted_from_the_aligned_address(ulong address, int beats, bool crosses) =>
        Assert.Equal(crosses, new AxiBurst(address, beats, size: 5, AxiBurstKind.Incr).CrossesPage);

    [Theory]
    [InlineData(AxiBurstKind.Fixed)]
    [InlineData(AxiBurstKind.Wrap)]
    public void Only_a_rising_burst_can_cross_a_page(AxiBurstKind kind) =>
        Assert.False(new AxiBurst(0x1ff0, beats: 16, size: 4, kind).CrossesPage);

    [Fact]
    public void An_unaligned_fixed_burst_uses_lanes_4_to_31_of_32_in_every_beat()
    {
        AxiBurst burst = new(0x1004, beats: 3, size: 5, AxiBurstKind.Fixed);

        Assert.All([0, 1, 2], beat => Assert.Equal(new AxiLanes(First: 4, Last: 31), burst.LanesOf(beat, busBytes: 32)));
    }

    [Fact]
    public void Narrow_beats_move_along_the_lanes_of_the_bus()
    {
        // Worked by hand: 4 bytes a beat from 0x1006 on a bus of 16 bytes.
        AxiBurst burst = new(0x1006, beats: 4, size: 2, AxiBurstKind.Incr);

        AxiLanes[] lanes = [.. Enumerable.Range(0, 4).Select(beat => burst.LanesOf(beat, busBytes: 16))];

        Assert.Equal([new(First: 6, Last: 7), new(First: 8, Last: 11), new(First: 12, Last: 15), new(First: 0, Last: 3)], lanes);
    }

    [Fact]
    public void A_wrap_of_four_words_at_the_third_comes_round_after_two()
    {
        AxiBurst burst = new(0x38, beats: 4, size: 2, AxiBurstKind.Wrap);

        Assert.Equal([0x38UL, 0x3cUL, 0x30UL, 0x34UL], Enumerable.Range(0, 4).Select(burst.AddressOf));
    }

    [Fact]
    public void The_last_beat_of_the_address_space_has_an_address()
    {
        AxiBurst burst = new(ulong.MaxValue, beats: 2, size: 3, AxiBurstKind.Incr);

        Assert.Equal((ulong.MaxValue, 0UL), (burst.AddressOf(0), burst.AddressOf(1)));
    }

    [Theory]
    [InlineData(0, 0, AxiBurstKind.Incr)]
    [InlineData(257, 0, AxiBurstKind.Incr)]
    [InlineData(1, 8, AxiBurstKind.Incr)]
    [InlineData(1, -1, AxiBurstKind.Incr)]
    [InlineData(1, 0, (AxiBurstKind)4)]
    public void What_no_pins_can_say_is_no_burst(int beats, int size, AxiBurstKind kind) =>
        Assert.Throws<ArgumentException>(() => new AxiBurst(0, beats, size, kind));

    [Property]
    public bool The_strobe_of_lanes_has_ones_at_the_lanes_alone(byte first, byte last)
    {
        (int low, int high) = (Math.Min(first % 128, last % 128), Math.Max(first % 128, last % 128));
        AxiLanes lanes = new(low, high);
        return Enumerable.Range(0, 128).All(lane => ((lanes.Strobe >> lane) & 1) == (lane >= low && lane <= high ? UInt128.One : 0));
    }

    private static bool Agrees(ulong address, int beats, int size, AxiBurstKind kind, int busBytes)
    {
        AxiBurst burst = new(address, beats, size, kind);
        List<List<BigInteger>> naive = NaiveBurst.Bytes(address, beats, 1 << size, (int)kind);
        for (int beat = 0; beat < beats; beat++)
        {
            // A beat wider than the bus breaks a rule; its lanes then end at the bus's own last byte.
            IEnumerable<BigInteger> onBus = naive[beat].Where(a => 1 << size <= busBytes || a / busBytes == naive[beat][0] / busBytes);
            AxiLanes lanes = burst.LanesOf(beat, busBytes);
            bool sameLanes = onBus.Select(a => (int)(a % busBytes)).SequenceEqual(Enumerable.Range(lanes.First, lanes.Count));
            if (naive[beat][0] != burst.AddressOf(beat) || !sameLanes)
            {
                return false;
            }
        }

        return true;
    }
}
