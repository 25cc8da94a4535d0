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
    private readonly RuleBook book;
    private readonly FlightObserver[] observers;
    private readonly AddressChannel aw;
    private readonly WriteDataChannel w;
    private readonly WriteResponseChannel b;
    private readonly AddressChannel ar;
    private readonly ReadDataChannel r;
    private readonly ResetRules reset;
    private readonly DeadlockRule writeDeadlock;
    private readonly DeadlockRule readDeadlock;
    private readonly WriteAssembler? writes;
    private readonly ReadAssembler? reads;
    private AxiCycle lastValids;
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
        book = new(options.FindingsKept);
        observers = [.. Observers(options, recorder)];
        aw = new(AxiSignal.AwValid, options, book);
        w = new(shape, options, book);
        b = new(options, book);
        ar = new(AxiSignal.ArValid, options, book);
        r = new(shape, options, book);
        reset = new(book);
        writeDeadlock = new(options, book, "writes");
        readDeadlock = new(options, book, "reads");
        FlightSetup setup = new(shape, options, book, observers, recorder is not null);
        bool hasWrites = shape.HasChannel(AxiChannel.WriteAddress) && shape.HasChannel(AxiChannel.WriteData) && shape.HasChannel(AxiChannel.WriteResponse);
        writes = hasWrites ? new(setup) : null;
        reads = shape.HasChannel(AxiChannel.ReadAddress) && shape.HasChannel(AxiChannel.ReadData) ? new(setup) : null;
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
        isLive = isLive || (pins.Aw.Valid | pins.W.Valid | pins.B.Valid | pins.Ar.Valid | pins.R.Valid) < AxiBit.Unknown;
        if (!isLive)
        {
            return;
        }

        if (isInReset)
        {
            isInReset = false;
            Restart(cycle);
            reset.PushReleased(pins, cycle);
        }

        liveCycles++;
        AxiBit valids = pins.Aw.Valid | pins.W.Valid | pins.B.Valid | pins.Ar.Valid | pins.R.Valid;
        AxiBit readies = pins.Aw.Ready | pins.W.Ready | pins.B.Ready | pins.Ar.Ready | pins.R.Ready;
        bool isIdle = valids == AxiBit.Low && readies < AxiBit.Unknown;
        if (!isIdle || !isAtRest)
        {
            Judge(pins, cycle);
        }

        // One idle cycle settles whatever waited; the idle cycles after it change nothing.
        isAtRest = isIdle && (writes?.IsSettled ?? true) && (reads?.IsSettled ?? true);
    }

    private void Judge(in AxiCycle pins, long cycle)
    {
        aw.Push(pins.Aw, cycle);
        w.Push(pins.W, cycle);
        b.Push(pins.B, cycle);
        ar.Push(pins.Ar, cycle);
        r.Push(pins.R, cycle);
        writes?.Push(pins, cycle);
        reads?.Push(pins, cycle);
        JudgeProgress(pins, cycle);
        KeepValids(pins);
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
        aw.Close(liveCycles);
        w.Close(liveCycles);
        b.Close(liveCycles);
        ar.Close(liveCycles);
        r.Close(liveCycles);
        bool isComplete = writes?.Close(lastValids, cycles) ?? true;
        isComplete &= reads?.Close(lastValids, cycles) ?? true;
        string? limit = writes?.Limit ?? reads?.Limit;
        return new(book.Results(shape), cycles, isComplete && limit is null, limit);
    }

    private IEnumerable<FlightObserver> Observers(AxiCheckOptions options, AxiRecorder? recorder)
    {
        yield return new AddressRules(shape, book, isRead: false);
        yield return new AddressRules(shape, book, isRead: true);
        yield return new StrobeRule(shape, book);
        yield return new ResponseRules(book);
        yield return new ReadUnknownRule(shape, book);
        if (options.Profile is not null)
        {
            yield return new ProfileRules(shape, options.Profile, book);
            if (options.Profile.TargetIsMemory)
            {
                yield return new ShadowRules(shape, options, book, () => reads?.Open ?? [], () => writes?.IsSettled ?? true);
            }
        }

        if (recorder is not null)
        {
            yield return recorder.Observer;
        }
    }

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
        aw.Forget();
        w.Forget();
        b.Forget();
        ar.Forget();
        r.Forget();
        writeDeadlock.Forget();
        readDeadlock.Forget();
        lastValids = default;
        foreach (FlightObserver observer in observers)
        {
            observer.OnForgotten();
        }
    }

    private void JudgeProgress(in AxiCycle pins, long cycle)
    {
        bool isAwStalled = pins.Aw.Valid == AxiBit.High && pins.Aw.Ready != AxiBit.High;
        bool isWStalled = pins.W.Valid == AxiBit.High && pins.W.Ready != AxiBit.High;
        bool isBStalled = pins.B.Valid == AxiBit.High && pins.B.Ready != AxiBit.High;
        bool hasWriteHandshake = IsTransfer(pins.Aw.Valid, pins.Aw.Ready) || IsTransfer(pins.W.Valid, pins.W.Ready) || IsTransfer(pins.B.Valid, pins.B.Ready);

        // A slave may wait for WVALID before AWREADY; a master may not wait for AWREADY before WVALID (IHI 0022, A3.3.1). Where the data went ahead
        // of the address, it is the slave that waits.
        bool isMasters = isBStalled || (isAwStalled && pins.W.Valid == AxiBit.Low && writes is not { HasDataAhead: true });
        writeDeadlock.Push(hasWriteHandshake, isAwStalled || isWStalled || isBStalled, isMasters ? AxiBlame.Master : AxiBlame.Slave, cycle);

        bool isRStalled = pins.R.Valid == AxiBit.High && pins.R.Ready != AxiBit.High;
        bool isArStalled = pins.Ar.Valid == AxiBit.High && pins.Ar.Ready != AxiBit.High;
        bool hasReadHandshake = IsTransfer(pins.Ar.Valid, pins.Ar.Ready) || IsTransfer(pins.R.Valid, pins.R.Ready);
        readDeadlock.Push(hasReadHandshake, isArStalled || isRStalled, isRStalled ? AxiBlame.Master : AxiBlame.Slave, cycle);
    }

    private static bool IsTransfer(AxiBit valid, AxiBit ready) => valid == AxiBit.High && ready == AxiBit.High;

    private void KeepValids(in AxiCycle pins)
    {
        lastValids.Aw.Valid = pins.Aw.Valid;
        lastValids.W.Valid = pins.W.Valid;
        lastValids.B.Valid = pins.B.Valid;
        lastValids.Ar.Valid = pins.Ar.Valid;
        lastValids.R.Valid = pins.R.Valid;
    }

    private void ThrowIfFinished()
    {
        if (isFinished)
        {
            throw new InvalidOperationException("the trace is finished; a checker judges one trace");
        }
    }
}
