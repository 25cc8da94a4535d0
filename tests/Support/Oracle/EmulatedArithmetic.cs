namespace Spanker.Conformance.Tests.Support;

/// <summary>
/// Dot products as devices of each arithmetic class would compute them, in several ways a class: what a bound must accept, and what the
/// bound of a tighter class should reject. Written from the classes' definitions; shares nothing with the product.
/// </summary>
public static class EmulatedArithmetic
{
    /// <summary>Results of a class by its canonical name, for rows of finite blocks. Random trees are drawn from the stream.</summary>
    public static IEnumerable<float> Results(string claim, byte[] rowA, byte[] rowB, SplitMix64 stream)
    {
        float[] a = Decode(rowA);
        float[] b = Decode(rowB);
        float[] products = [.. a.Zip(b, (x, y) => x * y)];
        return claim switch
        {
            "f32-sequential" => [Sequential(products), FusedSequential(a, b)],
            "f32-pairwise" => [Pairwise(products)],
            "f32-blocks32" => [Blocks(products, 32)],
            "f32-blocks256" => [Blocks(products, 256)],
            "f32" => [Sequential(products), Sequential([.. products.Reverse()]), Pairwise(products), FusedSequential(a, b), RandomTree(products, stream)],
            "f16-accumulate" => [ToHalfOnce(a, b), Narrow(products, value => (float)(Half)value, stream: null), Narrow(products, value => (float)(Half)value, stream)],
            "bf16-accumulate" => [Narrow(products, ToBfloat16, stream: null), Narrow(products, ToBfloat16, stream)],
            "subblock-int" => [SubblockInt(rowA, rowB, productFirst: true), SubblockInt(rowA, rowB, productFirst: false)],
            "q8k" => [Q8K(rowA, b, invertScale: true), Q8K(rowA, b, invertScale: false)],
            _ => throw new ArgumentException($"No emulation of '{claim}'.", nameof(claim)),
        };
    }

    /// <summary>The weights of a row in binary32.</summary>
    public static float[] Decode(ReadOnlySpan<byte> row)
    {
        var weights = new float[row.Length / BlockFields.Bytes * BlockFields.Weights];
        for (int i = 0; i < weights.Length; i += BlockFields.Weights)
        {
            BlockFields block = BlockFields.Read(row.Slice(i / BlockFields.Weights * BlockFields.Bytes, BlockFields.Bytes));
            for (int j = 0; j < BlockFields.Weights; j++)
            {
                weights[i + j] = (Scale(block.D) * block.Scales[j / 32] * block.Q[j]) - (Scale(block.DMin) * block.Minimums[j / 32]);
            }
        }

        return weights;
    }

    public static float Sequential(ReadOnlySpan<float> terms)
    {
        float sum = 0;
        foreach (float term in terms)
        {
            sum += term;
        }

        return sum;
    }

    public static float Pairwise(ReadOnlySpan<float> terms) => terms.Length == 1
        ? terms[0]
        : Pairwise(terms[..(terms.Length / 2)]) + Pairwise(terms[(terms.Length / 2)..]);

    public static float Blocks(ReadOnlySpan<float> terms, int length)
    {
        float sum = 0;
        for (int i = 0; i < terms.Length; i += length)
        {
            sum += Sequential(terms.Slice(i, length));
        }

        return sum;
    }

    /// <summary>A binary32 rounded to bfloat16, to nearest even: its upper 16 bits.</summary>
    public static float ToBfloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        uint rounded = bits + 0x7FFF + ((bits >> 16) & 1);
        return BitConverter.UInt32BitsToSingle(rounded & 0xFFFF_0000);
    }

    private static float Scale(ushort bits) => (float)BitConverter.UInt16BitsToHalf(bits);

    private static float FusedSequential(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum = MathF.FusedMultiplyAdd(a[i], b[i], sum);
        }

        return sum;
    }

    /// <summary>Any two partial sums are added, until one is left.</summary>
    private static float RandomTree(float[] terms, SplitMix64 stream) => Narrow(terms, value => value, stream);

    /// <summary>Terms and sums rounded by a function that follows the binary32 rounding; in order, or by a random tree.</summary>
    private static float Narrow(float[] terms, Func<float, float> round, SplitMix64? stream)
    {
        List<float> partial = [.. terms.Select(round)];
        if (stream is null)
        {
            return partial.Aggregate((sum, term) => round(sum + term));
        }

        while (partial.Count > 1)
        {
            int i = stream.Below(partial.Count - 1);
            float last = partial[^1];
            partial.RemoveAt(partial.Count - 1);
            partial[i] = round(partial[i] + last);
        }

        return partial[0];
    }

    /// <summary>binary16 with one rounding a step: products and sums are exact in binary64 before it, but where the sum of a product and a
    /// partial sum is not, the step has two.</summary>
    private static float ToHalfOnce(float[] a, float[] b)
    {
        Half sum = (Half)0;
        for (int i = 0; i < a.Length; i++)
        {
            sum = (Half)((double)sum + (double)(Half)((double)a[i] * b[i]));
        }

        return (float)sum;
    }

    private static float SubblockInt(byte[] rowA, byte[] rowB, bool productFirst)
    {
        float sum = 0;
        for (int offset = 0; offset < rowA.Length; offset += BlockFields.Bytes)
        {
            BlockFields a = BlockFields.Read(rowA.AsSpan(offset, BlockFields.Bytes));
            BlockFields b = BlockFields.Read(rowB.AsSpan(offset, BlockFields.Bytes));
            for (int s = 0; s < 8; s++)
            {
                int left = 0, right = 0, both = 0;
                for (int i = 32 * s; i < 32 * (s + 1); i++)
                {
                    (left, right, both) = (left + a.Q[i], right + b.Q[i], both + (a.Q[i] * b.Q[i]));
                }

                float scaleA = Scale(a.D) * a.Scales[s], minimumA = Scale(a.DMin) * a.Minimums[s];
                float scaleB = Scale(b.D) * b.Scales[s], minimumB = Scale(b.DMin) * b.Minimums[s];
                if (productFirst)
                {
                    sum += (scaleA * scaleB * both) - (scaleA * minimumB * left) - (minimumA * scaleB * right) + (minimumA * minimumB * 32);
                }
                else
                {
                    // Three roundings a term, and the terms one by one.
                    sum += scaleA * (Scale(b.D) * (b.Scales[s] * (float)both));
                    sum -= scaleA * left * Scale(b.DMin) * b.Minimums[s];
                    sum -= Scale(a.DMin) * (right * scaleB) * a.Minimums[s];
                    sum += minimumA * 32 * minimumB;
                }
            }
        }

        return sum;
    }

    private static float Q8K(byte[] rowA, float[] b, bool invertScale)
    {
        float sum = 0;
        for (int block = 0; block < rowA.Length / BlockFields.Bytes; block++)
        {
            BlockFields a = BlockFields.Read(rowA.AsSpan(block * BlockFields.Bytes, BlockFields.Bytes));
            ReadOnlySpan<float> weights = b.AsSpan(block * BlockFields.Weights, BlockFields.Weights);
            float largest = 0;
            foreach (float weight in weights)
            {
                largest = Math.Max(largest, Math.Abs(weight));
            }

            if (largest == 0)
            {
                continue;
            }

            float inverse = invertScale ? -127f / largest : 1 / (largest / 127f);
            float scale = invertScale ? 1 / inverse : largest / 127f;
            int scaled = 0, minimums = 0;
            for (int i = 0; i < BlockFields.Weights; i++)
            {
                int q = Math.Clamp((int)MathF.Round(weights[i] * inverse, MidpointRounding.ToEven), -127, 127);
                scaled += a.Scales[i / 32] * a.Q[i] * q;
                minimums += a.Minimums[i / 32] * q;
            }

            sum += Scale(a.D) * scale * scaled;
            sum -= Scale(a.DMin) * scale * minimums;
        }

        return sum;
    }
}
