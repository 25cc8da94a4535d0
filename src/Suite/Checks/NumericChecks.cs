using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>MM-13 and NUM-1 to NUM-4: the values.</summary>
public static class NumericChecks
{
    private const ulong Block = Q4KLayout.BlockWeights;

    /// <summary>How the edges of real weights begin.</summary>
    public const string RealWeightsEdge = "real weights, rows";

    private static readonly int[] SparseBlocks = [1, 2, 8, 16, 17, 32];

    /// <summary>MM-13: rows as real operands have them.</summary>
    public static ClauseCheck Bound { get; } = new()
    {
        Clause = "MM-13",
        MayBeTiled = true,
        Edges = terms =>
        [
            // 256 nonzero products reach the bound of bfloat16 itself: dense rows say nothing about that class.
            .. terms.Claim.Class == ArithmeticClass.Bf16Accumulate
                ? Array.Empty<string>()
                : ["dense, 1 block", "dense, 2 blocks", "dense, 4 blocks", "quantized", "cancelling", "maximal"],
            "one sub-block in eight in use",
        ],
        PlanEdges = plan => plan.Weights is RealWeights weights ? RealCases(plan, weights).Select(EdgeOf) : [],
        Cases = BoundCases,
        Try = trial =>
        {
            MatmulCase tried = (MatmulCase)trial.Case;
            ValueJudge? judge = MatmulTrial.CallAndJudge(trial, holdAgainstAllClaims: true);
            if (tried.Data is RealOperands)
            {
                // A row of which the bound says nothing has not been judged.
                if (judge?.RowsJudged == tried.Shape.M)
                {
                    trial.Reach(EdgeOf(tried));
                }
            }
            else if (judge is { Judged: > 0 })
            {
                trial.Reach(tried.Data switch
                {
                    GeneratedOperands { Family.Name: "dense" } => string.Create(
                        CultureInfo.InvariantCulture, $"dense, {tried.Shape.RowBlocks} block{(tried.Shape.RowBlocks == 1 ? string.Empty : "s")}"),
                    GeneratedOperands { Family.Name: "quantized" } => "quantized",
                    GeneratedOperands { Family.Name: "cancelling" or "maximal" } generated => generated.Family.Name,
                    _ => "one sub-block in eight in use",
                });
            }
        },
    };

    /// <summary>NUM-1: decoded weights seen one by one, bit for bit.</summary>
    public static ClauseCheck Decode { get; } = new()
    {
        Clause = "NUM-1",
        MayBeTiled = true,
        Edges = _ => ["A rounds in decode", "B rounds in decode"],
        Cases = plan =>
            from index in Enumerable.Range(0, plan.Scale(quick: 1, release: 8, certify: 64))
            from family in new[] { NumericFamilies.DecodeOfA, NumericFamilies.DecodeOfB }
            select plan.Matmul(
                "NUM-1",
                family == NumericFamilies.DecodeOfA ? new MatmulShape(M: 6, N: Block, K: Block) : new MatmulShape(M: Block, N: 6, K: Block),
                family,
                index),
        Try = trial =>
        {
            ValueJudge? judge = MatmulTrial.CallAndJudge(trial, holdAgainstAllClaims: true);
            if (judge is { Judged: > 0 } && trial.Case is MatmulCase { Data: GeneratedOperands { Family: var family } })
            {
                trial.Reach(family == NumericFamilies.DecodeOfA ? "A rounds in decode" : "B rounds in decode");
            }
        },
    };

    /// <summary>NUM-2: results that tell the two definitions of a weight apart.</summary>
    public static ClauseCheck Definition { get; } = new()
    {
        Clause = "NUM-2",
        MayBeTiled = true,
        Edges = _ => ["definitions told apart"],
        Cases = plan => Enumerable.Range(0, plan.Scale(quick: 2, release: 16, certify: 64)).Select(
            index => plan.Matmul("NUM-2", new MatmulShape(M: 8, N: 24, K: Block), NumericFamilies.Definitions, index)),
        Try = trial =>
        {
            if (MatmulTrial.CallAndJudge(trial) is { DefinitionsApart: > 0 })
            {
                trial.Reach("definitions told apart");
            }
        },
    };

    /// <summary>NUM-3: few products in rows of any length, where the bound is as tight as for one product.</summary>
    public static ClauseCheck Class { get; } = new()
    {
        Clause = "NUM-3",
        MayBeTiled = true,
        Edges = _ => [.. from blocks in SparseBlocks from products in (int[])[1, 4] select EdgeOf(products, blocks)],
        Cases = plan =>
            from blocks in plan.Profile == Profile.Quick ? SparseBlocks : [.. SparseBlocks, 64, 129, 256, 512]
            from family in new[] { NumericFamilies.Sparse1, NumericFamilies.Sparse4 }
            from index in Enumerable.Range(0, plan.Scale(quick: 1, release: 4, certify: 16))
            select plan.Matmul("NUM-3", new MatmulShape(M: 4, N: 4, K: (ulong)blocks * Block), family, index),
        Try = trial =>
        {
            MatmulCase tried = (MatmulCase)trial.Case;
            ValueJudge? judge = MatmulTrial.CallAndJudge(trial, holdAgainstAllClaims: true);
            if (judge is { Judged: > 0 } && tried.Data is GeneratedOperands { Family.Name: var name })
            {
                trial.Reach(EdgeOf(name == "sparse1" ? 1 : 4, (int)tried.Shape.RowBlocks));
            }
        },
    };

    /// <summary>NUM-4: subnormal and non-finite scales.</summary>
    public static ClauseCheck OddScales { get; } = new()
    {
        Clause = "NUM-4",
        MayBeTiled = true,
        Edges = terms =>
        [
            "subnormal scales",
            .. terms.Description.NonFinite == NonFinitePolicy.Ieee ? ["infinite results", "NaN results", "ordinary rows beside them"] : Array.Empty<string>(),
        ],
        Cases = plan =>
        [
            .. from index in Enumerable.Range(0, plan.Scale(quick: 4, release: 16, certify: 64))
               select plan.Matmul("NUM-4", new MatmulShape(M: 4, N: 5, K: Block), NumericFamilies.Subnormal, index),
            .. from index in Enumerable.Range(0, plan.Scale(quick: 4, release: 16, certify: 64))
               from blocks in (ulong[])[1, 2]
               select plan.Matmul("NUM-4", new MatmulShape(M: 16, N: 9, K: blocks * Block), NumericFamilies.NonFinite, index),
        ],
        Try = TryOddScales,
    };

    /// <summary>The classes whose arithmetic shows a decoded weight unchanged when it is multiplied by one.</summary>
    public static bool ShowsDecodedWeights(ArithmeticClass arithmetic) =>
        arithmetic is ArithmeticClass.Exact or ArithmeticClass.F32 or ArithmeticClass.SubblockInt;

    private static void TryOddScales(Trial trial)
    {
        MatmulCase tried = (MatmulCase)trial.Case;
        bool isNonFinite = tried.Data is GeneratedOperands { Family.Name: "nonfinite" };
        if (isNonFinite && trial.Terms.Description.NonFinite == NonFinitePolicy.FiniteOnly)
        {
            // Outside what the device promises; its call is still watched for what every call is subject to.
            using MatmulRun run = new(tried, trial.Device);
            MatmulTrial.Call(trial, run);
            return;
        }

        ValueJudge? judge = MatmulTrial.CallAndJudge(trial);
        if (judge is null)
        {
            return;
        }

        if (!isNonFinite && judge.Judged > 0)
        {
            trial.Reach("subnormal scales");
        }

        if (judge.Infinities > 0)
        {
            trial.Reach("infinite results");
        }

        if (judge.NotNumbers > 0)
        {
            trial.Reach("NaN results");
        }

        if (isNonFinite && judge.Infinities + judge.NotNumbers < tried.Shape.M * tried.Shape.N)
        {
            trial.Reach("ordinary rows beside them");
        }
    }

    private static string EdgeOf(int products, int blocks) =>
        string.Create(CultureInfo.InvariantCulture, $"{products} product{(products == 1 ? string.Empty : "s")} in {blocks} block{(blocks == 1 ? string.Empty : "s")}");

    private static string EdgeOf(MatmulCase real)
    {
        RealOperands data = (RealOperands)real.Data;
        return string.Create(CultureInfo.InvariantCulture, $"{RealWeightsEdge} {data.FirstRow} to {data.FirstRow + real.Shape.M - 1}");
    }

    private static IEnumerable<Case> BoundCases(CasePlan plan)
    {
        int repeats = plan.Scale(quick: 1, release: 8, certify: 32);
        for (int index = 0; index < repeats; index++)
        {
            foreach (ulong blocks in plan.Profile == Profile.Quick ? (ulong[])[1, 2, 4, 8] : [1, 2, 3, 4, 5, 8, 11, 16])
            {
                yield return plan.Matmul("MM-13", new MatmulShape(M: 4, N: 3, K: blocks * Block), DenseFamilies.Dense, index);
                yield return plan.Matmul("MM-13", new MatmulShape(M: 4, N: 3, K: blocks * Block), DenseFamilies.Eighth, index);
            }

            yield return plan.Matmul("MM-13", new MatmulShape(M: 7, N: 5, K: 2 * Block), DenseFamilies.Quantized, index);
            yield return plan.Matmul("MM-13", new MatmulShape(M: 3, N: 4, K: 2 * Block), DenseFamilies.Cancelling, index);
            yield return plan.Matmul("MM-13", new MatmulShape(M: 3, N: 3, K: 3 * Block), DenseFamilies.Maximal, index);
        }

        if (plan.Profile != Profile.Quick)
        {
            yield return plan.Matmul("MM-13", new MatmulShape(M: 256, N: 256, K: 17 * Block), DenseFamilies.Dense);
            yield return plan.Matmul("MM-13", new MatmulShape(M: 509, N: 257, K: 17 * Block), DenseFamilies.Quantized);
        }

        // Judged whole, if the device declares a speed that makes it end in time. Of rows of 4096 products that round, the bounds of narrow accumulators say nothing.
        if (plan.Profile != Profile.Quick && plan.Class is not (null or ArithmeticClass.F16Accumulate or ArithmeticClass.Bf16Accumulate))
        {
            yield return plan.Matmul("MM-13", new MatmulShape(M: 4096, N: 4096, K: 16 * Block), DenseFamilies.Quantized);
        }

        if (plan.Weights is RealWeights weights)
        {
            foreach (MatmulCase real in RealCases(plan, weights))
            {
                yield return real;
            }
        }
    }

    // Every row of the tensor occurs in one case.
    private static IEnumerable<MatmulCase> RealCases(CasePlan plan, RealWeights weights)
    {
        const ulong RowsPerCase = 64;
        ulong columns = (ulong)plan.Scale(quick: 4, release: 16, certify: 64);
        for (ulong first = 0; first < weights.RowCount; first += RowsPerCase)
        {
            MatmulShape shape = new(M: Math.Min(RowsPerCase, weights.RowCount - first), N: columns, K: weights.RowWeights);
            yield return new MatmulCase("MM-13", shape, new RealOperands(weights, first, plan.SeedOf("real weights", (int)(first / RowsPerCase))));
        }
    }
}
