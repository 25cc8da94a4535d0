namespace Spanker.Conformance.Axi4;

/// <summary>
/// Judges a trace by every rule in one pass: push the cycles of one interface in order, tell of gaps, then finish. A pushed cycle is read
/// and not kept; the steady state allocates nothing.
/// </summary>
/// <example>
/// <code>
/// AxiChecker checker = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA);
/// AxiCycle pins = default;
/// foreach (var edge in edges) { pins.Set(AxiSignal.AwValid, 1); ... checker.Push(pins); }
/// AxiVerdict verdict = checker.Finish();
/// </code>
/// </example>
public sealed class AxiChecker : IAxiProbe
{
    private readonly AxiBusShape shape;
    private readonly int words;
    private readonly RuleBook book;
    private readonly FlightObserver[] observers;
    private readonly CycleRules pinRules;
    private readonly ResetRules reset;
    private readonly WriteAssembler? writes;
    private readonly ReadAssembler? reads;
    private int lastValid;
    private long cycles;
    private long liveCycles;
    private bool isAtRest;
    private bool isInReset;
    private bool isLive;
    private bool isFinished;

    /// <summary>A checker for one interface.</summary>
    /// <param name="shape">What the interface looks like.</param>
    /// <param name="options">Profile, waits and limits.</param>
    /// <param name="recorder">Also collects the transactions, if given.</param>
    public AxiChecker(AxiBusShape shape, AxiCheckOptions options, AxiRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        this.shape = shape;
        words = shape.DataWords;
        book = new(options.FindingsKept);
        List<AxiFlight> openReads = [];
        DirectionTrust writeTrust = DirectionTrust.Of(options);
        observers = [.. Observers(options, recorder, openReads, writeTrust)];
        pinRules = new(shape, options, book);
        reset = new(book);
        FlightSetup setup = new(shape, options, book, observers, recorder is not null);
        bool hasWrites = shape.HasChannel(AxiChannel.WriteAddress) && shape.HasChannel(AxiChannel.WriteData) && shape.HasChannel(AxiChannel.WriteResponse);
        writes = hasWrites ? new(setup, writeTrust) : null;
        reads = shape.HasChannel(AxiChannel.ReadAddress) && shape.HasChannel(AxiChannel.ReadData) ? new(setup, openReads) : null;
        isLive = shape.Signals.Has(AxiSignal.Reset);
    }

    /// <summary>Cycles pushed so far; the next has this number.</summary>
    public long Cycles => cycles;

    /// <summary>Judges the next cycle.</summary>
    /// <exception cref="InvalidOperationException">The trace was finished.</exception>
    public void Push(in AxiCycle pins)
    {
        ThrowIfFinished();
        long cycle = cycles++;
        if (pins.Reset != AxiBit.Low)
        {
            PushInReset(pins, cycle);
            return;
        }

        // Without a reset to wait for, judging begins when the interface has come out of its x.
        CycleState state = CycleState.Of(pins, words);
        if (!isLive)
        {
            isLive = !state.HasUnknownValid;
            if (!isLive)
            {
                return;
            }
        }

        if (isInReset)
        {
            isInReset = false;
            Restart(cycle);
            reset.PushReleased(pins, cycle);
        }

        liveCycles++;
        bool isIdle = state.IsIdle;
        if (isIdle && isAtRest)
        {
            return;
        }

        lastValid = state.Valid;
        pinRules.Push(pins, state, hasDataAhead: state.Waiting != 0 && writes is { HasDataAhead: true }, cycle);
        writes?.Push(pins, state, cycle);
        reads?.Push(pins, state, cycle);

        // One idle cycle settles whatever waited; the idle cycles after it change nothing.
        isAtRest = isIdle && (writes?.IsSettled ?? true) && (reads?.IsSettled ?? true);
    }

    /// <summary>Cycles are missing here ($dumpoff): whatever was on its way is forgotten, and nothing is concluded from it.</summary>
    public void Gap()
    {
        ThrowIfFinished();
        isInReset = false;
        ForgetCycles();
        writes?.Gap(cycles);
        reads?.Gap(cycles);
    }

    /// <summary>Ends the trace.</summary>
    /// <exception cref="InvalidOperationException">The trace was finished before.</exception>
    public AxiVerdict Finish()
    {
        ThrowIfFinished();
        isFinished = true;
        pinRules.Close(liveCycles);
        CycleState last = new(lastValid);
        bool isComplete = writes?.Close(last, cycles) ?? true;
        isComplete &= reads?.Close(last, cycles) ?? true;
        string? limit = writes?.Limit ?? reads?.Limit;
        return new(book.Results(shape), cycles, isComplete && limit is null, limit);
    }

    private IEnumerable<FlightObserver> Observers(AxiCheckOptions options, AxiRecorder? recorder, List<AxiFlight> openReads, DirectionTrust writeTrust)
    {
        yield return new AddressRules(shape, book, isRead: false);
        yield return new AddressRules(shape, book, isRead: true);
        yield return new StrobeRule(shape, book);
        yield return new ResponseRules(book);
        yield return new ReadUnknownRule(shape, book);
        if (options.Profile is not null)
        {
            yield return new ProfileRules(shape, options.Profile, book);
            if (options.Profile.TargetIsMemory && ShowsWrites())
            {
                yield return new ShadowRules(shape, options, book, openReads, writeTrust);
            }
        }

        if (recorder is not null)
        {
            yield return recorder.Observer;
        }
    }

    // What was written must be seen, or nothing was written here: else a shadow takes old data for wrong data.
    private bool ShowsWrites() =>
        !shape.HasChannel(AxiChannel.WriteAddress) || shape.Signals.HasAll(AxiSignalSet.Of(AxiSignal.AwAddr, AxiSignal.WData));

    private void PushInReset(in AxiCycle pins, long cycle)
    {
        if (isInReset)
        {
            reset.PushInReset(pins, cycle);
            return;
        }

        isInReset = true;
        Restart(cycle);
    }

    private void Restart(long cycle)
    {
        ForgetCycles();
        writes?.Reset(cycle);
        reads?.Reset(cycle);
    }

    private void ForgetCycles()
    {
        isAtRest = false;
        pinRules.Forget();
        lastValid = 0;
        foreach (FlightObserver observer in observers)
        {
            observer.OnForgotten();
        }
    }

    private void ThrowIfFinished()
    {
        if (isFinished)
        {
            throw new InvalidOperationException("the trace is finished; a checker judges one trace");
        }
    }
}
