using System.Globalization;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>MM-1 and MM-2: where the bytes of a block and the rows of an operand lie.</summary>
public static class LayoutChecks
{
    private static readonly int[] EdgeRows = [1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257];

    /// <summary>MM-1: the whole code space of a block, in A and in B.</summary>
    public static ClauseCheck Blocks { get; } = new()
    {
        Clause = "MM-1",
        MayBeTiled = true,
        Edges = terms => !terms.Description.Computes ? ["one block of 144 bytes"] : [.. CodeSpaceFamilies.All.Select(f => EdgeOf(f, terms.Claim.Class))],
        Cases = plan => CodeSpaceFamilies.All.Select(family => plan.Matmul("MM-1", CodeSpaceFamilies.ShapeOf(family), family)),
        Try = TryBlocks,
    };

    /// <summary>MM-2: every element at its place, around every size at which implementations change their stride.</summary>
    public static ClauseCheck Places { get; } = new()
    {
        Clause = "MM-2",
        Edges = _ =>
        [
            .. EdgeRows.Select(m => $"m={m}"), .. EdgeRows.Select(n => $"n={n}"), .. Enumerable.Range(1, 17).Select(blocks => $"k={blocks} blocks"),
        ],
        // Two loops may come to one shape; trying it twice would say nothing more.
        Cases = plan => PlaceCases(plan).Distinct(),
        Try = trial =>
        {
            MatmulShape shape = ((MatmulCase)trial.Case).Shape;
            ValueJudge? judge = MatmulTrial.CallAndJudge(trial);
            if (judge is { Judged: > 0 } || !trial.Terms.Description.Computes)
            {
                trial.Reach(string.Create(CultureInfo.InvariantCulture, $"m={shape.M}"));
                trial.Reach(string.Create(CultureInfo.InvariantCulture, $"n={shape.N}"));
                trial.Reach(string.Create(CultureInfo.InvariantCulture, $"k={shape.RowBlocks} blocks"));
            }
        },
    };

    private static IEnumerable<Case> PlaceCases(CasePlan plan)
    {
        foreach (int size in EdgeRows)
        {
            yield return Place(plan, m: size, n: 1 + (size % 3), blocks: 1);
            yield return Place(plan, m: 1 + (size % 2), n: size, blocks: 1);
        }

        for (int blocks = 2; blocks <= 17; blocks++)
        {
            yield return Place(plan, m: 1, n: 1, blocks);
            yield return Place(plan, m: 2, n: 3, blocks);
        }

        // Each pair of a thin, an odd and a deep dimension.
        yield return Place(plan, m: 1, n: 33, blocks: 17);
        yield return Place(plan, m: 33, n: 1, blocks: 17);

        yield return Place(plan, m: 33, n: 65, blocks: 2);
        yield return Place(plan, m: 129, n: 31, blocks: 3);
        yield return Place(plan, m: 17, n: 257, blocks: 1);
        if (plan.Profile == Profile.Quick)
        {
            yield break;
        }

        foreach (int m in EdgeRows)
        {
            foreach (int n in EdgeRows)
            {
                yield return Place(plan, m, n, blocks: 1);
            }
        }

        foreach (int blocks in (int[])[31, 32, 33, 63, 64, 65, 127, 128, 129])
        {
            yield return Place(plan, m: 3, n: 2, blocks);
        }

        yield return Place(plan, m: 255, n: 257, blocks: 17);
    }

    private static MatmulCase Place(CasePlan plan, int m, int n, int blocks) => plan.Matmul(
        "MM-2", new MatmulShape(M: (ulong)m, N: (ulong)n, K: (ulong)blocks * Q4KLayout.BlockWeights), PlacementFamilies.Placement);

    private static void TryBlocks(Trial trial)
    {
        ValueJudge? judge = MatmulTrial.CallAndJudge(trial);
        if (!trial.Terms.Description.Computes)
        {
            trial.Reach("one block of 144 bytes");
        }
        else if (judge is { Judged: > 0 } && trial.Case is MatmulCase { Data: GeneratedOperands { Family: var family } } tried)
        {
            (int met, int all) = CodeSpaceCoverage.Count(tried, family);
            if (met == all)
            {
                trial.Reach(EdgeOf(family, trial.Terms.Claim.Class));
            }
        }
    }

    private static string EdgeOf(OperandFamily family, ArithmeticClass arithmetic)
    {
        string side = family.Name.EndsWith('a') ? "A" : "B";
        return family.Name[..^1] switch
        {
            "nibbles" => $"nibbles of {side}: 4096 of 4096 values by position (100 %)",
            "scales" => $"scales and minimums of {side}: 1024 of 1024 values by slot (100 %)",
            "dbits" => $"bits of d in {side}: 32 of 32 values (100 %){Visibility(arithmetic)}",
            _ => $"bits of dmin in {side}: 32 of 32 values (100 %){Visibility(arithmetic)}",
        };
    }

    // A class with an 8-bit significand answers alike to fractions that differ in their last three bits; that is what it claims.
    private static string Visibility(ArithmeticClass arithmetic) => arithmetic is ArithmeticClass.Bf16Accumulate or ArithmeticClass.Q8K
        ? ", the last bits below what the class resolves"
        : string.Empty;
}
