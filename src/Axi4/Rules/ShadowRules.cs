namespace Spanker.Conformance.Axi4;

/// <summary>
/// EXT_RDATA_MISMATCH, EXT_WRITE_EFFECT, and the part of EXT_ID_ORDER that data tells. A byte is judged if it is known and no write to
/// its word was on its way between AR and R; then it must be what was last written, or last read, there.
/// </summary>
/// <param name="shape">The interface.</param>
/// <param name="options">Limits.</param>
/// <param name="book">The tallies.</param>
/// <param name="openReads">The reads on their way.</param>
/// <param name="knowsWrites">Whether all writes on their way are known; while they are not, nothing is judged or learned.</param>
internal sealed class ShadowRules(
    AxiBusShape shape, AxiCheckOptions options, RuleBook book, Func<IReadOnlyList<AxiFlight>> openReads, Func<bool> knowsWrites) : FlightObserver
{
    private readonly ShadowMemory memory = new(options.ShadowPages, options.Profile?.MemoryFirst ?? 0, options.Profile?.MemoryLast ?? ulong.MaxValue);
    private readonly RuleTally mismatch = book[AxiRules.ReadData];
    private readonly RuleTally effect = book[AxiRules.WriteEffect];
    private readonly RuleTally order = book[AxiRules.IdOrder];
    private readonly int busBytes = shape.DataBytes;
    private readonly int busWords = shape.DataWords;

    // The bytes of the bus within a word of the memory: all of them, or fewer than eight.
    private readonly ulong busMask = shape.DataBytes >= sizeof(ulong) ? ulong.MaxValue : (1UL << shape.DataBits) - 1;

    public override FlightEvents Events => FlightEvents.Address | FlightEvents.WriteBeat | FlightEvents.WriteResponse | FlightEvents.ReadBeat;

    public override void OnForgotten() => memory.Clear();

    public override void OnAddress(AxiFlight flight, int outstanding, long cycle)
    {
        if (flight.IsUnclear && !flight.IsRead)
        {
            // It may write anywhere.
            memory.Clear();
        }
    }

    public override void OnWriteBeat(AxiFlight flight, int beat, long cycle)
    {
        if (flight.IsUnclear || beat >= flight.Burst.Beats)
        {
            return;
        }

        Span<ShadowWord> shadow = memory.At(Place(flight.Burst, beat).Word);
        for (int i = 0; i < busWords && !shadow.IsEmpty; i++)
        {
            ref ShadowWord at = ref shadow[i];
            at.IsContended |= at.Pending > 0 && at.Writer != flight.AddressCycle;
            at.Writer = flight.AddressCycle;
            at.Pending++;
        }

        if (flight.IsAnswered)
        {
            // The answer was early, and no other comes.
            Write(flight, beat, IsWritten(flight), cycle);
        }
    }

    public override void OnWriteResponse(AxiFlight flight, long cycle)
    {
        if (flight.IsUnclear)
        {
            memory.Clear();
            return;
        }

        bool isWritten = IsWritten(flight);
        for (int beat = 0; beat < flight.Beats.Length && beat < flight.Burst.Beats; beat++)
        {
            Write(flight, beat, isWritten, cycle);
        }
    }

    public override void OnReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle)
    {
        bool isError = pins.Response is AxiResponse.SlvErr or AxiResponse.DecErr || pins.ResponseUnknown != 0;
        if (isError || flight.IsUnclear || beat >= flight.Burst.Beats || !knowsWrites())
        {
            return;
        }

        (ulong word, UInt128 lanes, int shift) = Place(flight.Burst, beat);
        Span<ShadowWord> shadow = memory.At(word);
        (bool isArmed, bool isPassedByArmed, bool isWrong, bool isPassedByWrong) = (false, false, false, false);
        for (int i = 0; i < busWords && !shadow.IsEmpty; i++)
        {
            ref ShadowWord at = ref shadow[i];
            if (at.Pending > 0 || at.WrittenCycle >= flight.AddressCycle)
            {
                continue;
            }

            ulong active = LaneMask.OfWord(lanes, i) & ~(pins.DataUnknown[i] << (8 * shift));
            ulong got = pins.Data[i] << (8 * shift);
            if ((((at.Value ^ got) | ~at.Known | at.PassedBy) & active) == 0)
            {
                isArmed |= active != 0;
                continue;
            }

            ulong judged = active & at.Known;
            ulong wrong = WholeBytes((at.Value ^ got) & judged);
            isArmed |= judged != 0;
            isPassedByArmed |= (judged & at.PassedBy) != 0;
            isWrong |= (wrong & ~at.PassedBy) != 0;
            isPassedByWrong |= (wrong & at.PassedBy) != 0;

            // What was read is what is there: a wrong byte is reported once.
            at.Value = (at.Value & ~active) | (got & active);
            at.Known |= active;
            at.PassedBy &= ~active;
        }

        Judge(flight, beat, pins, isArmed, isWrong, isPassedByArmed, isPassedByWrong, cycle);
    }

    private static bool IsWritten(AxiFlight flight) =>
        flight.Response == (flight.IsExclusive ? AxiResponse.ExOkay : AxiResponse.Okay);

    private static ulong WholeBytes(ulong bits)
    {
        ulong low = bits & 0x7f7f_7f7f_7f7f_7f7f;
        ulong any = (unchecked(low + 0x7f7f_7f7f_7f7f_7f7f) | bits) & 0x8080_8080_8080_8080;
        return unchecked((any >> 7) * 0xff);
    }

    private void Write(AxiFlight flight, int beat, bool isWritten, long cycle)
    {
        (ulong word, UInt128 lanes, int shift) = Place(flight.Burst, beat);
        ref readonly AxiFlightBeat kept = ref flight.Beats[beat];
        ReadOnlySpan<ulong> data = flight.DataOf(beat);
        UInt128 strobed = kept.HasUnknown ? lanes : (kept.Strobe << shift) & lanes;
        Span<ShadowWord> shadow = memory.At(word);
        for (int i = 0; i < busWords && !shadow.IsEmpty; i++)
        {
            ref ShadowWord at = ref shadow[i];
            ulong written = LaneMask.OfWord(strobed, i);
            at.Value = (at.Value & ~written) | ((data[i] << (8 * shift)) & written);
            at.Known = isWritten && !kept.HasUnknown ? at.Known | written : at.Known & ~written;
            at.PassedBy = (at.PassedBy | (busMask << (8 * shift) & at.Known)) & ~written;
            at.WrittenCycle = cycle;
            at.Pending--;
            if (at.Pending <= 0)
            {
                at.Known = at.IsContended ? 0 : at.Known;
                at.IsContended = false;
                at.Pending = 0;
            }
        }
    }

    private void Judge(
        AxiFlight flight, int beat, in AxiReadDataPins pins, bool isArmed, bool isWrong, bool isPassedByArmed, bool isPassedByWrong, long cycle)
    {
        if (isPassedByArmed)
        {
            effect.Judge(!isPassedByWrong, cycle, isPassedByWrong ? Message(flight, beat, "bytes changed that the last write there had no strobe for") : string.Empty);
        }

        if (!isArmed)
        {
            return;
        }

        if (isWrong || !isPassedByWrong)
        {
            mismatch.Judge(!isWrong, cycle, isWrong ? Message(flight, beat, "other bytes than the memory holds") : string.Empty);
        }

        IReadOnlyList<AxiFlight> open = openReads();
        for (int i = 0; i < open.Count && open.Count > 1; i++)
        {
            AxiFlight other = open[i];
            if (other == flight || other.Id != flight.Id || beat >= other.Burst.Beats)
            {
                continue;
            }

            bool isOthers = Holds(other, beat, pins);
            if (isWrong && isOthers)
            {
                order.Violate(cycle, Message(flight, beat, $"the data of the later read of that id at 0x{other.Burst.Address:x}"));
                return;
            }

            if (!isWrong && !isOthers)
            {
                order.Satisfy();
                return;
            }
        }
    }

    /// <summary>Whether the pins hold what a beat of another read should return, all of it known.</summary>
    private bool Holds(AxiFlight flight, int beat, in AxiReadDataPins pins)
    {
        (ulong word, UInt128 lanes, int shift) = Place(flight.Burst, beat);
        Span<ShadowWord> shadow = memory.At(word);
        for (int i = 0; i < busWords; i++)
        {
            ulong active = LaneMask.OfWord(lanes, i);
            if (shadow.IsEmpty || (active & ~shadow[i].Known) != 0 || ((shadow[i].Value ^ (pins.Data[i] << (8 * shift))) & active) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Where the beat lies in the memory: its first word, its lanes counted from there, and by how many bytes the lanes of a bus that is
    /// narrower than a word are shifted for it.
    /// </summary>
    private (ulong Word, UInt128 Lanes, int Shift) Place(in AxiBurst burst, int beat)
    {
        ulong onBus = burst.AddressOf(beat) & ~((ulong)busBytes - 1);
        int shift = (int)(onBus % sizeof(ulong));
        return (onBus - (ulong)shift, burst.LanesOf(beat, busBytes).Strobe << shift, shift);
    }

    private static string Message(AxiFlight flight, int beat, string what) =>
        $"read id {flight.Id}, beat {beat} at 0x{flight.Burst.AddressOf(beat):x}: {what}";
}
