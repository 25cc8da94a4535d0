namespace Spanker.Conformance.Axi4;

/// <summary>AW, W and B of a memory slave.</summary>
internal sealed class SlaveWrites(AxiBusShape shape, AxiSlaveOptions options, IAxiMemory memory)
{
    private readonly SlaveAcceptance acceptance = new(shape, options);
    private readonly AxiSlaveFault fault = options.Fault;
    private readonly List<SlaveFlight> accepted = [];
    private readonly Queue<(ulong[] Words, UInt128 Strobe, bool IsLast)> ahead = new();
    private readonly Stack<ulong[]> spare = new();
    private StallDice dice = new(options.Seed ^ 0x7372_6974_6573_0000);
    private SlaveFlight? answer;
    private AxiBurst previous = new(0, 1, 0, AxiBurstKind.Incr);
    private long now;
    private bool isAddressReady;
    private bool isDataReady;
    private bool isAheadWhole;
    private bool isAfterGap;
    private bool hasStrayed;
    private bool isUnaddressed;
    private bool isPrepaid;

    /// <summary>Beats of the last write whose address was accepted.</summary>
    public int LastBeats { get; private set; } = 1;

    public void Evaluate(ref AxiCycle pins)
    {
        pins.Aw.Ready = isAddressReady ? AxiBit.High : AxiBit.Low;
        pins.W.Ready = isDataReady ? AxiBit.High : AxiBit.Low;
        SlaveFlight? shown = answer ?? AnswerAtOnce(pins);
        pins.B.Valid = shown is not null || isUnaddressed ? AxiBit.High : AxiBit.Low;
        if (shown is null)
        {
            return;
        }

        pins.B.Id = fault switch
        {
            AxiSlaveFault.LiveWriteId => pins.Aw.Id,
            AxiSlaveFault.WrongWriteId => shown.Id ^ 1,
            _ => shown.Id,
        };
        pins.B.Response = fault == AxiSlaveFault.AnswersExOkay ? AxiResponse.ExOkay : shown.Response;
    }

    public void Clock(in AxiCycle pins)
    {
        now++;
        bool hasAddress = pins.Aw.Valid == AxiBit.High && pins.Aw.Ready == AxiBit.High;
        bool hasData = pins.W.Valid == AxiBit.High && pins.W.Ready == AxiBit.High;
        if (answer is null)
        {
            answer = AnswerAtOnce(pins);
        }

        if (hasAddress && !(fault == AxiSlaveFault.LosesBothAddresses && pins.Ar.Valid == AxiBit.High && pins.Ar.Ready == AxiBit.High))
        {
            Accept(pins.Aw);
        }

        if (hasData)
        {
            Take(pins.W);
        }

        if (pins.B.Valid == AxiBit.High && pins.B.Ready == AxiBit.High)
        {
            TakeAnswer();
        }

        isAfterGap = !hasData && pins.W.Valid != AxiBit.High;
        ChooseAnswer();
        SetReady(pins, hasAddress, hasData);
    }

    public void Reset(bool keeps)
    {
        if (!keeps)
        {
            accepted.Clear();
        }

        ahead.Clear();
        (answer, now, isAheadWhole, isAfterGap, hasStrayed, isUnaddressed, isPrepaid) = (null, 0, false, false, false, false, false);
        (isAddressReady, isDataReady) = (false, false);
    }

    private void Accept(in AxiAddressPins pins)
    {
        SlaveFlight flight = acceptance.Accept(pins, isRead: false);
        LastBeats = flight.Burst.Beats;
        accepted.Add(flight);
        while (ahead.Count > 0 && !flight.IsDataDone)
        {
            (ulong[] words, UInt128 strobe, bool isLast) = ahead.Dequeue();
            Store(flight, words, strobe, isLast);
            spare.Push(words);
        }

        isAheadWhole &= ahead.Count > 0;
    }

    private void Take(in AxiWriteDataPins pins)
    {
        ReadOnlySpan<ulong> all = pins.Data;
        ReadOnlySpan<ulong> words = all[..shape.DataWords];
        if (Open() is SlaveFlight flight)
        {
            Store(flight, words, pins.Strobe, pins.Last == AxiBit.High);
            return;
        }

        ulong[] kept = spare.Count > 0 ? spare.Pop() : new ulong[shape.DataWords];
        words.CopyTo(kept);
        ahead.Enqueue((kept, pins.Strobe, pins.Last == AxiBit.High));
        isAheadWhole |= pins.Last == AxiBit.High;
        if (isAheadWhole && fault == AxiSlaveFault.AnswersBeforeAddress)
        {
            (isUnaddressed, isPrepaid) = (true, true);
        }
    }

    private SlaveFlight? Open()
    {
        for (int i = 0; i < accepted.Count; i++)
        {
            if (!accepted[i].IsDataDone)
            {
                return accepted[i];
            }
        }

        return null;
    }

    private void Store(SlaveFlight flight, ReadOnlySpan<ulong> words, UInt128 strobe, bool isLast)
    {
        int beat = flight.Beat++;
        flight.IsDataDone = isLast || flight.Beat >= flight.Burst.Beats;
        if (!flight.IsRefused && !(flight.IsDataDone && fault == AxiSlaveFault.DropsLastBeat))
        {
            AxiBurst burst = fault == AxiSlaveFault.PairsWrongly ? previous : flight.Burst;
            UInt128 stored = fault == AxiSlaveFault.IgnoresStrobes ? UInt128.MaxValue >> (128 - shape.DataBytes) : strobe;
            AxiResponse response = memory.Write(acceptance.WordOf(burst, beat), words, stored);
            flight.Response = flight.Response == AxiResponse.Okay ? response : flight.Response;
        }

        if (flight.IsDataDone || (beat == 0 && fault == AxiSlaveFault.AnswersBeforeLastData))
        {
            Finish(flight);
        }
    }

    private void Finish(SlaveFlight flight)
    {
        previous = flight.Burst;
        if (flight.IsDataDone && (flight.Answers > 0 || isPrepaid))
        {
            // Answered before its time.
            isPrepaid = false;
            accepted.Remove(flight);
            return;
        }

        if (isAfterGap && fault == AxiSlaveFault.LosesResponseAfterGap)
        {
            accepted.Remove(flight);
            return;
        }

        flight.DueCycle = now + options.LatencyCycles - 1 + dice.UpTo(options.MaxExtraLatencyCycles);
        if (!flight.IsDataDone)
        {
            // Answered early: the rest of its data is still taken, by nobody.
            answer ??= flight;
        }
    }

    private void TakeAnswer()
    {
        if (isUnaddressed)
        {
            isUnaddressed = false;
            return;
        }

        if (answer is not null && (++answer.Answers >= 2 || fault != AxiSlaveFault.AnswersTwice))
        {
            if (answer.IsDataDone)
            {
                accepted.Remove(answer);
            }

            answer = null;
        }
    }

    private void ChooseAnswer()
    {
        if (answer is not null && fault == AxiSlaveFault.OverwritesResponse && accepted.Find(flight => flight != answer && flight.IsDataDone) is SlaveFlight next)
        {
            accepted.Remove(answer);
            answer = next;
        }

        if (fault == AxiSlaveFault.StrayResponse && !hasStrayed && now > 4 && answer is null)
        {
            hasStrayed = true;
            answer = acceptance.Accept(default, isRead: false);
            answer.IsDataDone = true;
        }

        if (answer is null && accepted.Count > 0 && !dice.Falls(options.ResponseStall))
        {
            answer = acceptance.Choose(accepted, now, ref dice);
        }
    }

    private void SetReady(in AxiCycle pins, bool hasAddress, bool hasData)
    {
        bool seesAddress = !options.ReadyWaitsForValid || (pins.Aw.Valid == AxiBit.High && !hasAddress);
        bool seesData = !options.ReadyWaitsForValid || (pins.W.Valid == AxiBit.High && !hasData);
        bool hasItsData = !options.AddressWaitsForData || pins.W.Valid == AxiBit.High || ahead.Count > 0;
        isAddressReady = accepted.Count < acceptance.MaxOutstanding && seesAddress && hasItsData && !dice.Falls(options.AddressStall);
        bool mayTake = Open() is not null || (options.AcceptsDataAhead && !isAheadWhole && ahead.Count < AxiBurst.MaxBeats);
        isDataReady = mayTake && seesData && !dice.Falls(options.DataStall);
    }

    private SlaveFlight? AnswerAtOnce(in AxiCycle pins) =>
        fault == AxiSlaveFault.AnswerInDataCycle && isDataReady && pins.W.Valid == AxiBit.High && pins.W.Last == AxiBit.High ? Open() : null;
}
