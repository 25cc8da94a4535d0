using System.Numerics;

namespace Spanker.Conformance.Tests.Support;

/// <summary>
/// The exact product again, by another road: it starts from the 144 bytes, computes in BigInteger by the four-term form of the dot
/// product, and rounds by comparing the distances to neighbouring binary32 numbers. It shares no code with the product.
/// </summary>
public static class BigIntegerOracle
{
    /// <summary>A binary32 is an integer times 2^-149; an exact result one times 2^-48.</summary>
    private const int ResultToFinestGrid = 149 - 48;

    /// <summary>sum a_i b_i of two rows of finite blocks, in units of 2^-48.</summary>
    public static BigInteger Dot(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, bool roundWeights)
    {
        BigInteger sum = BigInteger.Zero;
        for (int offset = 0; offset < a.Length; offset += BlockFields.Bytes)
        {
            BlockFields left = BlockFields.Read(a.Slice(offset, BlockFields.Bytes));
            BlockFields right = BlockFields.Read(b.Slice(offset, BlockFields.Bytes));
            sum += roundWeights ? RoundedBlock(left, right) : RationalBlock(left, right);
        }

        return sum;
    }

    /// <summary>The binary32 nearest to units * 2^-48, of two as near the one whose last bit is 0.</summary>
    public static float Round(BigInteger units)
    {
        if (units.IsZero)
        {
            return 0;
        }

        // Any nearby number will do as a start: the nearest one is looked for among its neighbours.
        float start = (float)((double)units * Math.Pow(2, -48));
        float best = start;
        BigInteger bestDistance = Distance(start, units);
        foreach (float candidate in (ReadOnlySpan<float>)[float.BitDecrement(start), float.BitIncrement(start)])
        {
            BigInteger distance = Distance(candidate, units);
            int order = distance.CompareTo(bestDistance);
            if (order < 0 || (order == 0 && BitConverter.SingleToInt32Bits(candidate) % 2 == 0))
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Whether a value lies exactly between two binary32 neighbours: 25 significant bits.</summary>
    public static bool IsTie(BigInteger units)
    {
        BigInteger magnitude = BigInteger.Abs(units);
        long length = magnitude.GetBitLength();
        return length > 24 && !(magnitude >> (int)(length - 25)).IsEven && magnitude == (magnitude >> (int)(length - 25)) << (int)(length - 25);
    }

    /// <summary>|value - units * 2^-48| in units of 2^-149.</summary>
    public static BigInteger Distance(float value, BigInteger units) => BigInteger.Abs(OnFinestGrid(value) - (units << ResultToFinestGrid));

    /// <summary>The weights of a block in units of 2^-24.</summary>
    public static long[] Weights(BlockFields block, bool roundWeights)
    {
        long d = HalfUnits(block.D);
        long dmin = HalfUnits(block.DMin);
        var weights = new long[BlockFields.Weights];
        for (int i = 0; i < weights.Length; i++)
        {
            long exact = (d * block.Scales[i / 32] * block.Q[i]) - (dmin * block.Minimums[i / 32]);
            weights[i] = roundWeights ? NearestSingle(exact) : exact;
        }

        return weights;
    }

    /// <summary>A finite binary16 in units of 2^-24, by its definition: (-1)^s 2^(e-15) (1 + f/1024), or (-1)^s 2^-14 f/1024.</summary>
    public static long HalfUnits(int bits)
    {
        int exponent = bits / 1024 % 32;
        int fraction = bits % 1024;
        long magnitude = exponent == 0 ? fraction : (1024L + fraction) * (long)Math.Pow(2, exponent - 1);
        return bits >= 0x8000 ? -magnitude : magnitude;
    }

    /// <summary>
    /// d d' sum A B - d dmin' sum m' sum A - dmin d' sum m sum B + 32 dmin dmin' sum m m', with A = sc q: only small integers are
    /// summed, and eight big ones multiplied.
    /// </summary>
    private static BigInteger RationalBlock(BlockFields a, BlockFields b)
    {
        long products = 0, leftByMinimum = 0, rightByMinimum = 0, minimums = 0;
        for (int s = 0; s < 8; s++)
        {
            long left = 0, right = 0, both = 0;
            for (int i = 32 * s; i < 32 * (s + 1); i++)
            {
                left += a.Q[i];
                right += b.Q[i];
                both += a.Q[i] * b.Q[i];
            }

            products += a.Scales[s] * b.Scales[s] * both;
            leftByMinimum += a.Scales[s] * left * b.Minimums[s];
            rightByMinimum += b.Scales[s] * right * a.Minimums[s];
            minimums += 32 * a.Minimums[s] * b.Minimums[s];
        }

        BigInteger d = HalfUnits(a.D), dmin = HalfUnits(a.DMin), otherD = HalfUnits(b.D), otherDmin = HalfUnits(b.DMin);
        return (d * otherD * products) - (d * otherDmin * leftByMinimum) - (dmin * otherD * rightByMinimum) + (dmin * otherDmin * minimums);
    }

    private static BigInteger RoundedBlock(BlockFields a, BlockFields b)
    {
        long[] left = Weights(a, roundWeights: true);
        long[] right = Weights(b, roundWeights: true);
        BigInteger sum = BigInteger.Zero;
        for (int i = 0; i < left.Length; i++)
        {
            sum += (BigInteger)left[i] * right[i];
        }

        return sum;
    }

    /// <summary>The binary32 nearest to a weight, found among three neighbours by distance. The unit does not matter: no weight is subnormal.</summary>
    private static long NearestSingle(long exact)
    {
        float start = exact;
        if ((long)start == exact)
        {
            return exact;
        }

        float best = start;
        foreach (float candidate in (ReadOnlySpan<float>)[float.BitDecrement(start), float.BitIncrement(start)])
        {
            int order = Math.Abs((long)candidate - exact).CompareTo(Math.Abs((long)best - exact));
            if (order < 0 || (order == 0 && BitConverter.SingleToInt32Bits(candidate) % 2 == 0))
            {
                best = candidate;
            }
        }

        return (long)best;
    }

    /// <summary>A finite binary32 in units of 2^-149, by its definition.</summary>
    private static BigInteger OnFinestGrid(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value) & int.MaxValue;
        int exponent = bits / 0x80_0000;
        BigInteger magnitude = exponent == 0 ? bits : new BigInteger(0x80_0000 + (bits % 0x80_0000)) << (exponent - 1);
        return value < 0 ? -magnitude : magnitude;
    }
}
