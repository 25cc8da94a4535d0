namespace Spanker.Conformance.Axi4;

/// <summary>The rules of VALID and READY of one channel, and how often its payload rules had something to judge.</summary>
internal sealed class HandshakeRules(AxiSignal valid, AxiCheckOptions options, RuleBook book)
{
    private readonly RuleTally stable = book[AxiChannelRules.StableOf(valid)];
    private readonly RuleTally wait = book[AxiChannelRules.ReadyWaitOf(valid)];
    private readonly RuleTally validUnknown = book[AxiSignalRules.UnknownOf(valid)];
    private readonly RuleTally readyUnknown = book[AxiSignalRules.UnknownOf(valid + 1)];
    private long waitedCycles;

    /// <summary>Whether VALID waits for READY in the cycle that was pushed last, so that the next must repeat it.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>Cycles in which a payload had to be that of the cycle before.</summary>
    public long Repeats { get; private set; }

    /// <summary>Cycles with VALID.</summary>
    public long Offers { get; private set; }

    /// <summary>Judges one cycle out of reset. Those in which nothing waits, waited or is x need not be pushed.</summary>
    /// <returns>Whether the payload has to be that of the cycle before.</returns>
    public bool Push(AxiBit validBit, AxiBit readyBit, long cycle)
    {
        bool wasStalled = IsStalled;
        if (validBit == AxiBit.High)
        {
            Offers++;
            IsStalled = readyBit == AxiBit.Low;
            JudgeWait(readyBit, cycle);
        }
        else
        {
            IsStalled = false;
            waitedCycles = 0;
            if (wasStalled && validBit == AxiBit.Low)
            {
                stable.Violate(cycle, $"{AxiSignalRules.NameOf(valid)} fell while it waited for {AxiSignalRules.NameOf(valid + 1)}");
            }
        }

        if (validBit == AxiBit.Unknown)
        {
            validUnknown.ViolateArmed(cycle, validUnknown.Rule.Blame, $"{AxiSignalRules.NameOf(valid)} is x");
        }

        if (readyBit == AxiBit.Unknown)
        {
            readyUnknown.ViolateArmed(cycle, readyUnknown.Rule.Blame, $"{AxiSignalRules.NameOf(valid + 1)} is x");
        }

        bool isRepeat = wasStalled && validBit == AxiBit.High;
        Repeats += isRepeat ? 1 : 0;
        return isRepeat;
    }

    /// <summary>What came before is not known, or was ended by a reset.</summary>
    public void Forget()
    {
        IsStalled = false;
        waitedCycles = 0;
    }

    /// <summary>Adds what was judged in bulk to the tallies of the channel's rules.</summary>
    /// <param name="liveCycles">Cycles out of reset.</param>
    /// <param name="transfers">Cycles with VALID and READY that were not pushed.</param>
    /// <param name="payload">The channel's payload signals.</param>
    public void Close(long liveCycles, long transfers, ReadOnlySpan<AxiSignal> payload)
    {
        Offers += transfers;
        wait.Arm(transfers);
        stable.Arm(Repeats);
        validUnknown.Arm(liveCycles);
        readyUnknown.Arm(liveCycles);
        foreach (AxiSignal signal in payload)
        {
            book[AxiSignalRules.StableOf(signal)].Arm(Repeats);
            if (signal != AxiSignal.RData)
            {
                book[AxiSignalRules.UnknownOf(signal)].Arm(Offers);
            }
        }
    }

    private void JudgeWait(AxiBit readyBit, long cycle)
    {
        if (readyBit == AxiBit.High)
        {
            if (waitedCycles <= options.ReadyWaitCycles)
            {
                wait.Satisfy();
            }

            waitedCycles = 0;
        }
        else if (++waitedCycles == options.ReadyWaitCycles + 1)
        {
            wait.Violate(cycle, $"{AxiSignalRules.NameOf(valid)} has waited for {AxiSignalRules.NameOf(valid + 1)} for more than {options.ReadyWaitCycles} clocks");
        }
    }
}
