using System.Numerics;

namespace Spanker.Conformance.Reference;

/// <summary>What limits of a bound need to know about a row besides its terms.</summary>
internal sealed class RowFacts
{
    private const int SingleExponentBias = 127;
    private const int SingleFractionBits = 23;

    private readonly ulong[] nonzero;
    private readonly byte[] subblockTerms;
    private readonly long sumOfSubblockTerms;
    private readonly bool areSubblockTermsEqual;

    /// <summary>The facts of a row, whose zeros are those of <paramref name="terms"/>.</summary>
    public RowFacts(ExactRow row, ReadOnlySpan<float> terms)
    {
        HasNonFinite = row.HasNonFinite;
        RoundsInDecode = row.RoundsInDecode;
        // Terms that were rounded have lost their lowest bits.
        AreTermsExact = row.Definition == WeightDefinition.RoundedToBinary32 || !row.RoundsInDecode;
        subblockTerms = row.SubblockTerms.ToArray();
        areSubblockTermsEqual = !row.SubblockTerms.ContainsAnyExcept(subblockTerms[0]);
        foreach (byte count in subblockTerms)
        {
            sumOfSubblockTerms += count;
        }

        nonzero = new ulong[terms.Length / 64];
        LeastExponent = SingleExponentBias + 1;
        for (int i = 0; i < terms.Length; i++)
        {
            if (terms[i] == 0)
            {
                Zeros++;
                continue;
            }

            nonzero[i / 64] |= 1UL << (i % 64);
            int exponent = LowestBit(terms[i]);
            if (exponent < LeastExponent)
            {
                (LeastExponent, Witness) = (exponent, i);
            }
        }
    }

    /// <summary>Whether some weight is infinite or NaN, and so every element of the row.</summary>
    public bool HasNonFinite { get; }

    /// <summary>Whether a weight changes when it is rounded to binary32.</summary>
    public bool RoundsInDecode { get; }

    /// <summary>Whether no term is rounded.</summary>
    public bool AreTermsExact { get; }

    /// <summary>Terms that are zero.</summary>
    public int Zeros { get; }

    /// <summary>The exponent of the lowest bit set in any term; beyond all of binary32's if all are zero.</summary>
    public int LeastExponent { get; }

    /// <summary>The index of a term with that bit; any if all are zero.</summary>
    public int Witness { get; }

    /// <summary>The exponent of the lowest bit that is set in a normal binary32.</summary>
    public static int LowestBit(float term)
    {
        uint bits = BitConverter.SingleToUInt32Bits(term);
        int exponent = (int)(bits >> SingleFractionBits) - SingleExponentBias - SingleFractionBits;
        return exponent + BitOperations.TrailingZeroCount(bits | (1u << SingleFractionBits));
    }

    /// <summary>How many indices have two nonzero terms.</summary>
    public static long NonzeroProducts(RowFacts a, RowFacts b)
    {
        if (a.Zeros == 0 || b.Zeros == 0)
        {
            return (a.nonzero.Length * 64L) - a.Zeros - b.Zeros;
        }

        long count = 0;
        for (int i = 0; i < a.nonzero.Length; i++)
        {
            count += BitOperations.PopCount(a.nonzero[i] & b.nonzero[i]);
        }

        return count;
    }

    /// <summary>sum_s t_s(a) t_s(b), with t_s the nonzero parts of a sub-block.</summary>
    public static long SubblockTerms(RowFacts a, RowFacts b)
    {
        if (a.areSubblockTermsEqual)
        {
            return a.subblockTerms[0] * b.sumOfSubblockTerms;
        }

        if (b.areSubblockTermsEqual)
        {
            return b.subblockTerms[0] * a.sumOfSubblockTerms;
        }

        long terms = 0;
        for (int i = 0; i < a.subblockTerms.Length; i++)
        {
            terms += a.subblockTerms[i] * b.subblockTerms[i];
        }

        return terms;
    }
}
