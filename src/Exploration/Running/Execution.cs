using System.Runtime.InteropServices;

namespace Spanker.Conformance.Exploration;

/// <summary>Runs a program once, one step at a time, as a strategy chooses; on one thread, so that nothing else has a say.</summary>
/// <remarks>
/// Tasks run up to their first operation when the run begins. A step does the operation that its thread has announced and runs the task to the next
/// one. What a task does between two operations is its own; what it reads and writes of buffers is noted by <see cref="ITaskHost.Access"/> and judged
/// by happens-before, so it needs no step.
/// </remarks>
public sealed class Execution : ITaskHost
{
    /// <summary>Keys beyond those of the objects: a wait's for each task, then that of passing time.</summary>
    private readonly int firstWaitKey;

    private readonly TaskSlot[] slots;
    private readonly ClockTable clocks;
    private readonly RegionRaces races;
    private readonly List<StepRecord> log = [];
    private readonly int stepLimit;
    private ThreadSet unfinished;
    private ThreadSet armed;
    private ThreadSet expired;
    private ThreadSet environmentLeft;
    private Footprint stepping;
    private int running;
    private int owner;

    /// <summary>Prepares to run <paramref name="program"/>.</summary>
    /// <param name="program">The program; it is reset before each run.</param>
    /// <param name="stepLimit">After so many steps tasks take turns, and after as many again the run is endless.</param>
    public Execution(ExploredProgram program, int stepLimit = 10_000)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepLimit);
        Program = program;
        this.stepLimit = stepLimit;
        Threads = new ThreadMap(program);
        slots = new TaskSlot[Threads.TaskCount];
        for (int task = 0; task < slots.Length; task++)
        {
            slots[task] = new TaskSlot();
        }

        firstWaitKey = program.Objects.Count * SharedObject.FacetCount;
        KeyCount = firstWaitKey + Threads.TaskCount + 1;
        clocks = new ClockTable(Threads.Count, KeyCount, synchronisingOnly: true);
        races = new RegionRaces(clocks, Threads);
    }

    /// <summary>What is run.</summary>
    public ExploredProgram Program { get; }

    /// <summary>Its threads.</summary>
    public ThreadMap Threads { get; }

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<StepRecord> Log => log;

    /// <summary>Number of steps so far.</summary>
    public int Steps => log.Count;

    /// <summary>The first thing that was wrong, or null.</summary>
    public Finding? Finding { get; private set; }

    /// <summary>The threads that wait to do something, permitted or not.</summary>
    public ThreadSet Announced { get; private set; }

    /// <summary>Number of keys that footprints can name.</summary>
    internal int KeyCount { get; }

    /// <summary>True if the last enabled set held because nothing else could go on: timers and what comes late.</summary>
    internal bool Idle { get; private set; }

    /// <inheritdoc/>
    public ValueTask<int> PerformAsync(Operation operation, bool limited = false)
    {
        if (Environment.CurrentManagedThreadId != owner)
        {
            throw new InvalidOperationException($"'{operation}' was begun outside the explorer's thread");
        }

        return slots[running].Stop(operation, limited && Threads.TimerCount > 0);
    }

    /// <inheritdoc/>
    public void Access(int buffer, int first, int count, bool writes)
    {
        if (count > 0 && Finding is null)
        {
            Finding = races.Note(running, buffer, first, count, writes);
        }
    }

    /// <summary>The operation that a thread has announced.</summary>
    public Operation PendingOf(int thread) =>
        Threads.IsTask(thread) ? slots[thread].Pending
        : Threads.IsTimer(thread) ? new Operation(slots[Threads.TaskOf(thread)].Pending.Target, OperationKind.Timer)
        : Threads.ActionOf(thread).Operation;

    /// <summary>Runs the program once.</summary>
    /// <returns>How it ended; <see cref="Finding"/> says what was wrong.</returns>
    public RunEnd Run(Strategy strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);

        // Nothing flows from a step to the next: without it each resumption is a plain call.
        bool flows = !ExecutionContext.IsFlowSuppressed();
        AsyncFlowControl flow = flows ? ExecutionContext.SuppressFlow() : default;
        try
        {
            Start(strategy);
            RunEnd end = GoOn(strategy);
            Finding ??= Conclude(end);
            strategy.Ended(this, end);
            return end;
        }
        finally
        {
            if (flows)
            {
                flow.Undo();
            }

            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>What a thread's announced operation touches, its wait and the passing of time included.</summary>
    internal void Touch(int thread, ref Footprint footprint)
    {
        footprint.Clear();
        if (Threads.IsTimer(thread))
        {
            footprint.WritesKey(firstWaitKey + Threads.TaskOf(thread));
            footprint.WritesKey(firstWaitKey + Threads.TaskCount);
            return;
        }

        if (Threads.IsTask(thread) && expired.Has(thread))
        {
            // The wait is over, whatever its object permits by now: nothing of the object is touched any more.
            footprint.WritesKey(firstWaitKey + thread);
            return;
        }

        Operation operation = PendingOf(thread);
        operation.Target.Touch(operation, ref footprint);
        if (Threads.IsTask(thread))
        {
            if (slots[thread].Limited)
            {
                footprint.WritesKey(firstWaitKey + thread);
            }
        }
        else if (Threads.TimerCount > 0 || Threads.ActionOf(thread).WhenIdle)
        {
            // What the environment does can let a task go on, and then no time passes.
            footprint.WritesKey(firstWaitKey + Threads.TaskCount);
        }
    }

    private void Start(Strategy strategy)
    {
        log.Clear();
        Finding = null;
        armed = ThreadSet.None;
        expired = ThreadSet.None;
        clocks.Reset();
        races.Reset();
        Program.Reset();
        foreach (SharedObject shared in CollectionsMarshal.AsSpan((List<SharedObject>)Program.Objects))
        {
            shared.Reset();
        }

        owner = Environment.CurrentManagedThreadId;
        unfinished = ThreadSet.FirstOnes(Threads.TaskCount);
        environmentLeft = new ThreadSet(ThreadSet.FirstOnes(Threads.Count).Bits & ~ThreadSet.FirstOnes(Threads.FirstOfEnvironment).Bits);
        Announced = environmentLeft;
        strategy.Started(this);
        for (int task = 0; task < slots.Length; task++)
        {
            slots[task].Reset();
            running = task;
#pragma warning disable CA2012 // The slot keeps the task and looks at its result once, when it has ended.
            slots[task].Body = Program.RunTaskAsync(task, this);
#pragma warning restore CA2012
            Settle(task, strategy);
        }
    }

    private RunEnd GoOn(Strategy strategy)
    {
        int turn = 0;
        while (true)
        {
            if (Finding is { Kind: FindingKind.Nondeterminism })
            {
                return RunEnd.Uncontrolled;
            }

            ThreadSet enabled = Enabled(out bool anyRequired);
            if (!anyRequired && !unfinished.IsEmpty)
            {
                // A failure that may come could let the tasks go on, but it need not come.
                Finding ??= Stuck();
            }

            if (enabled.IsEmpty)
            {
                return unfinished.IsEmpty ? RunEnd.Complete : RunEnd.Stuck;
            }

            if (log.Count >= 2 * stepLimit)
            {
                return RunEnd.Endless;
            }

            int thread;
            if (log.Count >= stepLimit)
            {
                // A fair suffix: whoever does not end now does not end because of the schedule.
                thread = NextInTurn(enabled, ref turn);
            }
            else
            {
                thread = strategy.Choose(this, enabled);
                if (thread < 0)
                {
                    return RunEnd.Pruned;
                }

                if (!enabled.Has(thread))
                {
                    Finding = new Finding(
                        FindingKind.Nondeterminism,
                        $"the schedule lets {Threads.NameOf(thread)} go on at step {log.Count}, where it cannot: another program, or one that did something else than before");
                    return RunEnd.Uncontrolled;
                }
            }

            Step(thread, strategy);
        }
    }

    private ThreadSet Enabled(out bool anyRequired)
    {
        ulong enabled = 0;
        for (ulong left = unfinished.Bits; left != 0; left &= left - 1)
        {
            int task = System.Numerics.BitOperations.TrailingZeroCount(left);
            if (expired.Has(task) || slots[task].Pending.Target.Permits(slots[task].Pending))
            {
                enabled |= 1UL << task;
            }
        }

        Idle = enabled == 0;
        bool timePasses = Idle || Program.SpuriousTimeouts;
        if (timePasses && Threads.TimerCount > 0)
        {
            enabled |= armed.Except(expired).Bits << Threads.TaskCount;
        }

        anyRequired = enabled != 0;
        for (ulong left = environmentLeft.Bits; left != 0; left &= left - 1)
        {
            int thread = System.Numerics.BitOperations.TrailingZeroCount(left);
            EnvironmentAction action = Threads.ActionOf(thread);
            if ((Idle || !action.WhenIdle) && action.Operation.Target.Permits(action.Operation))
            {
                enabled |= 1UL << thread;
                anyRequired |= action.WhenIdle;
            }
        }

        return new ThreadSet(enabled);
    }

    private void Step(int thread, Strategy strategy)
    {
        ref Footprint footprint = ref stepping;
        Touch(thread, ref footprint);
        bool afterAll = Idle && !Threads.IsTask(thread) && (Threads.IsTimer(thread) ? !Program.SpuriousTimeouts : Threads.ActionOf(thread).WhenIdle);
        strategy.Stepping(this, thread, footprint, afterAll);
        clocks.Add(thread, footprint, afterAll);
        Operation operation = PendingOf(thread);
        if (Threads.IsTimer(thread))
        {
            int task = Threads.TaskOf(thread);
            log.Add(new StepRecord(thread, operation, 0));
            expired = expired.With(task);
            Announced = Announced.Without(thread);
            return;
        }

        bool lapsed = Threads.IsTask(thread) && expired.Has(thread);
        int outcome = lapsed ? StepOutcome.TimedOut : operation.Target.Perform(operation);
        log.Add(new StepRecord(thread, operation, outcome));
        if (!Threads.IsTask(thread))
        {
            environmentLeft = environmentLeft.Without(thread);
            Announced = Announced.Without(thread);
            return;
        }

        Announced = Announced.Without(thread);
        if (slots[thread].Limited)
        {
            int timer = Threads.TimerOf(thread);
            armed = armed.Without(thread);
            expired = expired.Without(thread);
            if (Announced.Has(timer))
            {
                strategy.Withdrawn(this, timer);
                Announced = Announced.Without(timer);
            }
        }

        running = thread;
        slots[thread].Resume(outcome);
        Settle(thread, strategy);
    }

    /// <summary>After a task ran: it has announced an operation, or it has ended, or somebody else controls it.</summary>
    private void Settle(int task, Strategy strategy)
    {
        TaskSlot slot = slots[task];
        if (slot.Waits)
        {
            if (!slot.Awaited)
            {
                Uncontrolled(task, $"announced '{slot.Pending}' and did not wait for it");
                return;
            }

            Announced = Announced.With(task);
            if (slot.Limited)
            {
                armed = armed.With(task);
                int timer = Threads.TimerOf(task);
                Announced = Announced.With(timer);
                strategy.Armed(this, timer, task);
                clocks.Inherit(timer, task);
            }

            return;
        }

        if (!slot.Body.IsCompleted)
        {
            Uncontrolled(task, "waits for something that the explorer does not control");
            return;
        }

        unfinished = unfinished.Without(task);
        try
        {
            slot.Body.GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // Whatever ends a task is a finding about the program, with its schedule.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Finding ??= new Finding(FindingKind.WrongResult, $"{Threads.NameOf(task)} ended with {failure.GetType().Name}: {failure.Message}");
        }
    }

    private void Uncontrolled(int task, string what)
    {
        unfinished = unfinished.Without(task);
        Finding = new Finding(FindingKind.Nondeterminism, $"{Threads.NameOf(task)} {what}");
    }

    private Finding? Conclude(RunEnd end) => end switch
    {
        RunEnd.Complete => Program.Judge(),
        RunEnd.Endless => new Finding(FindingKind.Livelock, $"the program still ran after {log.Count} steps, the last {stepLimit} of them with every task in turn"),
        _ => null,
    };

    private Finding Stuck()
    {
        List<string> waiting = [];
        bool missed = false;
        for (int task = 0; task < slots.Length; task++)
        {
            if (unfinished.Has(task))
            {
                Operation pending = slots[task].Pending;
                bool lost = pending.Target.MissedSignal(pending);
                missed |= lost;
                waiting.Add($"{Threads.NameOf(task)} waits to {pending}{(lost ? ", which came when nobody waited" : string.Empty)}");
            }
        }

        return new Finding(missed ? FindingKind.LostWakeUp : FindingKind.Deadlock, string.Join("; ", waiting));
    }

    private int NextInTurn(ThreadSet enabled, ref int turn)
    {
        while (!enabled.Has(turn % Threads.Count))
        {
            turn++;
        }

        return turn++ % Threads.Count;
    }
}
