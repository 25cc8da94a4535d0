using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>A sub-block's weights, by what they are hard for.</summary>
internal enum SubBlockKind
{
    /// <summary>Like weights: a bell around zero.</summary>
    Bell,

    /// <summary>Zeros of both signs.</summary>
    Zeros,

    /// <summary>One number, above or below zero.</summary>
    Constant,

    /// <summary>Two numbers, so that levels are 0 and 15 and many grids fit alike.</summary>
    TwoValued,

    /// <summary>Integers over a span of 30, so that grids of 15 steps tie between levels.</summary>
    Ties,

    /// <summary>Small ones and one that is a thousand times greater.</summary>
    Outlier,

    /// <summary>All above zero, far from it.</summary>
    Offset,

    /// <summary>Below the least normal number.</summary>
    Subnormal,

    /// <summary>Near the greatest number: squares and spans overflow.</summary>
    Huge,

    /// <summary>Any exponent.</summary>
    Wide,

    /// <summary>A bell with an infinity in it.</summary>
    Infinite,

    /// <summary>A bell with a NaN in it.</summary>
    NotANumber,
}

/// <summary>256 drawn weights, each sub-block of its own kind or all of one: what side-by-side lanes must not mix up.</summary>
internal sealed record WeightRow(SubBlockKind[] Kinds, float[] Weights)
{
    /// <summary>Row <paramref name="index"/> of a seed.</summary>
    public static WeightRow Draw(ulong seed, ulong index)
    {
        SplitMix64 draws = new(seed, index);
        SubBlockKind[] kinds = new SubBlockKind[Q4KLayout.SubBlocks];
        int finite = (int)SubBlockKind.Infinite;
        bool alike = draws.OneIn(4);
        SubBlockKind one = (SubBlockKind)draws.Below(finite);
        for (int s = 0; s < kinds.Length; s++)
        {
            kinds[s] = alike ? one : (SubBlockKind)draws.Below(finite);
        }

        if (draws.OneIn(8))
        {
            kinds[draws.Below(kinds.Length)] = draws.OneIn(4) ? SubBlockKind.NotANumber : SubBlockKind.Infinite;
        }

        return new WeightRow(kinds, [.. kinds.SelectMany(kind => SubBlock(kind, draws))]);
    }

    private static float[] SubBlock(SubBlockKind kind, SplitMix64 draws)
    {
        float scale = MathF.ScaleB(1f + Unit(draws), draws.Below(9) - 6);
        float sign = draws.OneIn(2) ? -1f : 1f;
        float[] x = new float[Q4KLayout.SubBlockWeights];
        for (int i = 0; i < x.Length; i++)
        {
            float bell = Unit(draws) + Unit(draws) + Unit(draws) + Unit(draws) - 2f;
            x[i] = kind switch
            {
                SubBlockKind.Zeros => draws.OneIn(2) ? 0f : -0f,
                SubBlockKind.Constant => sign * scale,
                SubBlockKind.TwoValued => draws.OneIn(2) ? scale : sign * 2f * scale,
                SubBlockKind.Ties => i == 0 ? 0f : i == 1 ? 30f : draws.Below(31),
                SubBlockKind.Offset => (1000f + bell) * scale,
                SubBlockKind.Subnormal => bell * MathF.ScaleB(1f, -128),
                SubBlockKind.Huge => bell / 2f * float.MaxValue,
                SubBlockKind.Wide => bell * MathF.ScaleB(1f, draws.Below(250) - 125),
                _ => bell * scale,
            };
        }

        int place = draws.Below(x.Length);
        x[place] = kind switch
        {
            SubBlockKind.Outlier => sign * 1000f * scale,
            SubBlockKind.Infinite => sign * float.PositiveInfinity,
            SubBlockKind.NotANumber => BitConverter.UInt32BitsToSingle(0x7f80_0001u + (uint)draws.Below(0x7f_ffff)),
            _ => x[place],
        };
        return x;
    }

    /// <summary>A number of 0..1, in steps of 2^-24.</summary>
    private static float Unit(SplitMix64 draws) => draws.Below(1 << 24) / (float)(1 << 24);
}
