using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Bench;

/// <summary>Small generated cases of MM-2, judged one by one as a run judges them: operands made, both poison patterns, the exact oracle, a verdict.</summary>
internal sealed class JudgedCases
{
    // m, n and blocks; on average 4.3 elements of OUT and 1.2 blocks a row.
    private static readonly (ulong M, ulong N, ulong Blocks)[] Shapes =
        [(1, 1, 1), (1, 2, 1), (2, 1, 1), (2, 2, 1), (3, 2, 1), (2, 3, 1), (4, 4, 1), (1, 3, 2), (2, 2, 2), (1, 1, 1)];

    private readonly Case[] cases;
    private readonly CaseRunner runner;

    /// <summary>Makes as many cases, to be tried on devices of a source.</summary>
    public JudgedCases(int count, IDeviceSource source)
    {
        CasePlan plan = new(Seed: 1, Profile.Quick);
        cases = [.. Enumerable.Range(0, count).Select(index => Make(plan, index))];
        runner = new CaseRunner(source);
    }

    /// <summary>Tries a case. Any verdict but the sound one ends the measuring: what is measured must be what is meant.</summary>
    public void Try(int index) => RequireSound(runner.Try(cases[index]));

    /// <summary>Tries all cases as a run does, through its pool.</summary>
    public void TryAll(int threads)
    {
        foreach (CaseRecord? record in CasePool.Run(cases, runner.Try, threads, TimeSpan.FromSeconds(60)))
        {
            RequireSound(record ?? throw new InvalidOperationException("the pool gave up"));
        }
    }

    private static MatmulCase Make(CasePlan plan, int index)
    {
        (ulong m, ulong n, ulong blocks) = Shapes[index % Shapes.Length];
        return plan.Matmul("MM-2", new MatmulShape(M: m, N: n, K: 256 * blocks), PlacementFamilies.Placement, index);
    }

    private static void RequireSound(CaseRecord record)
    {
        if (record.Inconclusive is string silence)
        {
            throw new InvalidOperationException($"{record.Case.Token}: {silence}");
        }

        if (record.Observations.All(o => o.Clause != "MM-2") || record.Observations.Any(o => o.Deviation is not null))
        {
            throw new InvalidOperationException($"{record.Case.Token}: not judged, or deviates");
        }
    }
}
