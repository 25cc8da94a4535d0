using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Random dimensions and buffer lengths that favour edges.</summary>
/// <remarks>
/// Lengths are wrong by at most <see cref="MostOff"/> bytes, which is what the canaries round a buffer hold: a device in this process that
/// should have refused the call then reads and writes canaries, and no foreign memory.
/// </remarks>
internal static class FuzzShapes
{
    /// <summary>The most bytes by which a length is short.</summary>
    public const int MostOff = 4096;

    private const ulong Block = Q4KLayout.BlockWeights;

    private static readonly int[] EdgeRows = [1, 2, 3, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257];

    private static readonly int[] EdgeOffsets = [1, 2, 3, 4, 5, 8, 143, 144, 145, 288, 576, MostOff];

    /// <summary>Dimensions of a call with work to do and at most <paramref name="work"/> pairs of blocks to multiply.</summary>
    public static MatmulShape Valid(ref CaseRandom random, int work, int mostBlocks = 64)
    {
        int blocks = Math.Min(Blocks(ref random, mostBlocks), work);
        int first = Rows(ref random, work / blocks);
        int second = Rows(ref random, work / blocks / first);
        (int m, int n) = random.OneIn(2) ? (first, second) : (second, first);
        return new(M: (ulong)m, N: (ulong)n, K: (ulong)blocks * Block);
    }

    /// <summary>Dimensions of a call with at most <paramref name="most"/> blocks in both operands together.</summary>
    public static MatmulShape Small(ref CaseRandom random, int most)
    {
        int blocks = Math.Min(Blocks(ref random, most: 17), most / 2);
        int rows = Math.Max(2, most / blocks);
        int m = Rows(ref random, rows - 1);
        return new(M: (ulong)m, N: (ulong)Rows(ref random, rows - m), K: (ulong)blocks * Block);
    }

    /// <summary>Valid dimensions with m = 0, n = 0 or both.</summary>
    public static MatmulShape Empty(ref CaseRandom random)
    {
        MatmulShape shape = Valid(ref random, work: 1024);
        return random.Next(3) switch
        {
            0 => shape with { M = 0 },
            1 => shape with { N = 0 },
            _ => shape with { M = 0, N = 0 },
        };
    }

    /// <summary>Few rows, and a k that is 0 or no multiple of 256.</summary>
    public static MatmulShape BadDepth(ref CaseRandom random)
    {
        // Few rows: a device that rounds k up reads a block a row too many.
        (ulong m, ulong n) = ((ulong)random.Next(0, 8), (ulong)random.Next(0, 8));
        ulong multiple = (ulong)random.Next(0, 17) * Block;
        return random.Next(6) switch
        {
            0 => new(m, n, K: 0),
            1 => new(m, n, K: multiple + 1),
            2 => new(m, n, K: multiple + Block - 1),
            3 => new(m, n, K: multiple + (32 * (ulong)random.Next(1, 7))),
            4 => new(M: 0, N: 0, K: ulong.MaxValue - (ulong)random.Next(0, 254)),
            _ => new(m, n, K: multiple + (ulong)random.Next(1, 255)),
        };
    }

    /// <summary>An overflowing size of A or of B whose wrapped value is what that operand holds, where it is small; the other side is empty.</summary>
    public static MatmulCase Overflowing(ref CaseRandom random, MatmulCase blank)
    {
        ulong rowBlocks = random.OneIn(4) ? (ulong.MaxValue / Block) - (ulong)random.Next(0, 3) : (ulong)random.Next(1, 64);
        UInt128 rowBytes = (UInt128)rowBlocks * Q4KLayout.BlockBytes;
        UInt128 wraps = (UInt128)random.Next(1, Q4KLayout.BlockBytes / 16) << 64;
        ulong rows = (ulong)UInt128.Min((wraps / rowBytes) + (UInt128)random.Next(1, 20), ulong.MaxValue);
        UInt128 wrapped = (rows * rowBytes) & ulong.MaxValue;
        BufferLength length = BufferLength.Exactly(wrapped <= MostOff && rowBlocks <= 64 ? (long)wrapped : 0);
        BufferLength none = BufferLength.Exactly(0);
        return random.OneIn(2)
            ? blank with { Shape = new(M: rows, N: 0, K: rowBlocks * Block), ALength = length, OutputLength = none }
            : blank with { Shape = new(M: 0, N: rows, K: rowBlocks * Block), BLength = length, OutputLength = none };
    }

    /// <summary>A length that is wrong: short or long.</summary>
    public static BufferLength Wrong(ref CaseRandom random, UInt128 consistent) =>
        consistent > 0 && random.OneIn(2) ? Short(ref random, consistent) : Longer(ref random);

    /// <summary>A length that is short; consistent if there is nothing to take away.</summary>
    public static BufferLength Short(ref CaseRandom random, UInt128 consistent)
    {
        int most = (int)UInt128.Min(consistent, MostOff);
        if (most == 0)
        {
            return BufferLength.Consistent;
        }

        return random.Next(6) switch
        {
            0 => BufferLength.Off(-most),
            1 => BufferLength.Off(-random.Next(1, most)),
            _ => BufferLength.Off(-Math.Min(most, EdgeOffsets[random.Next(EdgeOffsets.Length)])),
        };
    }

    /// <summary>A length that is long.</summary>
    public static BufferLength Longer(ref CaseRandom random) =>
        BufferLength.Off(random.OneIn(3) ? random.Next(1, 2 * MostOff) : EdgeOffsets[random.Next(EdgeOffsets.Length)]);

    private static int Blocks(ref CaseRandom random, int most) => random.Next(12) switch
    {
        0 => random.Next(1, most),
        < 6 => random.Next(1, Math.Min(most, 4)),
        _ => random.Next(1, Math.Min(most, 17)),
    };

    private static int Rows(ref CaseRandom random, int most)
    {
        int rows = random.Next(4) switch
        {
            0 => random.Next(1, 5),
            1 => random.Next(1, 300),
            _ => EdgeRows[random.Next(EdgeRows.Length)],
        };

        // Folded back rather than cut off, so that no size is met more often than its neighbours.
        return rows <= most ? rows : 1 + (rows % Math.Max(1, most));
    }
}
