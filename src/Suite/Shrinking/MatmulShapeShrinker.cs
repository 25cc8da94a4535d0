using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Shrinks the dimensions of a failing matmul.</summary>
public static class MatmulShapeShrinker
{
    private const int SeedsPerShape = 4;

    /// <summary>Shrinks k, then m, then n, until none can be made smaller.</summary>
    public static void Shrink(CaseShrinker shrinker)
    {
        ArgumentNullException.ThrowIfNull(shrinker);
        if (((MatmulCase)shrinker.Best.Case).Data is RealOperands or LiteralOperands)
        {
            // These bytes cannot be made for another shape, only taken away: that is the other level.
            return;
        }

        bool shrank = true;
        while (shrank)
        {
            shrank = ShrinkDepth(shrinker);
            shrank |= ShrinkSide(shrinker, shape => shape.M, (shape, m) => shape with { M = m });
            shrank |= ShrinkSide(shrinker, shape => shape.N, (shape, n) => shape with { N = n });
        }
    }

    private static bool ShrinkDepth(CaseShrinker shrinker)
    {
        MatmulShape shape = Current(shrinker).Shape;
        ulong step = shape.K % Q4KLayout.BlockWeights == 0 && shape.K > 0 ? Q4KLayout.BlockWeights : 1UL;
        return SmallerNumbers.Than(shape.K / step, least: step == 1 ? 0UL : 1UL).Any(k => Keeps(shrinker, shape with { K = k * step }));
    }

    private static bool ShrinkSide(CaseShrinker shrinker, Func<MatmulShape, ulong> get, Func<MatmulShape, ulong, MatmulShape> with)
    {
        MatmulShape shape = Current(shrinker).Shape;

        // An empty product is a case of its own: another case does not shrink into it.
        ulong least = shape.M == 0 || shape.N == 0 ? 0UL : 1UL;
        return SmallerNumbers.Than(get(shape), least).Any(value => Keeps(shrinker, with(shape, value)));
    }

    private static bool Keeps(CaseShrinker shrinker, MatmulShape smaller)
    {
        MatmulCase current = Current(shrinker);
        if (current.Data is not GeneratedOperands data || !CanBeLaidOut(current with { Shape = smaller }))
        {
            return false;
        }

        for (ulong seed = data.Seed; seed - data.Seed < SeedsPerShape; seed++)
        {
            if (shrinker.Keeps(current with { Shape = smaller, Data = data with { Seed = seed } }))
            {
                return true;
            }

            if (MatmulTrial.ExpectedError(current with { Shape = smaller }) is not null)
            {
                // What is refused does not depend on what the operands hold.
                return false;
            }
        }

        return false;
    }

    private static bool CanBeLaidOut(MatmulCase tried)
    {
        const ulong Most = 1UL << 30;
        return (tried.ALength.IsAbsolute || tried.Shape.ABytes < Most)
            && (tried.BLength.IsAbsolute || tried.Shape.BBytes < Most)
            && (tried.OutputLength.IsAbsolute || tried.Shape.OutputBytes < Most);
    }

    private static MatmulCase Current(CaseShrinker shrinker) => (MatmulCase)shrinker.Best.Case;
}
