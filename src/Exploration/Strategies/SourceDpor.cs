namespace Spanker.Conformance.Exploration;

/// <summary>Exhaustive search with partial-order reduction: every Mazurkiewicz trace of the program once.</summary>
/// <remarks>
/// Source sets and sleep sets after Abdulla, Aronis, Jonsson and Sagonas, "Optimal dynamic partial order reduction", POPL 2014 (algorithm 1); sleep sets
/// after Godefroid 1996. Runs that a sleep set blocks are counted apart: only the optimal variant has none. It differs from the paper in this:
/// operations that wait are given as operations that may be not enabled, and tokens (<see cref="Footprint"/>) order without being a choice;
/// an operation that was announced and never done (blocked at a deadlock, a timer withdrawn, a fault that did not happen) is raced as if it came last;
/// where the only initial of a reversal is not enabled, all enabled threads are added, as Flanagan and Godefroid, POPL 2005, do; an event before which
/// the later one had waited in vain cannot be reversed by itself, so the race with what comes before that event is reversed too; an
/// operation whose limit passed is raced with all that it conflicts with before and after that, since without the limit it could have come at any of these moments.
/// </remarks>
public sealed class SourceDpor : Strategy
{
    private readonly List<Node> nodes = [];
    private readonly Action<int> noteRace;
    private readonly int[] firstSeen = new int[ExploredProgram.MostThreads];
    private ClockTable? clocks;
    private int[] known = [];
    private int[] racing = [];
    private int racer;
    private int depth;
    private int branch;
    private bool begun;
    private readonly List<int> races = [];
    private readonly List<Footprint> done = [];
    private readonly List<GivenUp> givenUp = [];
    private readonly int[] lastStep = new int[ExploredProgram.MostThreads];
    private Footprint racersTouch;
    private int tasks;
    private ThreadSet timers;
    private ThreadSet asleepNext;
    private ThreadSet asleepAtEnd;

    /// <summary>A search from the start.</summary>
    public SourceDpor()
    {
        noteRace = NoteRace;
    }

    /// <inheritdoc/>
    public override string Name => "exhaustive";

    /// <inheritdoc/>
    public override bool Exhausts => true;

    /// <inheritdoc/>
    public override bool Begin()
    {
        depth = 0;
        if (!begun)
        {
            begun = true;
            return true;
        }

        for (int at = nodes.Count - 1; at >= 0; at--)
        {
            Node node = nodes[at];
            ThreadSet left = node.Backtrack.Except(node.Done).Except(node.Sleep);
            if (!left.IsEmpty)
            {
                nodes.RemoveRange(at + 1, nodes.Count - at - 1);
                branch = at;
                node.Chosen = left.First;
                node.Done = node.Done.With(node.Chosen);
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override int Choose(Execution run, ThreadSet enabled)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (depth < nodes.Count)
        {
            return nodes[depth].Chosen;
        }

        ThreadSet sleep = depth == 0 ? ThreadSet.None : asleepNext;
        ThreadSet awake = enabled.Except(sleep);
        if (awake.IsEmpty)
        {
            asleepAtEnd = enabled;
            return -1;
        }

        // Going on with the same task keeps schedules readable; what the environment may do comes last.
        int last = depth == 0 ? -1 : nodes[depth - 1].Chosen;
        int chosen = last >= 0 && awake.Has(last) ? last : awake.First;
        nodes.Add(new Node
        {
            Enabled = enabled,
            Sleep = sleep,
            Chosen = chosen,
            Backtrack = ThreadSet.Of(chosen),
            Done = ThreadSet.Of(chosen),
        });
        return chosen;
    }

    /// <inheritdoc/>
    protected internal override void Started(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        clocks ??= new ClockTable(run.Threads.Count, run.KeyCount, synchronisingOnly: false);
        known = known.Length == run.Threads.Count ? known : new int[run.Threads.Count];
        racing = racing.Length == run.Threads.Count ? racing : new int[run.Threads.Count];
        clocks.Reset();
        done.Clear();
        givenUp.Clear();
        Array.Fill(lastStep, -1);
        tasks = run.Threads.TaskCount;
        timers = ThreadSet.FirstOnes(run.Threads.FirstOfEnvironment).Except(ThreadSet.FirstOnes(run.Threads.TaskCount));
        asleepNext = ThreadSet.None;
    }

    /// <inheritdoc/>
    protected internal override void Stepping(Execution run, int thread, in Footprint footprint, bool afterAll)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (depth >= nodes.Count)
        {
            // Beyond the limit of steps the search has no say.
            return;
        }

        Node node = nodes[depth];
        if (run.Threads.IsTimer(thread))
        {
            int task = run.Threads.TaskOf(thread);
            Footprint given = default;
            run.Touch(task, ref given);
            givenUp.Add(new GivenUp(task, clocks!.Count, given, clocks.ClockOf(task).ToArray(), afterAll));
        }

        if (depth >= branch && !afterAll)
        {
            CollectRaces(thread, footprint);
        }

        if (depth >= branch)
        {
            ThreadSet asleep = node.Sleep.Or(node.Done).Without(thread);
            asleepNext = StillAsleep(run, asleep, thread, footprint, afterAll);
        }

        int step = clocks!.Count;
        done.Add(footprint);
        lastStep[thread] = step;
        clocks.Add(thread, footprint, afterAll);
        depth++;
        if (races.Count > 0)
        {
            clocks.RowOf(step).CopyTo(racing);
            foreach (int earlier in races)
            {
                Reverse(earlier, thread, step);
            }

            races.Clear();
        }
    }

    /// <inheritdoc/>
    protected internal override void Armed(Execution run, int timer, int task) => clocks!.Inherit(timer, task);

    /// <inheritdoc/>
    protected internal override void Withdrawn(Execution run, int timer) => RaceAnnounced(run, timer);

    /// <inheritdoc/>
    protected internal override void Ended(Execution run, RunEnd end)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (end is RunEnd.Endless or RunEnd.Uncontrolled)
        {
            return;
        }

        // Of a run that was given up, those that sleep go on in another run; those that are blocked may have to come earlier here.
        for (ThreadSet left = run.Announced.Except(end == RunEnd.Pruned ? asleepAtEnd : ThreadSet.None); !left.IsEmpty; left = left.WithoutFirst())
        {
            RaceAnnounced(run, left.First);
        }

        foreach (GivenUp wait in givenUp)
        {
            RaceGivenUp(wait);
        }
    }

    /// <summary>
    /// Races of an operation whose limit passed. Without the limit it could have been done at any later moment, so it is raced with every event that
    /// it conflicts with and that the limit did not bring about, and with the limit itself where that came of its own accord.
    /// </summary>
    private void RaceGivenUp(in GivenUp wait)
    {
        wait.Known.CopyTo(racing, 0);
        racing[wait.Task]++;
        for (int step = 0; step < clocks!.Count; step++)
        {
            if (IsRace(wait, step) && step != wait.Step)
            {
                clocks.Join(racing, step);
            }
        }

        for (int step = 0; step < clocks.Count; step++)
        {
            if (IsRace(wait, step))
            {
                Reverse(step, wait.Task, clocks.Count, without: wait.Step);
            }
        }
    }

    private bool IsRace(in GivenUp wait, int step) => step == wait.Step
        ? !wait.AfterAll
        : clocks!.ThreadOf(step) != wait.Task && !clocks.Before(wait.Step, clocks.RowOf(step)) && !clocks.Before(step, wait.Known)
            && wait.Footprint.ConflictsWith(done[step]);

    /// <summary>Races of an operation that was announced and is not done in this run, as if it were done now.</summary>
    private void RaceAnnounced(Execution run, int thread)
    {
        if (depth > nodes.Count || clocks!.Count == 0)
        {
            return;
        }

        Footprint footprint = default;
        run.Touch(thread, ref footprint);
        CollectRaces(thread, footprint);
        if (races.Count == 0)
        {
            return;
        }

        clocks.ClockOf(thread).CopyTo(racing);
        clocks.JoinConflicts(racing, footprint);
        racing[thread] = clocks.CountOf(thread) + 1;
        foreach (int earlier in races)
        {
            Reverse(earlier, thread, clocks.Count);
        }

        races.Clear();
    }

    private void CollectRaces(int thread, in Footprint footprint)
    {
        racer = thread;
        racersTouch = footprint;
        clocks!.ClockOf(thread).CopyTo(known);
        clocks.ForEachConflict(thread, footprint, noteRace);
    }

    private void NoteRace(int earlier)
    {
        // What ended a wait cannot come after it, but what began the wait can: a value that was there, went and came again can be had both times.
        for (int step = earlier; AddRace(step) && WaitedBefore(step);)
        {
            do
            {
                step--;
            }
            while (step >= 0 && !racersTouch.ConflictsWith(done[step]));
            if (step < 0)
            {
                return;
            }
        }
    }

    private bool AddRace(int earlier)
    {
        bool isRace = clocks!.ThreadOf(earlier) != racer && !clocks.Before(earlier, known) && !races.Contains(earlier);
        if (isRace)
        {
            races.Add(earlier);
        }

        return isRace;
    }

    /// <summary>True if before that step the racing operation was announced by its task, and could not be done.</summary>
    private bool WaitedBefore(int step) => racer < tasks && lastStep[racer] < step && !nodes[step].Enabled.Has(racer);

    private static ThreadSet StillAsleep(Execution run, ThreadSet asleep, int thread, in Footprint footprint, bool afterAll)
    {
        if (afterAll)
        {
            return ThreadSet.None;
        }

        ThreadSet still = asleep;
        for (ThreadSet left = asleep; !left.IsEmpty; left = left.WithoutFirst())
        {
            Footprint other = default;
            run.Touch(left.First, ref other);
            if (footprint.ConflictsWith(other))
            {
                still = still.Without(left.First);
            }
        }

        return still;
    }

    /// <summary>Sees to it that at the node before <paramref name="earlier"/> some run begins in which <paramref name="thread"/>'s event comes first.</summary>
    /// <param name="earlier">The earlier event of the race.</param>
    /// <param name="thread">Thread of the later one, whose clock is <see cref="racing"/>.</param>
    /// <param name="end">The later event's step.</param>
    /// <param name="without">A step that has no part in that run, with all that comes of it; or none.</param>
    private void Reverse(int earlier, int thread, int end, int without = -1)
    {
        Node node = nodes[earlier];
        ThreadSet seen = ThreadSet.None;
        ThreadSet initials = ThreadSet.None;
        for (int step = earlier + 1; step < end; step++)
        {
            ReadOnlySpan<int> row = clocks!.RowOf(step);
            if (clocks.Before(earlier, row) || (without >= 0 && clocks.Before(without, row)))
            {
                continue;
            }

            int of = clocks.ThreadOf(step);
            if (!seen.Has(of))
            {
                if (!AfterAny(seen, row))
                {
                    initials = initials.With(of);
                }

                seen = seen.With(of);
                firstSeen[of] = clocks.IndexOf(step);
            }
        }

        if (!seen.Has(thread) && !AfterAny(seen, racing))
        {
            initials = initials.With(thread);
        }

        if (!initials.And(node.Backtrack).IsEmpty)
        {
            return;
        }

        ThreadSet possible = initials.And(node.Enabled);
        if (!possible.IsEmpty)
        {
            node.Backtrack = node.Backtrack.With(possible.Except(node.Sleep) is { IsEmpty: false } awake ? awake.First : possible.First);
        }
        else if (!timers.Has(thread))
        {
            node.Backtrack = node.Backtrack.Or(node.Enabled);
        }
    }

    private bool AfterAny(ThreadSet seen, ReadOnlySpan<int> clock)
    {
        for (ThreadSet left = seen; !left.IsEmpty; left = left.WithoutFirst())
        {
            if (clock[left.First] >= firstSeen[left.First])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A wait whose limit passed.</summary>
    /// <param name="Task">Whose.</param>
    /// <param name="Step">The step in which it passed.</param>
    /// <param name="Footprint">What the operation would have touched.</param>
    /// <param name="Known">The task's clock.</param>
    /// <param name="AfterAll">True if nothing else could go on then.</param>
    private readonly record struct GivenUp(int Task, int Step, Footprint Footprint, int[] Known, bool AfterAll);

    private sealed class Node
    {
        internal ThreadSet Enabled { get; init; }

        internal ThreadSet Sleep { get; init; }

        internal ThreadSet Backtrack { get; set; }

        internal ThreadSet Done { get; set; }

        internal int Chosen { get; set; }
    }
}
