using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>The view and the builder against the format's bit map, which is written down here once more, bit by bit.</summary>
public sealed class Q4KFieldTests
{
    /// <summary>Where each bit of each field lies (byte of the block, bit of the byte), least significant first.</summary>
    private static readonly Dictionary<string, (int Byte, int Bit)[]> BitMap = BuildBitMap();

    [Fact]
    public void The_bit_map_covers_every_bit_of_the_block_once()
    {
        (int, int)[] bits = [.. BitMap.Values.SelectMany(field => field)];
        Assert.Equal(Q4KLayout.BlockBytes * 8, bits.Length);
        Assert.Equal(bits.Length, bits.Distinct().Count());
    }

    [Theory]
    [InlineData("d")]
    [InlineData("dmin")]
    [InlineData("scale")]
    [InlineData("minimum")]
    [InlineData("nibble")]
    public void A_getter_reads_its_own_bits_and_no_other(string kind)
    {
        foreach (string field in FieldsOf(kind))
        {
            byte[] others = new byte[Q4KLayout.BlockBytes];
            Array.Fill(others, (byte)0xff);
            foreach ((int at, int bit) in BitMap[field])
            {
                others[at] &= (byte)(0xff ^ (1 << bit));
            }

            foreach (byte[] block in new[] { new byte[Q4KLayout.BlockBytes], others, BlockBytes.Arbitrary(1), BlockBytes.Arbitrary(2) })
            {
                Assert.Equal(ByMap(block, field), Get(block, field));
            }
        }
    }

    [Theory]
    [InlineData("d")]
    [InlineData("dmin")]
    [InlineData("scale")]
    [InlineData("minimum")]
    [InlineData("nibble")]
    public void A_setter_writes_each_value_of_its_field_and_disturbs_no_other_bit(string kind)
    {
        byte[] block = new byte[Q4KLayout.BlockBytes];
        foreach (string field in FieldsOf(kind))
        {
            foreach (byte background in new byte[] { 0x00, 0xff, 0xa5 })
            {
                foreach (int value in ValuesOf(field))
                {
                    Array.Fill(block, background);
                    Set(block, field, value);
                    Assert.True(ExpectedBytes(background, field, value).AsSpan().SequenceEqual(block), $"{field} = {value} over 0x{background:x2}");
                    Assert.Equal(value, Get(block, field));
                }
            }
        }
    }

    [Fact]
    public void D_and_dmin_keep_every_binary16_value_through_their_typed_setters()
    {
        byte[] block = new byte[Q4KLayout.BlockBytes];
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            Q4KBlockBuilder.SetD(block, BitConverter.UInt16BitsToHalf((ushort)bits));
            Q4KBlockBuilder.SetDMin(block, BitConverter.UInt16BitsToHalf((ushort)(ushort.MaxValue - bits)));
            Q4KBlock view = new(block);
            Assert.Equal(bits, BitConverter.HalfToUInt16Bits(view.D));
            Assert.Equal(ushort.MaxValue - bits, BitConverter.HalfToUInt16Bits(view.DMin));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(143)]
    [InlineData(145)]
    [InlineData(288)]
    public void A_block_of_any_other_length_is_refused(int length)
    {
        byte[] bytes = new byte[length];
        Assert.Throws<ArgumentException>(() => { _ = new Q4KBlock(bytes).D; });
        Assert.Throws<ArgumentException>(() => Q4KBlockBuilder.SetDBits(bytes, 0));
        Assert.Throws<ArgumentException>(() => Q4KBlockBuilder.SetDMinBits(bytes, 0));
        Assert.Throws<ArgumentException>(() => Q4KBlockBuilder.SetScale(bytes, 0, 0));
        Assert.Throws<ArgumentException>(() => Q4KBlockBuilder.SetMinimum(bytes, 0, 0));
        Assert.Throws<ArgumentException>(() => Q4KBlockBuilder.SetNibble(bytes, 0, 0));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(8, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 64)]
    public void A_sub_block_or_6_bit_value_out_of_range_is_refused_and_nothing_is_written(int subBlock, int value)
    {
        byte[] block = new byte[Q4KLayout.BlockBytes];
        Assert.Throws<ArgumentOutOfRangeException>(() => Q4KBlockBuilder.SetScale(block, subBlock, value));
        Assert.Throws<ArgumentOutOfRangeException>(() => Q4KBlockBuilder.SetMinimum(block, subBlock, value));
        Assert.Equal(new byte[Q4KLayout.BlockBytes], block);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(256, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 16)]
    public void A_weight_or_4_bit_value_out_of_range_is_refused_and_nothing_is_written(int weight, int value)
    {
        byte[] block = new byte[Q4KLayout.BlockBytes];
        Assert.Throws<ArgumentOutOfRangeException>(() => Q4KBlockBuilder.SetNibble(block, weight, value));
        Assert.Equal(new byte[Q4KLayout.BlockBytes], block);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public void Reading_a_sub_block_that_does_not_exist_is_refused(int subBlock)
    {
        byte[] block = new byte[Q4KLayout.BlockBytes];
        Assert.Throws<ArgumentOutOfRangeException>(() => new Q4KBlock(block).ScaleAt(subBlock));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Q4KBlock(block).MinimumAt(subBlock));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void Reading_a_weight_that_does_not_exist_is_refused(int weight)
    {
        byte[] block = new byte[Q4KLayout.BlockBytes];
        Assert.Throws<ArgumentOutOfRangeException>(() => new Q4KBlock(block).NibbleAt(weight));
    }

    private static Dictionary<string, (int Byte, int Bit)[]> BuildBitMap()
    {
        Dictionary<string, (int Byte, int Bit)[]> map = new()
        {
            ["d"] = [.. Run(0, 0, 8), .. Run(1, 0, 8)],
            ["dmin"] = [.. Run(2, 0, 8), .. Run(3, 0, 8)],
            ["scale 0"] = Run(4, 0, 6),
            ["scale 1"] = Run(5, 0, 6),
            ["scale 2"] = Run(6, 0, 6),
            ["scale 3"] = Run(7, 0, 6),
            ["scale 4"] = [.. Run(12, 0, 4), .. Run(4, 6, 2)],
            ["scale 5"] = [.. Run(13, 0, 4), .. Run(5, 6, 2)],
            ["scale 6"] = [.. Run(14, 0, 4), .. Run(6, 6, 2)],
            ["scale 7"] = [.. Run(15, 0, 4), .. Run(7, 6, 2)],
            ["minimum 0"] = Run(8, 0, 6),
            ["minimum 1"] = Run(9, 0, 6),
            ["minimum 2"] = Run(10, 0, 6),
            ["minimum 3"] = Run(11, 0, 6),
            ["minimum 4"] = [.. Run(12, 4, 4), .. Run(8, 6, 2)],
            ["minimum 5"] = [.. Run(13, 4, 4), .. Run(9, 6, 2)],
            ["minimum 6"] = [.. Run(14, 4, 4), .. Run(10, 6, 2)],
            ["minimum 7"] = [.. Run(15, 4, 4), .. Run(11, 6, 2)],
        };
        for (int group = 0; group < 4; group++)
        {
            for (int i = 0; i < 32; i++)
            {
                map[$"nibble {(64 * group) + i}"] = Run(16 + (32 * group) + i, 0, 4);
                map[$"nibble {(64 * group) + 32 + i}"] = Run(16 + (32 * group) + i, 4, 4);
            }
        }

        return map;
    }

    private static (int Byte, int Bit)[] Run(int at, int firstBit, int width) => [.. Enumerable.Range(firstBit, width).Select(bit => (at, bit))];

    private static IEnumerable<string> FieldsOf(string kind) => BitMap.Keys.Where(field => Split(field).Kind == kind);

    /// <summary>Every value of a narrow field; of a 16-bit one, every bit by itself and with all the others.</summary>
    private static IEnumerable<int> ValuesOf(string field) => BitMap[field].Length <= 6
        ? Enumerable.Range(0, 1 << BitMap[field].Length)
        : Enumerable.Range(0, 16).SelectMany(bit => new[] { 1 << bit, 0xffff ^ (1 << bit) }).Concat([0, 0xffff, 0x1234]);

    private static byte[] ExpectedBytes(byte background, string field, int value)
    {
        byte[] expected = new byte[Q4KLayout.BlockBytes];
        Array.Fill(expected, background);
        (int Byte, int Bit)[] bits = BitMap[field];
        for (int i = 0; i < bits.Length; i++)
        {
            int mask = 1 << bits[i].Bit;
            expected[bits[i].Byte] = (byte)((value >> i & 1) == 1 ? expected[bits[i].Byte] | mask : expected[bits[i].Byte] & ~mask);
        }

        return expected;
    }

    private static int ByMap(byte[] block, string field) =>
        BitMap[field].Select((place, i) => (block[place.Byte] >> place.Bit & 1) << i).Sum();

    private static int Get(byte[] block, string field)
    {
        Q4KBlock view = new(block);
        return Split(field) switch
        {
            ("d", _) => BitConverter.HalfToUInt16Bits(view.D),
            ("dmin", _) => BitConverter.HalfToUInt16Bits(view.DMin),
            ("scale", int s) => view.ScaleAt(s),
            ("minimum", int s) => view.MinimumAt(s),
            (_, int i) => view.NibbleAt(i),
        };
    }

    private static void Set(byte[] block, string field, int value)
    {
        switch (Split(field))
        {
            case ("d", _):
                Q4KBlockBuilder.SetDBits(block, (ushort)value);
                break;
            case ("dmin", _):
                Q4KBlockBuilder.SetDMinBits(block, (ushort)value);
                break;
            case ("scale", int s):
                Q4KBlockBuilder.SetScale(block, s, value);
                break;
            case ("minimum", int s):
                Q4KBlockBuilder.SetMinimum(block, s, value);
                break;
            case (_, int i):
                Q4KBlockBuilder.SetNibble(block, i, value);
                break;
        }
    }

    private static (string Kind, int Index) Split(string field)
    {
        string[] words = field.Split(' ');
        return (words[0], words.Length == 1 ? 0 : int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
