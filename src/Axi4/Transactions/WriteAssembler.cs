namespace Spanker.Conformance.Axi4;

/// <summary>
/// Puts writes together: W bursts go to addresses in the order of AW and may come before them, B answers the oldest write of its id.
/// Judges what belongs to what.
/// </summary>
internal sealed class WriteAssembler
{
    private readonly FlightSetup setup;
    private readonly FlightPool pool;
    private readonly DirectionTrust trust;
    private readonly WriteResponses responses;
    private readonly WriteBeats beats;
    private readonly OutstandingLimit limit;
    private readonly OutstandingLimit beatsLimit;

    // Addresses whose data is not complete, and bursts without an address; at most one of the two holds anything.
    private readonly Queue<AxiFlight> awaitingData = new();
    private readonly Queue<AxiFlight> ahead = new();
    private AxiFlight? growing;
    private int beatsAhead;
    private OfferClock addressOffer;
    private OfferClock dataOffer;
    private long done;

    public WriteAssembler(FlightSetup setup, DirectionTrust trust)
    {
        this.setup = setup;
        this.trust = trust;
        pool = new(setup.Shape.DataWords, keepsBeats: true);
        responses = new(setup, trust);
        beats = new(setup, trust);
        limit = new(setup.Options.OutstandingLimit);
        beatsLimit = new((int)Math.Min(int.MaxValue, (long)setup.Options.OutstandingLimit * AxiBurst.MaxBeats));
    }

    /// <summary>Whether an idle cycle changes nothing.</summary>
    public bool IsSettled => trust.IsTrusted;

    /// <summary>The limit that was hit; null if none was.</summary>
    public string? Limit => limit.Hit ?? beatsLimit.Hit;

    /// <summary>Whether data was taken for a write whose address was not accepted yet.</summary>
    public bool HasDataAhead => ahead.Count > 0;

    /// <summary>Writes whose address is accepted and whose B is not.</summary>
    public int OpenCount => responses.OpenCount;

    /// <summary>Whether anything is under way, data without an address too.</summary>
    public bool HasOpen => responses.OpenCount + awaitingData.Count + ahead.Count > 0;

    public void Push(in AxiCycle pins, CycleState state, long cycle)
    {
        if (state.IsWriteBeatAlone && TryContinue(pins.W, cycle))
        {
            return;
        }

        if ((pins.Aw.Valid | pins.W.Valid | pins.B.Valid) == AxiBit.Low)
        {
            (addressOffer, dataOffer) = (default, default);
            responses.PushIdle();
            if (!trust.IsTrusted && !HasOpen)
            {
                trust.OnIdle(cycle);
            }

            return;
        }

        if (addressOffer.Push(pins.Aw.Valid, pins.Aw.Ready, cycle))
        {
            trust.OnHandshake(cycle, hasWaited: trust.EndsLongestWait(cycle) && HasOpen);
            AcceptAddress(pins, cycle);
        }

        if (dataOffer.Push(pins.W.Valid, pins.W.Ready, cycle))
        {
            trust.OnHandshake(cycle, hasWaited: trust.EndsLongestWait(cycle) && HasOpen);
            AcceptData(pins.W, state.HasUnknownPayload(AxiChannel.WriteData), cycle);
        }

        if (pins.B.Valid == AxiBit.High)
        {
            PushResponse(pins, cycle);
        }
        else
        {
            responses.PushIdle();
        }
    }

    /// <summary>Everything outstanding was lost in a reset.</summary>
    public void Reset(long cycle)
    {
        responses.Abort();
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
        beats.Close();
        bool isStalled = last.IsValid(AxiChannel.WriteAddress) || last.IsValid(AxiChannel.WriteData) || last.IsValid(AxiChannel.WriteResponse);
        bool isComplete = trust.IsQuiet(cycle) || (!HasOpen && !isStalled);
        if (!isComplete || !trust.IsTrusted)
        {
            return isComplete;
        }

        RuleTally rule = setup.Book[AxiRules.WritesDone];
        rule.Arm(done);
        WritesAtEnd.Judge(rule, responses, awaitingData, ahead, last.IsValid(AxiChannel.WriteAddress), cycle);
        return true;
    }

    /// <summary>
    /// Takes a plain beat in the midst of a write, as most are: <see cref="Push"/> without what such a beat has no part in.
    /// </summary>
    /// <returns>Whether the beat is one.</returns>
    private bool TryContinue(in AxiWriteDataPins pins, long cycle)
    {
        if (!awaitingData.TryPeek(out AxiFlight? flight) || !flight.IsPlain || !flight.IsInMidst || pins.Last != AxiBit.Low || !beats.IsWhole(pins))
        {
            return false;
        }

        addressOffer = default;
        _ = dataOffer.Push(AxiBit.High, AxiBit.High, cycle);
        trust.OnHandshake(cycle, hasWaited: trust.EndsLongestWait(cycle));
        beats.Continue(pins, flight, dataOffer.Since, cycle);
        flight.IsShort = false;
        responses.PushIdle();
        return true;
    }

    private void PushResponse(in AxiCycle pins, long cycle)
    {
        if (awaitingData.TryPeek(out AxiFlight? waiting) && waiting.Id == pins.B.Id)
        {
            EndShort(cycle);
        }

        bool mayBeAhead = pins.Aw.Valid == AxiBit.High && pins.Aw.Id == pins.B.Id;
        mayBeAhead |= ahead.TryPeek(out AxiFlight? first) && first.HasAllData;
        AxiFlight? answered = responses.Push(pins.B, mayBeAhead, HasOpen, cycle);
        if (answered is { HasAllData: false } && !trust.IsTrusted)
        {
            EndUnseen(answered, cycle);
            return;
        }

        if (answered is { HasAllData: true })
        {
            Finish(answered, cycle);
        }
        else if (answered is null && !trust.IsTrusted && responses.TookUnmatched && first is { HasAllData: true })
        {
            // After a gap, a B without an AW answers a write whose address was not seen, and this is its data.
            beatsAhead -= first.BeatCount;
            pool.Return(ahead.Dequeue());
        }
    }

    private void AcceptAddress(in AxiCycle pins, long cycle)
    {
        if (limit.IsReached(Math.Max(responses.OpenCount, awaitingData.Count), cycle, "writes outstanding: responses or data are lost"))
        {
            Gap(cycle);
        }

        if (trust.EndsWhatIsOpen)
        {
            DropOpen();
        }

        bool isAhead = ahead.TryDequeue(out AxiFlight? flight);
        beatsAhead -= flight?.BeatCount ?? 0;
        flight ??= pool.Rent(isRead: false);
        growing = flight == growing ? null : growing;
        EndShort(cycle);
        setup.Fill(flight, pins.Aw, trust, addressOffer.Since, cycle);

        responses.Add(flight);
        int leaving = pins.B.Valid == AxiBit.High && pins.B.Ready == AxiBit.High ? 1 : 0;
        foreach (FlightObserver observer in setup.OfWriteAddresses)
        {
            observer.OnAddress(flight, trust.IsTrusted ? Math.Max(1, responses.OpenCount - leaving) : 0, cycle);
        }

        if (isAhead)
        {
            Settle(flight, cycle);
        }
        else
        {
            awaitingData.Enqueue(flight);
        }
    }

    /// <summary>The address of a burst that came before it: as many beats are its as it says.</summary>
    private void Settle(AxiFlight flight, long cycle)
    {
        int asked = flight.Burst.Beats;
        int found = flight.BeatCount;
        bool isClosed = flight.HasAllData;
        if (found > asked)
        {
            AxiFlight tail = pool.Rent(isRead: false);
            flight.MoveTail(asked, tail);
            if (isClosed)
            {
                pool.Return(tail);
            }
            else
            {
                ahead.Enqueue(tail);
                growing = tail;
                beatsAhead += tail.BeatCount;
            }
        }

        if (isClosed || found >= asked)
        {
            beats.Judge(flight, isKept: isClosed && found == asked, found, cycle);
        }

        flight.HasAllData = isClosed || found >= asked;
        for (int beat = 0; beat < flight.BeatCount; beat++)
        {
            beats.Notify(flight, beat, flight.Beats[beat].IsWhole, cycle);
        }

        if (!flight.HasAllData)
        {
            awaitingData.Enqueue(flight);
        }
        else if (flight.IsAnswered)
        {
            Finish(flight, cycle);
        }
    }

    private void AcceptData(in AxiWriteDataPins pins, bool mayBeUnknown, long cycle)
    {
        if (!awaitingData.TryPeek(out AxiFlight? flight))
        {
            if (beatsLimit.IsReached(beatsAhead, cycle, "beats of W without an address: AW is not in the trace"))
            {
                Gap(cycle);
            }

            flight = growing ??= StartAhead(cycle);
            beatsAhead++;
        }

        bool isWhole = beats.Keep(pins, mayBeUnknown, flight, dataOffer.Since, cycle);
        bool isLast = pins.Last == AxiBit.High;
        int found = flight.BeatCount;
        if (flight.HasAddress)
        {
            beats.Notify(flight, found - 1, isWhole, cycle);
            bool isFull = found == flight.Burst.Beats;
            if ((isLast || isFull) && pins.Last != AxiBit.Unknown)
            {
                beats.Judge(flight, isKept: isLast && isFull, found, cycle);
            }

            flight.IsShort = isLast && !isFull;
            if (isFull)
            {
                EndData(flight, cycle);
            }
        }
        else if (isLast || found == AxiBurst.MaxBeats * 16)
        {
            flight.HasAllData = true;
            growing = null;
            if (!isLast)
            {
                beats.Judge(flight, isKept: false, found, cycle);
            }
        }
    }

    private void EndData(AxiFlight flight, long cycle)
    {
        _ = awaitingData.Dequeue();
        flight.HasAllData = true;
        if (flight.IsAnswered)
        {
            Finish(flight, cycle);
        }
    }

    /// <summary>
    /// A burst whose WLAST came too early goes on if more beats come at once (WLAST was wrong), and has ended if the next address or its
    /// response comes first (the beats were too few).
    /// </summary>
    private void EndShort(long cycle)
    {
        if (awaitingData.TryPeek(out AxiFlight? flight) && flight.IsShort)
        {
            EndData(flight, cycle);
        }
    }

    /// <summary>After a gap, a write that is answered without data had it in the gap, and so had those before it.</summary>
    private void EndUnseen(AxiFlight answered, long cycle)
    {
        while (!answered.HasAllData && awaitingData.TryPeek(out AxiFlight? flight))
        {
            EndData(flight, cycle);
        }
    }

    private AxiFlight StartAhead(long cycle)
    {
        if (limit.IsReached(ahead.Count, cycle, "W bursts without an address: AW is not in the trace"))
        {
            Gap(cycle);
        }

        AxiFlight flight = pool.Rent(isRead: false);
        ahead.Enqueue(flight);
        return flight;
    }

    private void Finish(AxiFlight flight, long cycle)
    {
        done++;
        foreach (FlightObserver observer in setup.OfEnds)
        {
            observer.OnDone(flight, cycle);
        }

        pool.Return(flight);
        if (!HasOpen)
        {
            trust.OnEmptied();
        }
    }

    private void DropOpen()
    {
        foreach (AxiFlight flight in responses.Open.Concat(awaitingData.Where(flight => flight.IsAnswered)))
        {
            pool.Return(flight);
        }

        awaitingData.Clear();
        responses.DropOpen();
    }

    private void Forget()
    {
        DropOpen();
        while (ahead.TryDequeue(out AxiFlight? flight))
        {
            pool.Return(flight);
        }

        growing = null;
        beatsAhead = 0;
        (addressOffer, dataOffer) = (default, default);
        responses.Forget();
    }
}
