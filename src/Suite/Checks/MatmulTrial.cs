using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>What every matmul case does: call, look at what was left behind, and judge the clauses that every call is subject to.</summary>
public static class MatmulTrial
{
    // Holding a result against every claim takes a pass over both rows for most of them; the tightest class is learnt from the smaller cases.
    private const double MostProductsForAllClaims = 1 << 24;

    /// <summary>The edge of clauses that forbid traffic: a device whose phases cannot be observed does not meet it.</summary>
    public const string TrafficWatched = "traffic watched";

    /// <summary>The clauses that are judged on every call, whatever the case is about.</summary>
    public static IReadOnlyList<string> EveryCall { get; } = ["MM-9", "MM-10", "MM-11"];

    /// <summary>The error that the contract demands of the case, or null for success.</summary>
    public static DeviceError? ExpectedError(MatmulCase tried)
    {
        ArgumentNullException.ThrowIfNull(tried);
        return MatmulContract.ExpectedError(tried.Shape, tried.ABytes, tried.BBytes, tried.OutputBytes);
    }

    /// <summary>Calls the device once and judges what every call is subject to.</summary>
    public static MatmulEvidence Call(Trial trial, MatmulRun run)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(run);
        MatmulEvidence evidence = run.Call((IMatmulDevice)trial.Device);
        if (evidence.Incidents.FirstOrDefault(i => i.EndsCase) is Incident fatal)
        {
            IncidentJudge.Observe(trial.Record, evidence.Incidents);
            throw new DeviceLostException(fatal);
        }

        trial.Record.Answers?.Add(evidence, run);
        bool mustFail = ExpectedError(run.Case) is not null;
        bool hasWork = run.Case.Shape.OutputBytes > 0;
        if (mustFail && evidence.Error is not null)
        {
            JudgeRefusal(trial, evidence);
        }
        else if (!mustFail && hasWork && evidence.Error is null && evidence.Phases is not null)
        {
            JudgePhases(trial, run.Case, evidence.Phases);
        }

        if (trial.Terms.Description.Computes)
        {
            JudgeMemory(trial, evidence);
        }

        JudgeProcess(trial, evidence);
        return evidence;
    }

    /// <summary>Calls once and holds the answer, and OUT where there is one, against the contract: what most clauses' cases do. No call may follow.</summary>
    /// <returns>The judge of OUT; null where there was nothing to judge.</returns>
    public static ValueJudge? CallAndJudge(Trial trial, bool holdAgainstAllClaims = false)
    {
        ArgumentNullException.ThrowIfNull(trial);
        MatmulCase whole = (MatmulCase)trial.Case;
        holdAgainstAllClaims &= whole.Shape.Products <= MostProductsForAllClaims;
        ValueJudge? judge = null;
        IReadOnlyList<MatmulCase> tiles = Tiles(trial, whole);
        foreach (MatmulCase tile in tiles)
        {
            using MatmulRun run = new(tile, trial.Device);
            MatmulEvidence evidence = Call(trial, run);
            if (ReferenceEquals(tile, tiles[^1]) && trial.Device is IIsolatedDevice isolated && run.TryFreezeOutput())
            {
                isolated.BeginClose();
            }

            Deviation? answer = CompareAnswer(ExpectedError(tile), evidence.Error);
            if (answer is not null || evidence.Error is not null || tile.Shape.OutputBytes == 0 || !trial.Terms.Description.Computes)
            {
                trial.Observe(answer);
                return null;
            }

            ValueJudge judged = ValueJudge.Judge(run, trial.Terms, holdAgainstAllClaims);
            if (judge is null)
            {
                judge = judged;
            }
            else
            {
                judge.Add(judged);
            }
        }

        ArgumentNullException.ThrowIfNull(judge);
        trial.Observe(judge.Deviation);
        trial.Record.NoteError(judge.WorstErrorOverBound);
        if (judge.Refuted.Count > 0 || (holdAgainstAllClaims && judge.Judged > 0))
        {
            trial.Record.NoteClaims(judge.Refuted);
        }

        ulong elements = whole.Shape.M * whole.Shape.N;
        if (judge.Zeros > elements / 2 && !whole.Data.MeansZeros)
        {
            trial.Record.SayNothing($"{judge.Zeros} of {elements} exact results are zero, which the operands did not mean");
        }

        return judge;
    }

    // One call, or, where the device declares that it takes fewer rows or columns, as many as that takes.
    private static IReadOnlyList<MatmulCase> Tiles(Trial trial, MatmulCase whole)
    {
        ulong mostRows = trial.Terms.Description.MaxM ?? ulong.MaxValue;
        ulong mostColumns = trial.Terms.Description.MaxN ?? ulong.MaxValue;
        bool fits = whole.Shape.M <= mostRows && whole.Shape.N <= mostColumns;
        return fits || CheckCatalogue.Find(whole.Clause) is not { MayBeTiled: true } ? [whole] : [.. TiledOperands.Of(whole, mostRows, mostColumns)];
    }

    /// <summary>A deviation if the answer is not the demanded one; the fields of the demanded error count.</summary>
    public static Deviation? CompareAnswer(DeviceError? expected, DeviceError? actual)
    {
        return Equals(expected, actual)
            ? null
            : new Deviation($"answered {NumberText.Of(actual)}, expected {NumberText.Of(expected)}", NumberText.Of(expected), NumberText.Of(actual));
    }

    private static void JudgeRefusal(Trial trial, MatmulEvidence evidence)
    {
        Deviation? deviation = null;
        if (evidence.Phases is { Count: > 0 })
        {
            deviation = new Deviation(
                $"a refused call issued {NumberText.Of(evidence.Phases)}", "no traffic", NumberText.Of(evidence.Phases));
        }
        else if (evidence.FirstWrittenByte is ulong written)
        {
            deviation = new Deviation($"a refused call wrote OUT, first at byte {written}", "OUT untouched", $"byte {written} written");
        }

        trial.Record.Observe("MM-10", deviation);
    }

    private static void JudgePhases(Trial trial, MatmulCase tried, IReadOnlyList<BusPhase> phases)
    {
        IReadOnlyList<BusPhase> expected = MatmulContract.ExpectedPhases(tried.Shape, trial.Device is ITracedDevice traced ? traced.PhaseGranularityBytes : 1);
        trial.Record.Observe(
            "MM-9",
            expected.SequenceEqual(phases)
                ? null
                : new Deviation(
                    $"issued {NumberText.Of(phases)}; expected {NumberText.Of(expected)}", NumberText.Of(expected), NumberText.Of(phases)));
    }

    // That nothing happened is worth saying where something would have been seen.
    private static void JudgeProcess(Trial trial, MatmulEvidence evidence)
    {
        IncidentJudge.Observe(trial.Record, evidence.Incidents);
        if (!trial.Terms.Description.IsIsolated)
        {
            return;
        }

        trial.Record.Observe("PROC-1", null);
        if (!trial.Terms.Description.IsBehindPipe && evidence.Incidents.All(i => i.Kind != IncidentKind.ProcessChanged))
        {
            trial.Record.Observe("PROC-2", null);
        }
    }

    private static void JudgeMemory(Trial trial, MatmulEvidence evidence)
    {
        string? harm = evidence.GuardDamage is string damage
            ? "wrote " + damage
            : evidence.OperandChange ?? (evidence.FirstTailByte is ulong tail && evidence.Error is null ? $"wrote byte {tail} of OUT, behind m*n*4" : null);
        if (harm is null && trial.Terms.Description.IsBehindPipe)
        {
            return;
        }

        trial.Record.Observe("MM-11", harm is null ? null : new Deviation(harm, "nothing written outside OUT[0 .. m*n*4)", harm));
    }
}
