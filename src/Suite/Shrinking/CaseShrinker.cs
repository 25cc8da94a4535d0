namespace Spanker.Conformance.Suite;

/// <summary>Makes a failing case small on two levels: its shape, then the blocks and fields of its operands.</summary>
/// <remarks>
/// A smaller case is taken only if it breaks the same clause on a freshly opened device. Every step tries the smallest candidates
/// first, so the shape that is left is smallest in each dimension among all that were tried. The work has a limit, and what is
/// found by then is reported: a shrunk case is always one that was seen to fail.
/// </remarks>
public sealed class CaseShrinker
{
    /// <summary>The most cases that are tried for one failure.</summary>
    public const int MostTrials = 20_000;

    private readonly CaseRunner runner;
    private readonly string clause;
    private readonly CancellationToken cancellation;
    private int trials;

    private CaseShrinker(CaseRunner runner, string clause, ShrunkCase start, CancellationToken cancellation)
    {
        this.runner = runner;
        this.clause = clause;
        this.cancellation = cancellation;
        Best = start;
    }

    /// <summary>The smallest failing case so far.</summary>
    public ShrunkCase Best { get; private set; }

    /// <summary>Shrinks a case that breaks <paramref name="clause"/>.</summary>
    public static ShrunkCase Shrink(CaseRunner runner, string clause, Case failing, Deviation deviation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(failing);
        CaseShrinker shrinker = new(runner, clause, new ShrunkCase(failing, deviation), cancellation);
        switch (failing)
        {
            case MatmulCase:
                MatmulShapeShrinker.Shrink(shrinker);
                MatmulDataShrinker.Shrink(shrinker);
                break;
            case CollectiveCase collective:
                CollectiveShrinker.Shrink(shrinker, collective);
                break;
            case TopologyCase topology:
                for (int sails = 0; sails < topology.Sails && !shrinker.Keeps(topology with { Sails = sails }); sails++)
                {
                }

                break;
        }

        return shrinker.Best;
    }

    /// <summary>Whether the candidate breaks the clause too; if so, it is the best so far.</summary>
    public bool Keeps(Case candidate)
    {
        if (trials >= MostTrials || cancellation.IsCancellationRequested)
        {
            return false;
        }

        trials++;
        if (runner.Try(candidate).DeviationFrom(clause) is not Deviation deviation)
        {
            return false;
        }

        Best = new ShrunkCase(candidate, deviation);
        return true;
    }
}
