namespace Spanker.Conformance.Axi4;

/// <summary>The writes that are not answered, and the channel that answers them.</summary>
internal sealed class WriteResponses(FlightSetup setup, DirectionTrust trust)
{
    private readonly List<AxiFlight> open = [];
    private readonly List<(ulong Id, AxiResponse Response, long Offered, long Cycle)> early = [];
    private readonly AbortedIds aborted = new(setup);
    private readonly RuleTally afterData = setup.Book[AxiRules.ResponseAfterData];
    private readonly RuleTally afterAddress = setup.Book[AxiRules.ResponseAfterAddress];
    private readonly RuleTally toRequest = setup.Book[AxiRules.ResponseToRequest];
    private readonly RuleTally sameCycle = setup.Book[AxiRules.WriteSameCycle];
    private OfferClock offer;
    private AxiFlight? offered;
    private ulong offeredId;
    private bool isWaiting;
    private bool isEarly;

    public int OpenCount => open.Count;

    public IReadOnlyList<AxiFlight> Open => open;

    /// <summary>Whether the last B that was accepted answered nothing known.</summary>
    public bool TookUnmatched { get; private set; }

    /// <summary>Whether the master lets the answer of a write wait.</summary>
    public bool IsRefused(AxiFlight flight) => isWaiting && offered == flight;

    /// <summary>An address was accepted; it waits for its answer, unless that came before it.</summary>
    public void Add(AxiFlight flight)
    {
        aborted.Reuse(flight.Id);
        int index = early.Count == 0 ? -1 : FindEarly(flight.Id);
        if (index < 0)
        {
            open.Add(flight);
            return;
        }

        (flight.Response, flight.AnswerCycle, flight.ResponseCycle) = (early[index].Response, early[index].Offered, early[index].Cycle);
        early.RemoveAt(index);
    }

    public void PushIdle()
    {
        _ = offer.Push(AxiBit.Low, AxiBit.Low, 0);
        isWaiting = false;
        TookUnmatched = false;
    }

    /// <summary>Looks at B in one cycle, after AW and W of that cycle.</summary>
    /// <param name="pins">The pins.</param>
    /// <param name="mayBeAhead">Whether a B that answers no accepted address can belong to one that is not accepted yet.</param>
    /// <param name="hasOpen">Whether anything is outstanding in the direction.</param>
    /// <param name="cycle">The cycle.</param>
    /// <returns>The write that was answered, or null.</returns>
    public AxiFlight? Push(in AxiWriteResponsePins pins, bool mayBeAhead, bool hasOpen, long cycle)
    {
        TookUnmatched = false;
        bool isTaken = offer.Push(pins.Valid, pins.Ready, cycle);
        if (pins.Valid != AxiBit.High)
        {
            isWaiting = false;
            return null;
        }

        if (!isWaiting || pins.Id != offeredId)
        {
            Offer(pins, mayBeAhead, cycle);
        }

        isWaiting = !isTaken;
        return isTaken ? Take(pins, hasOpen, cycle) : null;
    }

    public void Abort()
    {
        foreach (AxiFlight flight in open)
        {
            aborted.Add(flight.Id);
        }
    }

    /// <summary>What is open is not followed any longer.</summary>
    public void DropOpen()
    {
        open.Clear();
        early.Clear();
        offered = null;
    }

    public void Forget()
    {
        DropOpen();
        offer = default;
        isWaiting = false;
    }

    private int FindEarly(ulong id) => early.FindIndex(answer => answer.Id == id);

    private void Offer(in AxiWriteResponsePins pins, bool mayBeAhead, long cycle)
    {
        (offeredId, offered, isEarly) = (pins.Id, null, false);
        if (pins.IdUnknown != 0)
        {
            trust.Lose(open);
            return;
        }

        foreach (AxiFlight flight in open)
        {
            if (flight.Id == offeredId)
            {
                offered = flight;
                break;
            }
        }

        if (!trust.IsTrusted)
        {
            return;
        }

        if (offered is not null)
        {
            JudgeMatched(offered, cycle);
            return;
        }

        isEarly = mayBeAhead;
        (mayBeAhead ? afterAddress : toRequest).Violate(
            cycle, $"B for id {offeredId}: {(mayBeAhead ? "its AW is not accepted yet" : "no write of that id is outstanding")}");
        aborted.Judge(offeredId, cycle, "B");
    }

    private void JudgeMatched(AxiFlight flight, long cycle)
    {
        toRequest.Satisfy();
        afterAddress.Satisfy();
        if (!flight.HasAllData)
        {
            afterData.Violate(cycle, $"B for id {flight.Id} after {flight.BeatCount} of {flight.Burst.Beats} beats of W");
            return;
        }

        afterData.Satisfy();
        if (cycle > Math.Max(flight.AddressCycle, flight.LastDataCycle))
        {
            sameCycle.Satisfy();
        }
        else
        {
            sameCycle.Violate(cycle, $"B for id {flight.Id} in the cycle of the handshake that completes its request");
        }
    }

    private AxiFlight? Take(in AxiWriteResponsePins pins, bool hasOpen, long cycle)
    {
        trust.OnHandshake(cycle, hasWaited: hasOpen && trust.EndsLongestWait(cycle));
        if (offered is null)
        {
            TookUnmatched = true;
            if (isEarly && early.Count < setup.Options.OutstandingLimit)
            {
                early.Add((offeredId, pins.Response, offer.Since, cycle));
            }

            return null;
        }

        AxiFlight flight = offered;
        (offered, flight.Response, flight.AnswerCycle, flight.ResponseCycle) = (null, pins.Response, offer.Since, cycle);
        open.RemoveAt(open[0] == flight ? 0 : open.IndexOf(flight));
        foreach (FlightObserver observer in setup.OfWriteResponses)
        {
            observer.OnWriteResponse(flight, cycle);
        }

        return flight;
    }
}
