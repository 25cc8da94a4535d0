using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>Makes a failing case small on two levels: its shape, then the blocks and fields of its operands.</summary>
/// <remarks>
/// A smaller case is taken only if it breaks the same clause on a freshly opened device. Every step tries the smallest candidates
/// first, so the shape that is left is smallest in each dimension among all that were tried. The work has a limit in trials and
/// products, which does not depend on the machine, and what is found by then is reported: a shrunk case is always one that was seen to fail.
/// The work is done on a thread of its own, which is left behind if a trial hangs.
/// </remarks>
public sealed class CaseShrinker
{
    /// <summary>The most cases that are tried for one failure.</summary>
    public const int MostTrials = 20_000;

    /// <summary>The most products that the trials for one failure may add up to.</summary>
    public const double MostProducts = 4e9;

    private readonly CaseRunner runner;
    private readonly string clause;
    private readonly CancellationToken cancellation;
    private readonly object gate = new();
    private ShrunkCase best;
    private int trials;
    private double products;
    private volatile CallClock? clock;
    private bool isDone;

    private CaseShrinker(CaseRunner runner, string clause, ShrunkCase start, CancellationToken cancellation)
    {
        this.runner = runner;
        this.clause = clause;
        this.cancellation = cancellation;
        best = start;
    }

    /// <summary>The smallest failing case so far.</summary>
    public ShrunkCase Best
    {
        get
        {
            lock (gate)
            {
                return best;
            }
        }
    }

    /// <summary>Shrinks a case that breaks <paramref name="clause"/>.</summary>
    /// <param name="runner">Tries candidates.</param>
    /// <param name="clause">The clause that a candidate must break.</param>
    /// <param name="failing">The case.</param>
    /// <param name="deviation">What it shows.</param>
    /// <param name="limit">The time that a thread may spend inside the device (<see cref="CaseRunner.PatienceWith"/>).</param>
    /// <param name="cancellation">Ends the work with what is found.</param>
    public static ShrunkCase Shrink(
        CaseRunner runner, string clause, Case failing, Deviation deviation, TimeSpan limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(failing);
        bool isIsolated = runner.Source is IIsolatedSource;
        if (clause == "PROC-3" || (clause == "PROC-1" && !isIsolated))
        {
            // A race shows less often the smaller the case; and a call that does not end in this process stays in it, one more for each trial.
            return new ShrunkCase(failing, deviation);
        }

        // Whether one call leaves something behind for another shows only where nothing else was called before.
        runner = isIsolated && clause == "MM-16" ? runner with { IsAlwaysFresh = true } : runner;
        CaseShrinker shrinker = new(runner, clause, new ShrunkCase(failing, deviation), cancellation);
        shrinker.RunWithin(limit, () => shrinker.Shrink(failing));
        return shrinker.Best;
    }

    /// <summary>Whether the candidate breaks the clause too; if so, it is the best so far.</summary>
    public bool Keeps(Case candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        double cost = candidate switch
        {
            MatmulCase matmul => matmul.Shape.Products,
            ShardedCase { Sharding: Sharding.Pipeline } sharded => 2 * ShardedCase.HiddenWidth * (double)sharded.Shape.M * (sharded.Shape.K + sharded.Shape.N),
            ShardedCase sharded => 2 * sharded.Shape.Products,
            _ => 0,
        };
        lock (gate)
        {
            if (trials >= MostTrials || products + cost > MostProducts || cancellation.IsCancellationRequested || isDone)
            {
                return false;
            }

            trials++;
            products += cost;
        }

        Deviation? deviation = runner.Try(candidate).DeviationFrom(clause);
        lock (gate)
        {
            if (deviation is null || isDone)
            {
                return false;
            }

            best = new ShrunkCase(candidate, deviation);
            return true;
        }
    }

    private void Shrink(Case failing)
    {
        switch (failing)
        {
            case MatmulCase:
                MatmulShapeShrinker.Shrink(this);
                MatmulDataShrinker.Shrink(this);
                break;
            case CollectiveCase collective:
                CollectiveShrinker.Shrink(this, collective);
                break;
            case BusCase bus:
                BusShrinker.Shrink(this, bus);
                break;
            case ShardedCase:
                ShardedShrinker.Shrink(this);
                break;
            case InterleavingCase:
                InterleavingShrinker.Shrink(this);
                break;
            case TileCase or TransferCase:
                SchedulerShrinker.Shrink(this);
                break;
            case TopologyCase topology:
                _ = Enumerable.Range(0, topology.Sails).Any(sails => Keeps(topology with { Sails = sails }));
                break;
        }
    }

    private void RunWithin(TimeSpan limit, Action shrink)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            clock = CallClock.ForThisThread();
            try
            {
                shrink();
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }

            lock (gate)
            {
                isDone = true;
                Monitor.Pulse(gate);
            }
        })
        { IsBackground = true, Name = "shrink" };
        thread.Start();
        lock (gate)
        {
            while (!isDone && !cancellation.IsCancellationRequested && !(clock?.InCall > limit))
            {
                Monitor.Wait(gate, TimeSpan.FromMilliseconds(50));
            }

            isDone = true;
        }

        if (failure is not null)
        {
            throw new InvalidOperationException($"shrinking {Best.Case.Token} failed: {failure.Message}", failure);
        }
    }
}
