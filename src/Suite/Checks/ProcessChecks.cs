using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>PROC-1 to PROC-3: what a device in a process of its own does to that process. The first two are also judged on every other call.</summary>
public static class ProcessChecks
{
    private const ulong Block = Q4KLayout.BlockWeights;
    private const int ThreadCount = 4;

    private static readonly (string Edge, MatmulShape Shape, BufferLength Output)[] Calls =
    [
        ("one element", new MatmulShape(M: 1, N: 1, K: Block), default),
        ("4352 deep", new MatmulShape(M: 2, N: 2, K: 17 * Block), default),
        ("more than 65536 elements", new MatmulShape(M: 263, N: 257, K: Block), default),
        ("a refused call", new MatmulShape(M: 2, N: 3, K: Block), BufferLength.Off(-4)),
        ("an empty product", new MatmulShape(M: 0, N: 3, K: Block), default),
    ];

    /// <summary>PROC-1: a call ends.</summary>
    public static ClauseCheck Ends { get; } = Listed("PROC-1");

    /// <summary>PROC-2: a call leaves no trace in the process.</summary>
    public static ClauseCheck Leaves { get; } = Listed("PROC-2");

    /// <summary>PROC-3: calls from several threads.</summary>
    public static ClauseCheck Threads { get; } = new()
    {
        Clause = "PROC-3",
        Edges = terms => [.. ArrangementsOf(terms.Description.Threads).Select(EdgeOf)],
        Cases = plan =>
            from arrangement in ArrangementsOf(plan.Threads)
            from index in Enumerable.Range(0, plan.Scale(quick: 1, release: 4, certify: 16))
            select plan.Matmul("PROC-3", AllTogether(plan.Fit(OneThread(arrangement))), DenseFamilies.Dense, index),
        Try = TryThreads,
    };

    /// <summary>A shape of a case of PROC-3, for one of the arrangements that the rule allows.</summary>
    internal static MatmulShape RandomShape(ref CaseRandom random, ThreadRule rule)
    {
        ThreadArrangement[] arrangements = [.. ArrangementsOf(rule)];
        MatmulShape usual = OneThread(arrangements[random.Next(arrangements.Length)]);
        return AllTogether(usual with { M = (ulong)random.Next(1, 16), N = (ulong)random.Next(1, 16) });
    }

    private static ClauseCheck Listed(string clause) => new()
    {
        Clause = clause,
        Edges = _ => [.. Calls.Select(call => call.Edge)],
        Cases = plan => Calls.Select(call => plan.Matmul(clause, FitCall(plan.Fit, call.Shape), PlacementFamilies.Placement) with { OutputLength = call.Output }),
        Try = trial =>
        {
            MatmulCase tried = (MatmulCase)trial.Case;
            using MatmulRun run = new(tried, trial.Device);
            MatmulEvidence evidence = MatmulTrial.Call(trial, run);

            // No other clause of a quick run has so many elements: what is in them is worth a look.
            if (evidence.Error is null && tried.Shape.OutputBytes > 0)
            {
                trial.Record.Observe("MM-2", ValueJudge.Judge(run, trial.Terms, holdAgainstAllClaims: false).Deviation);
            }

            foreach (var call in Calls.Where(c => FitCall(trial.Fit, c.Shape) == tried.Shape && c.Output == tried.OutputLength))
            {
                trial.Reach(call.Edge);
            }
        },
    };

    private static IEnumerable<ThreadArrangement> ArrangementsOf(ThreadRule rule) => rule switch
    {
        ThreadRule.None => [ThreadArrangement.InTurn],
        ThreadRule.PerDevice => [ThreadArrangement.InTurn, ThreadArrangement.DeviceEach],
        _ => [ThreadArrangement.InTurn, ThreadArrangement.DeviceEach, ThreadArrangement.OneDevice],
    };

    // The depth says how the threads are arranged, so that a token says all.
    private static MatmulShape OneThread(ThreadArrangement arrangement) => new(M: 4, N: 5, K: ((ulong)arrangement + 1) * Block);

    private static MatmulShape AllTogether(MatmulShape oneThread) => oneThread with { M = ThreadCount * oneThread.M };

    /// <summary>The dimensions of one call of a case of PROC-3, which holds the rows of all threads.</summary>
    internal static MatmulShape CallOf(MatmulShape allThreads) => allThreads with { M = allThreads.M / ThreadCount };

    // More than 65536 elements cannot be made fewer.
    private static MatmulShape FitCall(Func<MatmulShape, MatmulShape> fit, MatmulShape shape) => shape.M > 16 ? shape : fit(shape);

    private static string EdgeOf(ThreadArrangement arrangement) => arrangement switch
    {
        ThreadArrangement.InTurn => "one call at a time, from 4 threads",
        ThreadArrangement.DeviceEach => "4 threads, a device each",
        _ => "4 threads on one device",
    };

    private static void TryThreads(Trial trial)
    {
        const int Rounds = 250;
        MatmulCase tried = (MatmulCase)trial.Case;
        if (trial.Device is not IIsolatedDevice device || tried.Shape.M % ThreadCount != 0 || tried.Shape.RowBlocks is 0 or > 3)
        {
            trial.Record.SayNothing($"m must be a multiple of {ThreadCount} and rows 1 to 3 blocks long");
            return;
        }

        ThreadArrangement arrangement = (ThreadArrangement)(tried.Shape.RowBlocks - 1);
        using MatmulRun run = new(tried, trial.Device);
        DeviceError? error = device.MatmulFromThreads(run.Arguments, ThreadCount, Rounds, arrangement);
        IReadOnlyList<Incident> incidents = device.TakeIncidents();
        IncidentJudge.Observe(trial.Record, incidents);
        if (error is null && incidents.All(i => i.Kind != IncidentKind.ThreadsDisagree))
        {
            trial.Observe(null);
            trial.Reach(EdgeOf(arrangement));
        }
        else if (error is not null)
        {
            trial.Observe(MatmulTrial.CompareAnswer(null, error));
        }
    }
}
