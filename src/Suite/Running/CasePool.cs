using System.Collections.Concurrent;

namespace Spanker.Conformance.Suite;

/// <summary>Runs cases on several threads, each call of a device within a time limit, and keeps their records in the cases' order.</summary>
/// <remarks>
/// A call that hangs in this process cannot be ended. Its thread is left behind (a background thread, so it does not keep the process alive),
/// its case is recorded as over the limit, and a fresh thread takes its place; after <see cref="MostAbandoned"/> of them the pool gives up.
/// </remarks>
public sealed class CasePool
{
    /// <summary>The most hung threads that are left behind before the rest of the cases is given up.</summary>
    public const int MostAbandoned = 16;

    private readonly IReadOnlyList<Case> cases;
    private readonly Func<Case, CaseRecord> tryCase;
    private readonly TimeSpan limit;
    private readonly CaseRecord?[] records;
    private readonly ConcurrentQueue<int> pending;
    private readonly object gate = new();
    private readonly List<Worker> workers = [];
    private int finished;
    private int recorded;

    private CasePool(IReadOnlyList<Case> cases, Func<Case, CaseRecord> tryCase, TimeSpan limit)
    {
        this.cases = cases;
        this.tryCase = tryCase;
        this.limit = limit;
        records = new CaseRecord?[cases.Count];
        pending = new ConcurrentQueue<int>(Enumerable.Range(0, cases.Count));
    }

    /// <summary>Runs all cases. A record is null where the run was cancelled, or given up, before it.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="tryCase">Tries one; called from several threads.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="limit">The time that one call of the device may take (<see cref="CallClock"/>).</param>
    /// <param name="progress">Told after each case; called on the caller's thread.</param>
    /// <param name="cancellation">Ends the run at the next case.</param>
    public static IReadOnlyList<CaseRecord?> Run(
        IReadOnlyList<Case> cases,
        Func<Case, CaseRecord> tryCase,
        int threads,
        TimeSpan limit,
        Action? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(tryCase);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        CasePool pool = new(cases, tryCase, limit);
        pool.RunAll(Math.Min(threads, Math.Max(1, cases.Count)), progress, cancellation);
        return pool.records;
    }

    private void RunAll(int threads, Action? progress, CancellationToken cancellation)
    {
        for (int i = 0; i < threads; i++)
        {
            StartWorker();
        }

        int done = 0;
        int abandoned = 0;
        while (done < cases.Count && abandoned <= MostAbandoned && !cancellation.IsCancellationRequested)
        {
            for (int more = TakeFinished(); more > 0; more--)
            {
                done++;
                progress?.Invoke();
            }

            int overdue = AbandonOverdue();
            abandoned += overdue;
            done += overdue;
        }

        pending.Clear();
        lock (gate)
        {
            // A call in flight may end later; it must not change what has been handed out.
            workers.ForEach(worker => worker.IsAbandoned = true);
        }
    }

    // Waits for a case to be done, but no longer than a person would call at once: Ctrl-C and overdue cases are looked for in between.
    private int TakeFinished()
    {
        lock (gate)
        {
            if (recorded < cases.Count)
            {
                Monitor.Wait(gate, TimeSpan.FromMilliseconds(50));
            }

            int taken = finished;
            finished = 0;
            return taken;
        }
    }

    private void StartWorker()
    {
        Worker worker = new();
        lock (gate)
        {
            workers.Add(worker);
        }

        new Thread(() => Work(worker)) { IsBackground = true, Name = "case" }.Start();
    }

    private void Work(Worker worker)
    {
        lock (gate)
        {
            worker.Clock = CallClock.ForThisThread();
        }

        while (pending.TryDequeue(out int index))
        {
            lock (gate)
            {
                if (worker.IsAbandoned)
                {
                    return;
                }

                worker.Index = index;
            }

            CaseRecord record = TryOne(cases[index]);
            lock (gate)
            {
                if (worker.IsAbandoned)
                {
                    return;
                }

                records[index] = record;
                worker.Index = -1;
                finished++;
                recorded++;

                // Waking the caller costs more than most cases: in between it looks by itself.
                if (recorded == cases.Count)
                {
                    Monitor.Pulse(gate);
                }
            }
        }
    }

    // Nothing that a case throws may end the process, and with it what is known of the others.
    private CaseRecord TryOne(Case tried)
    {
        try
        {
            return tryCase(tried);
        }
        catch (Exception failure)
        {
            CaseRecord record = new(tried);
            record.SayNothing($"{failure.GetType().Name}: {failure.Message}");
            return record;
        }
    }

    private int AbandonOverdue()
    {
        int overdue = 0;
        lock (gate)
        {
            foreach (Worker worker in workers.Where(w => !w.IsAbandoned && w.Index >= 0 && w.Clock?.InCall > limit))
            {
                worker.IsAbandoned = true;
                records[worker.Index] = OverLimit(cases[worker.Index]);
                recorded++;
                overdue++;
            }

            workers.RemoveAll(worker => worker.IsAbandoned);
        }

        for (int i = 0; i < overdue; i++)
        {
            StartWorker();
        }

        return overdue;
    }

    private CaseRecord OverLimit(Case tried)
    {
        CaseRecord record = new(tried);
        string text = $"the call did not end within {limit.TotalSeconds:0.###} s";
        record.Observe("PROC-1", new Deviation(text, $"an answer within {limit.TotalSeconds:0.###} s", "none"));
        return record;
    }

    private sealed class Worker
    {
        public int Index { get; set; } = -1;

        public CallClock? Clock { get; set; }

        public bool IsAbandoned { get; set; }
    }
}
