using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices that misread a field of a block.</summary>
public static class DecodeFaults
{
    private const string SingleBlock = "m=1,n=1,k=256";
    private const ushort SignBit = 0x8000;
    private const ushort MagnitudeBits = 0x7fff;
    private const ushort GreatestFinite = 0x7bff;

    /// <summary>The position whose nibble loses its top bit in <c>nibble-top-bit-lost</c>.</summary>
    private const int LossyPosition = 77;

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("nibbles-swapped", "MM-1", "takes the high nibble of a byte for the low one and the low for the high", SwapNibbles) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
            Where = "nibble",
        },
        Entry("nibble-top-bit-lost", "MM-1", "drops the top bit of the nibble at position 77", fields => fields.Nibbles[LossyPosition] &= 7) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
            Where = "sub-block 2",
        },
        Entry("high-scale-bits-lost", "MM-1", "keeps four bits of the scales of sub-blocks 4 to 7", fields => KeepLowBits(fields.Scales)) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
            Where = "high scale bits",
        },
        Entry("high-minimum-bits-lost", "MM-1", "keeps four bits of the minimums of sub-blocks 4 to 7", fields => KeepLowBits(fields.Minimums)) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
            Where = "high minimum bits",
        },
        Entry("scale-low-bit-lost", "MM-1", "drops the lowest bit of the scale of sub-block 5", fields => fields.Scales[5] &= 0x3e) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
            Where = "sub-block 5",
        },
        Entry("sub-blocks-out-of-order", "MM-1", "gives sub-block 1 the scale and minimum of sub-block 2, and the reverse", SwapSubBlocks) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
            Where = "sub-block",
        },
        Entry("dmin-added", "MM-1", "adds the minimum instead of subtracting it", fields => fields.MinimumBits ^= SignBit) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
            Where = "dmin",
        },
        Entry("d-sign-lost", "MM-1", "takes a finite d for its magnitude", fields =>
            fields.ScaleBits = Half.IsFinite(fields.Scale) ? (ushort)(fields.ScaleBits & MagnitudeBits) : fields.ScaleBits) with
        {
            // Negative subnormals are among the odd scales.
            AlsoKilledBy = ["NUM-4"],
        },
        Entry("dmin-sign-lost", "MM-1", "takes a finite dmin for its magnitude", fields =>
            fields.MinimumBits = Half.IsFinite(fields.Minimum) ? (ushort)(fields.MinimumBits & MagnitudeBits) : fields.MinimumBits) with
        {
            Where = "dmin",
        },
        Entry("subnormal-d-flushed", "NUM-4", "takes a subnormal d for zero", fields =>
            fields.ScaleBits = Half.IsSubnormal(fields.Scale) ? (ushort)0 : fields.ScaleBits),
        Entry("subnormal-dmin-flushed", "NUM-4", "takes a subnormal dmin for zero", fields =>
            fields.MinimumBits = Half.IsSubnormal(fields.Minimum) ? (ushort)0 : fields.MinimumBits),
        Entry("nan-becomes-zero", "NUM-4", "takes a NaN d or dmin for zero", fields =>
        {
            fields.ScaleBits = Half.IsNaN(fields.Scale) ? (ushort)0 : fields.ScaleBits;
            fields.MinimumBits = Half.IsNaN(fields.Minimum) ? (ushort)0 : fields.MinimumBits;
        }),
        Entry("infinity-saturates", "NUM-4", "takes an infinite d for the greatest finite one", fields =>
            fields.ScaleBits = Half.IsInfinity(fields.Scale)
                ? (ushort)((fields.ScaleBits & SignBit) | GreatestFinite)
                : fields.ScaleBits),
        new FaultyEntry(
            "first-dmin-for-all-blocks", "decode", "MM-13", "m=1,n=1,k=512",
            "uses the dmin of a row's first block for all its blocks", FirstMinimumForAll)
        {
            // Non-finite rows have a second block whose dmin differs.
            AlsoKilledBy = ["NUM-4"],
            Where = "dmin",
        },
        new FaultyEntry(
            "decode-tie-away", "decode", "NUM-1", SingleBlock,
            "rounds a tie in the decode's subtraction away from zero", () => new PatchedSail { Subtract = SubtractTiesAway }),
    ];

    private static FaultyEntry Entry(string name, string clause, string description, Action<BlockFields> alter) =>
        new(name, "decode", clause, SingleBlock, description, () => new PatchedSail { Unpacked = (_, fields) => alter(fields) });

    private static void SwapNibbles(BlockFields fields)
    {
        for (int i = 0; i < Q4KLayout.BlockWeights; i += 2 * Q4KLayout.SubBlockWeights)
        {
            for (int j = i; j < i + Q4KLayout.SubBlockWeights; j++)
            {
                Span<byte> nibbles = fields.Nibbles;
                (nibbles[j], nibbles[j + Q4KLayout.SubBlockWeights]) = (nibbles[j + Q4KLayout.SubBlockWeights], nibbles[j]);
            }
        }
    }

    private static void KeepLowBits(Span<byte> packed)
    {
        for (int subBlock = 4; subBlock < Q4KLayout.SubBlocks; subBlock++)
        {
            packed[subBlock] &= 0x0f;
        }
    }

    private static void SwapSubBlocks(BlockFields fields)
    {
        (fields.Scales[1], fields.Scales[2]) = (fields.Scales[2], fields.Scales[1]);
        (fields.Minimums[1], fields.Minimums[2]) = (fields.Minimums[2], fields.Minimums[1]);
    }

    private static PatchedSail FirstMinimumForAll()
    {
        ushort first = 0;
        return new PatchedSail
        {
            Unpacked = (place, fields) =>
            {
                first = place.Block == 0 ? fields.MinimumBits : first;
                fields.MinimumBits = first;
            },
        };
    }

    /// <summary>Both terms are exact in binary32 and their difference in binary64, so a tie shows as equal distances.</summary>
    private static float SubtractTiesAway(float scaled, float minimum)
    {
        double exact = (double)scaled - minimum;
        float nearest = (float)exact;
        float away = exact > 0 ? MathF.BitIncrement(nearest) : MathF.BitDecrement(nearest);
        bool inward = Math.Abs(nearest) < Math.Abs(exact);
        return inward && exact - nearest == away - exact ? away : nearest;
    }
}
