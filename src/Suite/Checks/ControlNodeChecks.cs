using Spanker.Conformance.Device;
using Spanker.Conformance.Suite.Checks;

namespace Spanker.Conformance.Suite;

/// <summary>DRV-1 to DRV-4 and DRV-8: a control node, probed by <see cref="ControlNodeProbe"/>.</summary>
public static class ControlNodeChecks
{
    /// <summary>The clauses that a probe can judge from outside.</summary>
    public static IReadOnlyList<ClauseCheck> All { get; } = [.. new[] { "DRV-1", "DRV-2", "DRV-3", "DRV-4", "DRV-8" }.Select(Check)];

    private static ClauseCheck Check(string clause) => new()
    {
        Clause = clause,
        Edges = _ => ["probed"],
        Cases = _ => [new ControlNodeCase(clause)],
        Try = trial =>
        {
            ISystemCalls calls = ((IControlledDevice)trial.Device).SystemCalls;
            List<ProbeResult> results;
            using (CallClock.Enter())
            {
                results = [.. ControlNodeProbe.Probe(calls, DriverAbi.ControlPath).Where(result => result.Clause == clause)];
            }

            if (results.Count > 0)
            {
                trial.Reach("probed");
                ProbeResult? wrong = results.Find(result => !result.Conforms);
                trial.Observe(wrong is null ? null : new Deviation($"{wrong.Edge}: {wrong.Actual}, expected {wrong.Expected}", wrong.Expected, wrong.Actual));
            }
        },
    };
}
