using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.LongChecks;

/// <summary>Emulated arithmetic of each class against its own bound, on drawn and on adversarial rows: the worst error seen, as a fraction of the bound.</summary>
internal sealed class BoundCheck(ulong seed, long count)
{
    private static readonly (int SmallExponent, int Blocks, int Stride)[] Adversaries =
        [(-24, 8, 1), (-24, 8, 32), (-24, 12, 256), (-11, 1, 1), (-11, 1, 4), (-8, 1, 4), (-8, 1, 16), (-24, 15, 256)];

    /// <summary>The exit code is 1 at the first result that the bound of its own class rejects.</summary>
    public int Run(TextWriter output)
    {
        foreach (string name in ArithmeticClaim.Names.Where(name => name != "exact"))
        {
            foreach (WeightDefinition definition in Enum.GetValues<WeightDefinition>())
            {
                var tally = new Tally(ArithmeticClaim.Parse(name, definition));
                for (long index = 0; index < count; index++)
                {
                    var stream = new SplitMix64(seed, (ulong)index);
                    tally.Judge($"seed {seed}, index {index}", BoundCase.Draw(stream), stream);
                }

                double drawn = tally.Worst;
                foreach ((int smallExponent, int blocks, int stride) in Adversaries)
                {
                    tally.Judge("adversary", CraftedRows.OneAmongSmall(smallExponent, blocks, stride, isOneLast: false), new SplitMix64(seed));
                }

                output.WriteLine($"{name,-16} {definition,-18} judged {tally.Judged,7}, not exercised {tally.NotExercised,7}, worst error/bound {drawn:F4} drawn, {tally.Worst:F4} with adversaries");
                if (tally.Rejection is not null)
                {
                    output.WriteLine(tally.Rejection);
                    return 1;
                }
            }
        }

        return 0;
    }

    private sealed class Tally(ArithmeticClaim claim)
    {
        public long Judged { get; private set; }

        public long NotExercised { get; private set; }

        public double Worst { get; private set; }

        public string? Rejection { get; private set; }

        public void Judge(string where, (byte[] A, byte[] B) rows, SplitMix64 stream)
        {
            ExactElement element = ExactProduct.Element(ExactRow.Decode(rows.A, claim.Weights), ExactRow.Decode(rows.B, claim.Weights));
            foreach (float actual in EmulatedArithmetic.Results(claim.ToString(), rows.A, rows.B, stream))
            {
                ElementJudgement judgement = claim.Judge(element, actual);
                if (judgement.Acceptance == Acceptance.NotExercised)
                {
                    NotExercised++;
                    continue;
                }

                Judged++;
                Worst = Math.Max(Worst, judgement.ErrorOverBound);
                if (judgement.Acceptance == Acceptance.Rejected)
                {
                    Rejection ??= $"{where}: {actual:R} rejected, exact {element.Value}\na = {Convert.ToHexString(rows.A)}\nb = {Convert.ToHexString(rows.B)}";
                }
            }
        }
    }
}
