namespace Spanker.Conformance.Axi4;

/// <summary>Puts reads together: R answers the oldest read of its id, reads of different ids may interleave. Judges what belongs to what.</summary>
internal sealed class ReadAssembler
{
    private readonly FlightSetup setup;
    private readonly FlightPool pool;
    private readonly DirectionTrust trust;
    private readonly AbortedIds aborted;
    private readonly RuleTally toRequest;
    private readonly RuleTally beatsRule;
    private readonly RuleTally sameCycle;
    private readonly ReadOrderRule order;
    private readonly bool hasLast;
    private readonly OutstandingLimit limit;
    private readonly List<AxiFlight> open = [];

    // Ids whose last read had RLAST on the wrong beat: what still comes without a request is of that read.
    private readonly List<ulong> overruns = [];
    private OfferClock addressOffer;
    private OfferClock dataOffer;
    private AxiFlight? offered;
    private ulong offeredId;
    private bool isWaiting;
    private long done;

    public ReadAssembler(FlightSetup setup)
    {
        this.setup = setup;
        pool = new(setup.Shape.DataWords);
        trust = new(setup.Options.QuietCycles, setup.Options.Profile?.MaxOutstanding == 1);
        aborted = new(setup);
        toRequest = setup.Book[AxiRules.ReadToRequest];
        beatsRule = setup.Book[AxiRules.ReadBeats];
        sameCycle = setup.Book[AxiRules.ReadSameCycle];
        order = new(setup.Book);
        limit = new(setup.Options.OutstandingLimit);
        hasLast = setup.Shape.Signals.Has(AxiSignal.RLast);
    }

    /// <summary>Whether an idle cycle changes nothing.</summary>
    public bool IsSettled => trust.IsTrusted;

    /// <summary>The limit that was hit; null if none was.</summary>
    public string? Limit => limit.Hit;

    /// <summary>The reads on their way, oldest first.</summary>
    public IReadOnlyList<AxiFlight> Open => open;

    public void Push(in AxiCycle pins, long cycle)
    {
        if ((pins.Ar.Valid | pins.R.Valid) == AxiBit.Low)
        {
            (addressOffer, dataOffer) = (default, default);
            isWaiting = false;
            if (!trust.IsTrusted && open.Count == 0)
            {
                trust.OnIdle(cycle);
            }

            return;
        }

        if (addressOffer.Push(pins.Ar.Valid, pins.Ar.Ready, cycle))
        {
            trust.OnHandshake(cycle, open.Count > 0);
            AcceptAddress(pins, cycle);
        }

        bool isTaken = dataOffer.Push(pins.R.Valid, pins.R.Ready, cycle);
        if (pins.R.Valid != AxiBit.High)
        {
            isWaiting = false;
            return;
        }

        if (!isWaiting || pins.R.Id != offeredId)
        {
            Offer(pins.R, cycle);
        }

        isWaiting = !isTaken;
        if (isTaken)
        {
            trust.OnHandshake(cycle, open.Count > 0);
            if (offered is not null)
            {
                Take(offered, pins.R, cycle);
            }
            else if (pins.R.Last == AxiBit.High)
            {
                _ = overruns.Remove(offeredId);
            }
        }
    }

    /// <summary>Everything outstanding was lost in a reset.</summary>
    public void Reset(long cycle)
    {
        foreach (AxiFlight flight in open)
        {
            aborted.Add(flight.Id);
        }

        Forget();
        trust.Restart(cycle, isTrusted: true);
    }

    /// <summary>Everything outstanding is unknown: cycles are missing.</summary>
    public void Gap(long cycle)
    {
        Forget();
        trust.Restart(cycle, isTrusted: false);
    }

    /// <summary>Judges the end of the trace.</summary>
    /// <returns>Whether the trace of this direction is complete.</returns>
    public bool Close(in AxiCycle last, long cycle)
    {
        bool isStalled = last.Ar.Valid == AxiBit.High || last.R.Valid == AxiBit.High;
        bool isComplete = trust.IsQuiet(cycle) || (open.Count == 0 && !isStalled);
        if (!isComplete || !trust.IsTrusted)
        {
            return isComplete;
        }

        RuleTally rule = setup.Book[AxiRules.ReadsDone];
        rule.Arm(done);
        foreach (AxiFlight flight in open)
        {
            bool isRefused = isWaiting && offered == flight;
            rule.Violate(cycle, isRefused ? AxiBlame.Master : AxiBlame.Slave, $"read id {flight.Id} at 0x{flight.Burst.Address:x}, cycle {flight.AddressCycle}: {flight.Beats.Length} of {flight.Burst.Beats} beats came{(isRefused ? ", the next is not accepted" : string.Empty)}");
        }

        return true;
    }

    private void AcceptAddress(in AxiCycle pins, long cycle)
    {
        if (limit.IsReached(open.Count, cycle, "reads outstanding: responses are lost"))
        {
            Gap(cycle);
        }

        if (trust.EndsWhatIsOpen)
        {
            DropOpen();
        }

        AxiFlight flight = pool.Rent(isRead: true);
        setup.Fill(flight, pins.Ar, trust, addressOffer.Since, cycle);

        open.Add(flight);
        aborted.Reuse(flight.Id);
        _ = overruns.Count > 0 && overruns.Remove(flight.Id);
        bool isLeaving = pins.R.Valid == AxiBit.High && pins.R.Ready == AxiBit.High && (pins.R.Last == AxiBit.High || !hasLast);
        foreach (FlightObserver observer in setup.OfAddresses)
        {
            observer.OnAddress(flight, trust.IsTrusted ? Math.Max(1, open.Count - (isLeaving ? 1 : 0)) : 0, cycle);
        }
    }

    private void Offer(in AxiReadDataPins pins, long cycle)
    {
        (offeredId, offered) = (pins.Id, null);
        if (pins.IdUnknown != 0)
        {
            trust.Lose(open);
            return;
        }

        offered = Oldest(offeredId);
        if (offered is not null)
        {
            if (trust.IsTrusted)
            {
                JudgeMatched(offered, cycle);
            }

            foreach (FlightObserver observer in setup.OfReadOffers)
            {
                observer.OnReadOffered(offered, offered.Beats.Length, pins, cycle);
            }
        }
        else if (trust.IsTrusted)
        {
            if (overruns.Contains(offeredId))
            {
                beatsRule.Violate(cycle, $"R for id {offeredId}: another beat of a read that has ended");
            }
            else
            {
                toRequest.Violate(cycle, $"R for id {offeredId}: no read of that id is outstanding");
                aborted.Judge(offeredId, cycle, "R");
            }
        }
    }

    private void JudgeMatched(AxiFlight flight, long cycle)
    {
        toRequest.Satisfy();
        if (flight.Beats.Length == 0)
        {
            bool isLater = cycle > flight.AddressCycle;
            sameCycle.Judge(isLater, cycle, isLater ? string.Empty : $"R for id {flight.Id} in the cycle in which its AR is accepted");
        }
    }

    private void Take(AxiFlight flight, in AxiReadDataPins pins, long cycle)
    {
        bool isLast = pins.Last == AxiBit.High;
        AxiFlightBeat beat = new(cycle, dataOffer.Since, Strobe: 0, pins.Response, isLast, HasUnknown: false);
        if (setup.KeepsReadData)
        {
            flight.Add(beat, pins.Data);
        }
        else
        {
            flight.Add(beat);
        }

        int found = flight.Beats.Length;
        foreach (FlightObserver observer in setup.OfReadBeats)
        {
            observer.OnReadBeat(flight, found - 1, pins, cycle);
        }

        bool isFull = found == flight.Burst.Beats;
        if (!isLast && !isFull)
        {
            return;
        }

        AxiFlight ended = flight;
        if (hasLast && pins.Last != AxiBit.Unknown && trust.IsTrusted && !flight.IsUnclear)
        {
            bool isKept = isLast && isFull;
            beatsRule.Judge(isKept, cycle, isKept ? string.Empty : $"read id {flight.Id} at 0x{flight.Burst.Address:x}: {found} beats, RLAST {(isLast ? "high" : "low")} on the last; ARLEN asks for {flight.Burst.Beats}");
            ended = order.Judge(open, flight, isKept, found, cycle);
            if (!isKept && ended == flight && !overruns.Contains(flight.Id))
            {
                overruns.Add(flight.Id);
            }
        }

        Finish(ended, cycle);
    }

    private void Finish(AxiFlight flight, long cycle)
    {
        done++;
        offered = null;
        _ = open.Remove(flight);
        flight.HasAllData = true;
        foreach (FlightObserver observer in setup.OfEnds)
        {
            observer.OnDone(flight, cycle);
        }

        pool.Return(flight);
        if (open.Count == 0)
        {
            trust.OnEmptied();
        }
    }

    private AxiFlight? Oldest(ulong id)
    {
        foreach (AxiFlight flight in open)
        {
            if (flight.Id == id)
            {
                return flight;
            }
        }

        return null;
    }

    private void DropOpen()
    {
        foreach (AxiFlight flight in open)
        {
            pool.Return(flight);
        }

        open.Clear();
        offered = null;
    }

    private void Forget()
    {
        DropOpen();
        overruns.Clear();
        addressOffer = default;
        dataOffer = default;
        isWaiting = false;
    }
}
