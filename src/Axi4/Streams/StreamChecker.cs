namespace Spanker.Conformance.Axi4;

/// <summary>Judges a valid/ready stream in one pass: push its cycles in order, tell of gaps, then finish.</summary>
public sealed class StreamChecker
{
    private readonly StreamShape shape;
    private readonly AxiCheckOptions options;
    private readonly Dictionary<AxiRule, RuleTally> book;
    private readonly RuleTally[] stable;
    private readonly RuleTally[] unknown;
    private readonly StreamLanes lanes;
    private readonly StreamCycle kept;
    private long cycles;
    private long liveCycles;
    private long offers;
    private long repeats;
    private long transfers;
    private long waitedCycles;
    private bool isStalled;
    private bool isInReset;
    private bool isLive;
    private bool isFinished;

    /// <summary>A checker for one stream.</summary>
    /// <param name="shape">Its pins.</param>
    /// <param name="options">Waits and limits; a profile says nothing of streams.</param>
    public StreamChecker(StreamShape shape, AxiCheckOptions options)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        this.shape = shape;
        this.options = options;
        book = StreamRules.All.ToDictionary(rule => rule, rule => new RuleTally(rule, options.FindingsKept));
        stable = [.. shape.Payload.Select(pin => book[StreamRules.StableOf(pin.Role)])];
        unknown = [.. shape.Payload.Select(pin => book[StreamRules.UnknownOf(pin.Role)])];
        lanes = new(shape);
        kept = new(shape);
        isLive = shape.HasReset;
    }

    /// <summary>Judges the next cycle; it is read and not kept.</summary>
    /// <exception cref="InvalidOperationException">The trace was finished.</exception>
    public void Push(StreamCycle pins)
    {
        ArgumentNullException.ThrowIfNull(pins);
        ThrowIfFinished();
        long cycle = cycles++;
        if (pins.Reset != AxiBit.Low)
        {
            isInReset = true;
            Forget();
            return;
        }

        // Without a reset to wait for, judging begins when VALID has come out of its x.
        isLive = isLive || pins.Valid != AxiBit.Unknown;
        if (!isLive)
        {
            return;
        }

        if (isInReset && pins.Valid != AxiBit.Unknown)
        {
            book[StreamRules.ValidReset].Judge(pins.Valid == AxiBit.Low, cycle, "VALID is high on the first edge after reset");
        }

        isInReset = false;
        liveCycles++;
        JudgeUnknown(pins, cycle);
        JudgeOffer(pins, cycle);
    }

    /// <summary>Cycles are missing here: nothing is concluded across it.</summary>
    public void Gap()
    {
        ThrowIfFinished();
        isInReset = false;
        Forget();
    }

    /// <summary>Ends the trace.</summary>
    /// <exception cref="InvalidOperationException">The trace was finished before.</exception>
    public StreamVerdict Finish()
    {
        ThrowIfFinished();
        isFinished = true;
        book[StreamRules.ValidStable].Arm(repeats);
        book[StreamRules.ValidUnknown].Arm(liveCycles);
        book[StreamRules.ReadyUnknown].Arm(liveCycles);
        foreach (RuleTally tally in stable)
        {
            tally.Arm(repeats);
        }

        foreach (RuleTally tally in unknown)
        {
            tally.Arm(offers);
        }

        return new([.. StreamRules.All.Select(rule => book[rule].Result(IsObservable(rule)))], cycles, transfers, waitedCycles == 0 || waitedCycles >= options.QuietCycles);
    }

    private bool IsObservable(AxiRule rule) =>
        (shape.IsFourState || !rule.NeedsFourState)
        && (shape.HasReset || rule != StreamRules.ValidReset)
        && (StreamRules.PayloadRoles.FirstOrDefault(role => rule == StreamRules.StableOf(role) || rule == StreamRules.UnknownOf(role)) is not string role
            || shape.Payload.Any(pin => pin.Role == role));

    private void JudgeUnknown(StreamCycle pins, long cycle)
    {
        if (pins.Valid == AxiBit.Unknown)
        {
            Report(book[StreamRules.ValidUnknown], cycle, "VALID is x");
        }

        if (pins.Ready == AxiBit.Unknown)
        {
            Report(book[StreamRules.ReadyUnknown], cycle, "READY is x");
        }

        if (pins.Valid == AxiBit.High && pins.HasUnknown())
        {
            for (int pin = 0; pin < unknown.Length; pin++)
            {
                if (lanes.HasUnknown(pins, pin))
                {
                    Report(unknown[pin], cycle, $"{StreamRules.NameOf(shape.Payload[pin].Role)} has x while VALID is high");
                }
            }
        }
    }

    private void JudgeOffer(StreamCycle pins, long cycle)
    {
        if (pins.Valid != AxiBit.High)
        {
            if (isStalled && pins.Valid == AxiBit.Low)
            {
                book[StreamRules.ValidStable].Violate(cycle, "VALID fell while it waited for READY");
            }

            Forget();
            return;
        }

        offers++;
        if (isStalled)
        {
            repeats++;
            JudgePayload(pins, cycle);
        }

        // With READY at x it is not known whether the payload was taken.
        isStalled = pins.Ready == AxiBit.Low;
        if (isStalled)
        {
            pins.CopyTo(kept);
        }

        if (pins.Ready == AxiBit.High)
        {
            transfers++;
            EndWait();
        }
        else
        {
            Wait(cycle);
        }
    }

    private void JudgePayload(StreamCycle pins, long cycle)
    {
        if (pins.HasPayloadOf(kept))
        {
            return;
        }

        for (int pin = 0; pin < stable.Length; pin++)
        {
            if (!pins.Value(pin).SequenceEqual(kept.Value(pin)) || !pins.Unknown(pin).SequenceEqual(kept.Unknown(pin)))
            {
                Report(stable[pin], cycle, $"{StreamRules.NameOf(shape.Payload[pin].Role)} changed while VALID waited for READY");
            }
        }
    }

    private void Wait(long cycle)
    {
        waitedCycles++;
        if (waitedCycles == options.ReadyWaitCycles + 1L)
        {
            book[StreamRules.ReadyWait].Violate(cycle, $"VALID has waited for READY for more than {options.ReadyWaitCycles} clocks");
        }

        if (waitedCycles == options.DeadlockCycles + 1L)
        {
            book[StreamRules.Deadlock].Violate(cycle, $"VALID waits, and nothing has moved for more than {options.DeadlockCycles} clocks");
        }
    }

    private void EndWait()
    {
        if (waitedCycles <= options.ReadyWaitCycles)
        {
            book[StreamRules.ReadyWait].Satisfy();
        }

        if (waitedCycles > 0 && waitedCycles <= options.DeadlockCycles)
        {
            book[StreamRules.Deadlock].Satisfy();
        }

        waitedCycles = 0;
    }

    private void Forget()
    {
        isStalled = false;
        waitedCycles = 0;
    }

    private static void Report(RuleTally tally, long cycle, string message) => tally.ViolateArmed(cycle, tally.Rule.Blame, message);

    private void ThrowIfFinished()
    {
        if (isFinished)
        {
            throw new InvalidOperationException("the trace is finished; a checker judges one trace");
        }
    }
}
