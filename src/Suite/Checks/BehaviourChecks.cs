using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>MM-9 to MM-12 and MM-16: traffic, memory, determinism, independence. The first three are also judged on every other case.</summary>
public static class BehaviourChecks
{
    private const ulong Block = Q4KLayout.BlockWeights;

    private static readonly MatmulShape Small = new(M: 2, N: 3, K: 2 * Block);

    /// <summary>MM-9: the four phases.</summary>
    public static ClauseCheck Phases { get; } = Listed(
        "MM-9",
        ("OUT exact", Small, default),
        ("OUT longer", Small, BufferLength.Off(64)),
        ("OUT of several beats", new MatmulShape(M: 5, N: 7, K: Block), default),
        ("one element", new MatmulShape(M: 1, N: 1, K: Block), default));

    /// <summary>MM-10: nothing happens on a refused call.</summary>
    public static ClauseCheck QuietRefusal { get; } = new()
    {
        Clause = "MM-10",
        Edges = _ => ["k refused", "A refused", "B refused", "OUT refused", MatmulTrial.TrafficWatched],
        Cases = plan =>
        [
            plan.Matmul("MM-10", new MatmulShape(M: 2, N: 3, K: Block + 1), PlacementFamilies.Placement),
            plan.Matmul("MM-10", Small, PlacementFamilies.Placement) with { ALength = BufferLength.Off(-1) },
            plan.Matmul("MM-10", Small, PlacementFamilies.Placement) with { BLength = BufferLength.Off(-1) },
            plan.Matmul("MM-10", Small, PlacementFamilies.Placement) with { OutputLength = BufferLength.Off(-4) },
        ],
        Try = trial =>
        {
            MatmulCase tried = (MatmulCase)trial.Case;
            using MatmulRun run = new(tried, trial.Device);
            MatmulEvidence evidence = MatmulTrial.Call(trial, run);
            if (evidence.Phases is not null)
            {
                trial.Reach(MatmulTrial.TrafficWatched);
            }

            if (evidence.Error is not null)
            {
                trial.Reach(tried.ALength.Bytes < 0 ? "A refused" : tried.BLength.Bytes < 0 ? "B refused" : tried.OutputLength.Bytes < 0 ? "OUT refused" : "k refused");
            }
        },
    };

    /// <summary>MM-11: canaries round every buffer, operands compared byte by byte.</summary>
    public static ClauseCheck Memory { get; } = Listed(
        "MM-11",
        ("OUT exact", new MatmulShape(M: 3, N: 5, K: Block), default),
        ("OUT longer", new MatmulShape(M: 3, N: 5, K: Block), BufferLength.Off(4096)),
        ("one element", new MatmulShape(M: 1, N: 1, K: Block), default),
        ("one row", new MatmulShape(M: 1, N: 33, K: 2 * Block), default),
        ("one column", new MatmulShape(M: 33, N: 1, K: 2 * Block), default));

    /// <summary>MM-12: the same call three times.</summary>
    public static ClauseCheck Determinism { get; } = new()
    {
        Clause = "MM-12",
        Edges = _ => ["3 calls, dense rows", "3 calls, many elements"],
        Cases = plan =>
        [
            plan.Matmul("MM-12", plan.Fit(new MatmulShape(M: 3, N: 4, K: 4 * Block)), DenseFamilies.Dense),
            plan.Matmul("MM-12", plan.Fit(new MatmulShape(M: 33, N: 17, K: Block)), DenseFamilies.Dense),
        ],
        Try = trial =>
        {
            MatmulCase tried = (MatmulCase)trial.Case;
            if (TryRepeated(trial, tried, interlude: null))
            {
                trial.Reach(tried.Shape.M * tried.Shape.N > 100 ? "3 calls, many elements" : "3 calls, dense rows");
            }
        },
    };

    /// <summary>MM-16: a call, another of a different kind, the first again.</summary>
    public static ClauseCheck Independence { get; } = new()
    {
        Clause = "MM-16",
        Edges = _ => ["after a larger call", "after a smaller call", "after a refused call"],
        Cases = plan =>
        [
            plan.Matmul("MM-16", plan.Fit(new MatmulShape(M: 2, N: 3, K: Block)), DenseFamilies.Dense),
            plan.Matmul("MM-16", plan.Fit(new MatmulShape(M: 5, N: 4, K: 3 * Block)), DenseFamilies.Dense),
            plan.Matmul("MM-16", plan.Fit(new MatmulShape(M: 3, N: 3, K: 2 * Block)), DenseFamilies.Dense),
        ],
        Try = TryIndependence,
    };

    // In a process of its own a device's first call is made with the buffers against the ends and against the starts of their slots.
    private static readonly string[] IsolatedMemoryEdges =
        ["between inaccessible pages, against the end", "between inaccessible pages, against the start", "two fillings around A, B and OUT"];

    // A shape that was made to fit is another one.
    private static bool IsAboutSize(string edge) => edge is "one row" or "one column";

    private static ClauseCheck Listed(string clause, params (string Edge, MatmulShape Shape, BufferLength Output)[] rows) => new()
    {
        Clause = clause,
        Edges = terms => [.. rows.Select(row => row.Edge), .. clause == "MM-11" && terms.Description.IsIsolated ? IsolatedMemoryEdges : []],
        Cases = plan =>
            rows.Select(row => plan.Matmul(clause, plan.Fit(row.Shape), PlacementFamilies.Placement) with { OutputLength = row.Output }).Distinct(),
        Try = trial =>
        {
            MatmulCase tried = (MatmulCase)trial.Case;
            using MatmulRun run = new(tried, trial.Device);
            if (MatmulTrial.Call(trial, run).Error is null)
            {
                foreach (var row in rows.Where(r => trial.Fit(r.Shape) == tried.Shape && r.Output == tried.OutputLength && (r.Shape == tried.Shape || !IsAboutSize(r.Edge))))
                {
                    trial.Reach(row.Edge);
                }

                foreach (string edge in clause == "MM-11" && trial.Terms.Description.IsIsolated ? IsolatedMemoryEdges : [])
                {
                    trial.Reach(edge);
                }
            }
        },
    };

    // Which interlude a case has follows from its depth, so that a shrunk case keeps one.
    private static void TryIndependence(Trial trial)
    {
        MatmulCase tried = (MatmulCase)trial.Case;
        OperandData other = new GeneratedOperands(DenseFamilies.Dense, CaseRandom.Derive(CaseRandom.Word("interlude")));
        (string edge, MatmulCase interlude) = tried.Shape.RowBlocks switch
        {
            <= 1 => ("after a larger call", tried with { Shape = new(M: 7, N: 6, K: 4 * Block), Data = other }),
            2 => ("after a refused call", tried with { Shape = new(M: 2, N: 3, K: Block), Data = other, OutputLength = BufferLength.Off(-4) }),
            _ => ("after a smaller call", tried with { Shape = new(M: 1, N: 2, K: Block), Data = other }),
        };
        MatmulCase fitting = interlude with { Shape = trial.FitWhole(interlude.Shape) };
        bool isWhatItSays = edge != "after a larger call" || fitting.Shape.Products > tried.Shape.Products;
        if (TryRepeated(trial, tried, fitting) && isWhatItSays)
        {
            trial.Reach(edge);
        }
    }

    // Equal bits are asked of a device that declares them; of another, that its last answer is as right as its first.
    private static Deviation? CompareResults(Trial trial, MatmulRun run, byte[] first, byte[] later, int call, MatmulShape shape) =>
        trial.Terms.Description.IsDeterministic
            ? CompareBits(first, later, call, shape)
            : ValueJudge.Judge(run, trial.Terms, holdAgainstAllClaims: false).Deviation;

    private static bool TryRepeated(Trial trial, MatmulCase tried, MatmulCase? interlude)
    {
        const int Calls = 3;
        using MatmulRun run = new(tried, trial.Device);
        byte[]? first = null;
        MatmulEvidence? firstEvidence = null;
        for (int call = 1; call <= Calls; call++)
        {
            if (interlude is not null && call == 2)
            {
                using MatmulRun between = new(interlude, trial.Device);
                DeviceError? answer = MatmulTrial.Call(trial, between).Error;
                if (!Equals(answer is null, MatmulTrial.ExpectedError(interlude) is null))
                {
                    // Another clause says so; what was to come between did not.
                    return false;
                }

                continue;
            }

            MatmulEvidence evidence = MatmulTrial.Call(trial, run);
            byte[] result = run.CopyOutput();
            if (first is null)
            {
                (first, firstEvidence) = (result, evidence);
            }
            else if ((CompareAnswers(firstEvidence!, evidence, call) ?? CompareResults(trial, run, first, result, call, tried.Shape)) is Deviation deviation)
            {
                trial.Observe(deviation);
                return true;
            }
        }

        if (firstEvidence?.Error is not null)
        {
            trial.Observe(MatmulTrial.CompareAnswer(MatmulTrial.ExpectedError(tried), firstEvidence.Error));
            return false;
        }

        trial.Observe(null);
        return true;
    }

    private static Deviation? CompareAnswers(MatmulEvidence first, MatmulEvidence later, int call)
    {
        if (!Equals(first.Error, later.Error))
        {
            return new Deviation(
                $"call 1 answered {NumberText.Of(first.Error)}, call {call} {NumberText.Of(later.Error)}", NumberText.Of(first.Error), NumberText.Of(later.Error));
        }

        if (first.Phases is not null && later.Phases is not null && !first.Phases.SequenceEqual(later.Phases))
        {
            return new Deviation(
                $"call 1 issued {NumberText.Of(first.Phases)}, call {call} {NumberText.Of(later.Phases)}",
                NumberText.Of(first.Phases),
                NumberText.Of(later.Phases));
        }

        return null;
    }

    private static Deviation? CompareBits(byte[] firstResult, byte[] result, int call, MatmulShape shape)
    {
        int same = firstResult.AsSpan().CommonPrefixLength(result);
        if (same == result.Length)
        {
            return null;
        }

        ulong index = (ulong)same / sizeof(float);
        (ulong row, ulong column) = (index / shape.N, index % shape.N);
        string before = NumberText.Of(BitConverter.ToSingle(firstResult, (int)index * sizeof(float)));
        string after = NumberText.Of(BitConverter.ToSingle(result, (int)index * sizeof(float)));
        return new Deviation($"y[{row},{column}] was {before} in call 1 and is {after} in call {call}", before, after) { Element = (row, column) };
    }
}
