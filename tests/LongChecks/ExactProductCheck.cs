using System.Numerics;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.LongChecks;

/// <summary>The product's exact dot product against BigInteger arithmetic, on as many drawn pairs of rows as asked for.</summary>
internal sealed class ExactProductCheck(ulong seed, long count)
{
    private readonly long[] kinds = new long[Enum.GetValues<DotProductKind>().Length];
    private long compared;
    private long ties;
    private long zeros;
    private long longRows;

    /// <summary>Compares and counts; the exit code is 1 at the first difference, whose rows are printed in hex.</summary>
    public int Run(TextWriter output)
    {
        long reportEvery = Math.Max(1, count / 10);
        for (long index = 0; index < count; index++)
        {
            DotProductCase drawn = DotProductCase.Draw(seed, (ulong)index);
            foreach (WeightDefinition definition in (ReadOnlySpan<WeightDefinition>)[WeightDefinition.Rational, WeightDefinition.RoundedToBinary32])
            {
                string? difference = Compare(drawn, definition);
                if (difference is not null)
                {
                    output.WriteLine($"seed {seed}, index {index}, {drawn.Kind}, {definition}: {difference}");
                    output.WriteLine($"a = {Convert.ToHexString(drawn.A)}");
                    output.WriteLine($"b = {Convert.ToHexString(drawn.B)}");
                    return 1;
                }
            }

            kinds[(int)drawn.Kind]++;
            compared++;
            longRows += drawn.A.Length > BlockFields.Bytes ? 1 : 0;
            if (compared % reportEvery == 0)
            {
                output.WriteLine($"{compared} of {count}");
            }
        }

        output.WriteLine($"{compared} dot products compared by both definitions, {longRows} of 2 blocks or more; of their {2 * compared} results {ties} tie and {zeros} are zero");
        output.WriteLine(string.Join(", ", Enum.GetValues<DotProductKind>().Select(kind => $"{kind} {kinds[(int)kind]}")));
        return 0;
    }

    private string? Compare(DotProductCase drawn, WeightDefinition definition)
    {
        BigInteger expected = BigIntegerOracle.Dot(drawn.A, drawn.B, definition == WeightDefinition.RoundedToBinary32);
        ExactValue actual = ExactProduct.Dot(ExactRow.Decode(drawn.A, definition), ExactRow.Decode(drawn.B, definition));
        float expectedSingle = BigIntegerOracle.Round(expected);
        ties += BigIntegerOracle.IsTie(expected) ? 1 : 0;
        zeros += expected.IsZero ? 1 : 0;
        return actual.Kind != ExactValueKind.Finite || (BigInteger)actual.Units != expected
            ? $"exact {expected} units of 2^-48, computed {actual.Kind} {actual.Units}"
            : BitConverter.SingleToInt32Bits(actual.ToSingle()) != BitConverter.SingleToInt32Bits(expectedSingle)
                ? $"rounds to {expectedSingle:R}, computed {actual.ToSingle():R}"
                : null;
    }
}
