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
    private readonly ShadowRules? shadow;
    private readonly OutstandingLimit limit;
    private readonly List<AxiFlight> open;

    // Ids whose last read had RLAST on the wrong beat: what still comes without a request is of that read.
    private readonly RecentIds overruns;
    private OfferClock addressOffer;
    private OfferClock dataOffer;
    private PlainBeats plain;
    private AxiFlight? offered;
    private ulong offeredId;
    private bool isWaiting;
    private long done;

    /// <param name="setup">What it is put together with.</param>
    /// <param name="open">The reads on their way, oldest first: filled and emptied here, and the observers' to read.</param>
    public ReadAssembler(FlightSetup setup, List<AxiFlight> open)
    {
        this.setup = setup;
        this.open = open;
        pool = new(setup.Shape.DataWords, setup.KeepsReads);
        trust = DirectionTrust.Of(setup.Options);
        aborted = new(setup);
        toRequest = setup.Book[AxiRules.ReadToRequest];
        beatsRule = setup.Book[AxiRules.ReadBeats];
        sameCycle = setup.Book[AxiRules.ReadSameCycle];
        order = new(setup.Book);
        limit = new(setup.Options.OutstandingLimit);
        overruns = new(limit: setup.Options.OutstandingLimit);
        hasLast = setup.Shape.Signals.Has(AxiSignal.RLast);
        shadow = setup.Shadow;
    }

    /// <summary>Whether an idle cycle changes nothing.</summary>
    public bool IsSettled => trust.IsTrusted;

    /// <summary>The limit that was hit; null if none was.</summary>
    public string? Limit => limit.Hit;

    public void Push(in AxiCycle pins, CycleState state, long cycle)
    {
        if (state.IsReadBeatAlone && TryContinue(pins.R, cycle))
        {
            return;
        }

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
            trust.OnHandshake(cycle, hasWaited: trust.EndsLongestWait(cycle) && open.Count > 0);
            AcceptAddress(pins, cycle);
        }

        bool isTaken = dataOffer.Push(pins.R.Valid, pins.R.Ready, cycle);
        if (pins.R.Valid != AxiBit.High)
        {
            isWaiting = false;
            return;
        }

        bool isNew = !isWaiting || pins.R.Id != offeredId;
        bool mayBePlain = pins.R.Response == AxiResponse.Okay && !state.HasUnknownPayload(AxiChannel.ReadData);
        if (isNew)
        {
            Offer(pins.R, mayBePlain, cycle);
        }

        isWaiting = !isTaken;
        if (isTaken)
        {
            trust.OnHandshake(cycle, hasWaited: trust.EndsLongestWait(cycle) && open.Count > 0);
            if (offered is not null)
            {
                Take(offered, pins.R, mayBePlain && offered.IsPlain, cycle);
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
    public bool Close(CycleState last, long cycle)
    {
        setup.Close(plain);
        bool isStalled = last.IsValid(AxiChannel.ReadAddress) || last.IsValid(AxiChannel.ReadData);
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
            rule.Violate(cycle, isRefused ? AxiBlame.Master : AxiBlame.Slave, $"read id {flight.Id} at 0x{flight.Burst.Address:x}, cycle {flight.AddressCycle}: {flight.BeatCount} of {flight.Burst.Beats} beats came{(isRefused ? ", the next is not accepted" : string.Empty)}");
        }

        return true;
    }

    /// <summary>
    /// Takes a plain beat in the midst of the only read, as most are: <see cref="Push"/> without what such a beat has no part in.
    /// </summary>
    /// <returns>Whether the beat is one.</returns>
    private bool TryContinue(in AxiReadDataPins pins, long cycle)
    {
        if (open.Count != 1 || pins.Last != AxiBit.Low || pins.Response != AxiResponse.Okay || !trust.IsTrusted)
        {
            return false;
        }

        AxiFlight flight = open[0];
        bool isNew = !isWaiting || pins.Id != offeredId;
        if (flight.Id != pins.Id || !flight.IsPlain || !flight.IsInMidst || (!isNew && flight != offered))
        {
            return false;
        }

        if (isNew)
        {
            offeredId = pins.Id;
            toRequest.Satisfy();
            plain.ReadOffers++;
            if (flight != offered)
            {
                offered = flight;
            }
        }

        addressOffer = default;
        _ = dataOffer.Push(AxiBit.High, AxiBit.High, cycle);
        isWaiting = false;
        trust.OnHandshake(cycle, hasWaited: trust.EndsLongestWait(cycle));
        Keep(flight, pins, isPlain: true, cycle);
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
        _ = overruns.Remove(flight.Id);
        bool isLeaving = pins.R.Valid == AxiBit.High && pins.R.Ready == AxiBit.High && (pins.R.Last == AxiBit.High || !hasLast);
        foreach (FlightObserver observer in setup.OfReadAddresses)
        {
            observer.OnAddress(flight, trust.IsTrusted ? Math.Max(1, open.Count - (isLeaving ? 1 : 0)) : 0, cycle);
        }
    }

    /// <summary>A beat shows for the first time.</summary>
    /// <param name="pins">The pins.</param>
    /// <param name="mayBePlain">Whether it is plain if its read is (<see cref="FlightObserver"/>).</param>
    /// <param name="cycle">The cycle.</param>
    private void Offer(in AxiReadDataPins pins, bool mayBePlain, long cycle)
    {
        offeredId = pins.Id;
        if (pins.IdUnknown != 0)
        {
            offered = null;
            trust.Lose(open);
            return;
        }

        offered = Oldest(offeredId);
        if (offered is AxiFlight flight)
        {
            if (trust.IsTrusted)
            {
                JudgeMatched(flight, cycle);
            }

            if (mayBePlain && flight.IsPlain)
            {
                plain.ReadOffers++;
                return;
            }

            foreach (FlightObserver observer in setup.OfReadOffers)
            {
                observer.OnReadOffered(flight, flight.BeatCount, pins, cycle);
            }
        }
        else if (trust.IsTrusted)
        {
            JudgeUnmatched(cycle);
        }
    }

    private void JudgeUnmatched(long cycle)
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

    private void JudgeMatched(AxiFlight flight, long cycle)
    {
        toRequest.Satisfy();
        if (flight.BeatCount == 0)
        {
            JudgeFirst(flight, cycle);
        }
    }

    private void JudgeFirst(AxiFlight flight, long cycle)
    {
        if (cycle > flight.AddressCycle)
        {
            sameCycle.Satisfy();
        }
        else
        {
            sameCycle.Violate(cycle, $"R for id {flight.Id} in the cycle in which its AR is accepted");
        }
    }

    private void Take(AxiFlight flight, in AxiReadDataPins pins, bool isPlain, long cycle)
    {
        Keep(flight, pins, isPlain, cycle);
        bool isLast = pins.Last == AxiBit.High;
        int found = flight.BeatCount;
        bool isFull = found == flight.Burst.Beats;
        if (!isLast && !isFull)
        {
            return;
        }

        bool isJudged = hasLast && pins.Last != AxiBit.Unknown && trust.IsTrusted && !flight.IsUnclear;
        Finish(isJudged ? JudgeEnd(flight, found, isLast, cycle) : flight, cycle);
    }

    /// <summary>Keeps the beat on the pins and tells the observers of it.</summary>
    private void Keep(AxiFlight flight, in AxiReadDataPins pins, bool isPlain, long cycle)
    {
        int beat = flight.BeatCount;
        if (setup.KeepsReads)
        {
            ref AxiFlightBeat kept = ref flight.Add(pins.Data);
            kept.Strobe = 0;
            kept.UnknownLanes = isPlain ? 0 : LaneMask.LanesOf(pins.DataUnknown, setup.Shape.DataWords);
            kept.Cycle = cycle;
            kept.OfferedCycle = dataOffer.Since;
            kept.Response = pins.Response;
            kept.IsLast = pins.Last == AxiBit.High;
        }
        else
        {
            flight.Count();
        }

        if (!isPlain)
        {
            foreach (FlightObserver observer in setup.OfReadBeats)
            {
                observer.OnReadBeat(flight, beat, pins, cycle);
            }

            return;
        }

        plain.Reads++;
        shadow?.OnPlainReadBeat(flight, beat, pins, cycle);
        foreach (FlightObserver observer in setup.OfPlainBeats)
        {
            observer.OnPlainReadBeat(flight, beat, pins, cycle);
        }
    }

    /// <summary>Judges where a read ended.</summary>
    /// <returns>The read that ended.</returns>
    private AxiFlight JudgeEnd(AxiFlight flight, int found, bool isLast, long cycle)
    {
        bool isKept = isLast && found == flight.Burst.Beats;
        if (isKept)
        {
            beatsRule.Satisfy();
        }
        else
        {
            beatsRule.Violate(cycle, BeatsMessage(flight, found, isLast));
        }

        AxiFlight ended = order.Judge(open, flight, isKept, found, cycle);
        if (!isKept && ended == flight)
        {
            _ = overruns.Add(flight.Id);
        }

        return ended;
    }

    private static string BeatsMessage(AxiFlight flight, int found, bool isLast) =>
        $"read id {flight.Id} at 0x{flight.Burst.Address:x}: {found} beats, RLAST {(isLast ? "high" : "low")} on the last; ARLEN asks for {flight.Burst.Beats}";

    private void Finish(AxiFlight flight, long cycle)
    {
        done++;
        offered = null;
        open.RemoveAt(open[0] == flight ? 0 : open.IndexOf(flight));
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
        for (int i = 0; i < open.Count; i++)
        {
            if (open[i].Id == id)
            {
                return open[i];
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
