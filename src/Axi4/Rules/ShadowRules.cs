using System.Diagnostics.CodeAnalysis;

namespace Spanker.Conformance.Axi4;

/// <summary>
/// EXT_RDATA_MISMATCH, EXT_WRITE_EFFECT, and the part of EXT_ID_ORDER that data tells. A byte is judged if it is known and no write to
/// its block was on its way between AR and R; then it must be what was last written, or last read, there.
/// </summary>
/// <remarks>
/// Nearly all traffic is beats of the full width, all strobes high, to blocks of which everything is known: those are copied and compared
/// whole. The rest goes word by word, with masks.
/// </remarks>
internal sealed class ShadowRules : FlightObserver
{
    private readonly ShadowMemory memory;
    private readonly List<AxiFlight> openReads;
    private readonly DirectionTrust writes;
    private readonly RuleTally mismatch;
    private readonly RuleTally effect;
    private readonly RuleTally order;
    private readonly int busBytes;
    private readonly int busWords;

    // The bytes of the bus within a word of the memory: all of them, or fewer than eight.
    private readonly ulong busMask;
    private readonly bool busFillsBlock;

    // The bits of an address that say where it is in multiples of the bus's bytes.
    private readonly ulong busAddress;
    private ShadowPage? writtenPage;
    private ShadowPage? readPage;

    /// <param name="shape">The interface.</param>
    /// <param name="options">Limits.</param>
    /// <param name="book">The tallies.</param>
    /// <param name="openReads">The reads on their way.</param>
    /// <param name="writes">Whether all writes on their way are known; while they are not, nothing is judged or learned.</param>
    public ShadowRules(AxiBusShape shape, AxiCheckOptions options, RuleBook book, List<AxiFlight> openReads, DirectionTrust writes)
    {
        memory = new(options.ShadowPages, shape.DataWords, options.Profile?.MemoryFirst ?? 0, options.Profile?.MemoryLast ?? ulong.MaxValue);
        this.openReads = openReads;
        this.writes = writes;
        mismatch = book[AxiRules.ReadData];
        effect = book[AxiRules.WriteEffect];
        order = book[AxiRules.IdOrder];
        busBytes = shape.DataBytes;
        busWords = shape.DataWords;
        busAddress = ~((ulong)busBytes - 1);
        busFillsBlock = busBytes >= sizeof(ulong);
        busMask = busFillsBlock ? ulong.MaxValue : (1UL << shape.DataBits) - 1;
    }

    public override FlightEvents Events =>
        FlightEvents.WriteAddress | FlightEvents.WriteBeat | FlightEvents.WriteResponse | FlightEvents.ReadBeat | FlightEvents.PlainBeats;

    public override void OnForgotten() => memory.Clear();

    public override void OnAddress(AxiFlight flight, int outstanding, long cycle)
    {
        if (flight.IsUnclear)
        {
            // It may write anywhere.
            memory.Clear();
        }
    }

    public override void OnPlainWriteBeat(AxiFlight flight, int beat, long cycle)
    {
        if (PageOf(flight, beat, ref writtenPage, out int at, out _) is ShadowPage page)
        {
            page.Expect(at, flight.AddressCycle);
        }

        if (flight.IsAnswered)
        {
            // The answer was early, and no other comes.
            Write(flight, beat, IsWritten(flight), cycle);
        }
    }

    public override void OnWriteBeat(AxiFlight flight, int beat, long cycle)
    {
        if (!flight.IsUnclear && beat < flight.Burst.Beats)
        {
            OnPlainWriteBeat(flight, beat, cycle);
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
        bool mayBeStored = isWritten && flight.IsStraight && flight.IsPlain && busFillsBlock && flight.BeatCount == flight.Burst.Beats;
        if (mayBeStored && memory.Page(flight.PageNumber, ref writtenPage) is ShadowPage page)
        {
            Store(flight, page, cycle);
            return;
        }

        for (int beat = 0; beat < flight.BeatCount && beat < flight.Burst.Beats; beat++)
        {
            Write(flight, beat, isWritten, cycle);
        }
    }

    public override void OnPlainReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle)
    {
        if (!TryFind(flight, beat, out ShadowPage? page, out int at, out int shift))
        {
            return;
        }

        if (page.Block(at).IsWhole && busFillsBlock && WordsMatch.Same(page.Values(at), pins.Data, busWords))
        {
            mismatch.Satisfy();
            if (openReads.Count > 1)
            {
                JudgeOrder(flight, beat, pins, isWrong: false, cycle);
            }
        }
        else
        {
            ReadWords(flight, beat, pins, page, at, shift, cycle);
        }
    }

    public override void OnReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle)
    {
        bool isError = pins.Response is AxiResponse.SlvErr or AxiResponse.DecErr || pins.ResponseUnknown != 0;
        if (!isError && !flight.IsUnclear && beat < flight.Burst.Beats && TryFind(flight, beat, out ShadowPage? page, out int at, out int shift))
        {
            ReadWords(flight, beat, pins, page, at, shift, cycle);
        }
    }

    /// <summary>Where a read beat lies in the memory; false if nothing can be said of it, or no room was left.</summary>
    private bool TryFind(AxiFlight flight, int beat, [NotNullWhen(true)] out ShadowPage? page, out int at, out int shift)
    {
        if (!writes.IsTrusted)
        {
            (page, at, shift) = (null, 0, 0);
            return false;
        }

        page = PageOf(flight, beat, ref readPage, out at, out shift);
        if (page is null)
        {
            return false;
        }

        ref ShadowBlock block = ref page.Block(at);
        return block.Pending == 0 && block.WrittenCycle < flight.AddressCycle;
    }

    private static bool IsWritten(AxiFlight flight) =>
        flight.Response == (flight.IsExclusive ? AxiResponse.ExOkay : AxiResponse.Okay);

    private static ulong WholeBytes(ulong bits)
    {
        ulong low = bits & 0x7f7f_7f7f_7f7f_7f7f;
        ulong any = (unchecked(low + 0x7f7f_7f7f_7f7f_7f7f) | bits) & 0x8080_8080_8080_8080;
        return unchecked((any >> 7) * 0xff);
    }

    /// <summary>Stores a burst that lies straight in a page: beats without a gap in their strobes at once, as many as follow one another.</summary>
    private void Store(AxiFlight flight, ShadowPage page, long cycle)
    {
        int stored = 0;
        ReadOnlySpan<AxiFlightBeat> beats = flight.Beats;
        for (int beat = 0; beat < beats.Length; beat++)
        {
            if (!beats[beat].IsWhole)
            {
                page.Store(flight.DataOf(stored, beat - stored), flight.FirstBeatInPage + stored, beat - stored, cycle);
                Write(flight, beat, isWritten: true, cycle);
                stored = beat + 1;
            }
        }

        page.Store(flight.DataOf(stored, beats.Length - stored), flight.FirstBeatInPage + stored, beats.Length - stored, cycle);
    }

    private void Write(AxiFlight flight, int beat, bool isWritten, long cycle)
    {
        if (PageOf(flight, beat, ref writtenPage, out int at, out int shift) is not ShadowPage page)
        {
            return;
        }

        ref readonly AxiFlightBeat kept = ref flight.Beats[beat];
        UInt128 lanes = flight.Burst.LanesOf(beat, busBytes).Strobe;
        WriteWords(flight.DataOf(beat), kept.HasUnknown ? lanes : kept.Strobe & lanes, isWritten && !kept.HasUnknown, page, at, shift);
        page.Settle(at, cycle);
    }

    private void WriteWords(ReadOnlySpan<ulong> data, UInt128 strobed, bool isStored, ShadowPage page, int at, int shift)
    {
        Span<ulong> values = page.Values(at);
        Span<ulong> known = page.Known(at);
        Span<ulong> passedBy = page.PassedBy(at);
        bool isWhole = true;
        for (int i = 0; i < values.Length; i++)
        {
            ulong written = LaneMask.OfWord(strobed, i) << (8 * shift);
            values[i] = (values[i] & ~written) | ((data[i] << (8 * shift)) & written);
            known[i] = isStored ? known[i] | written : known[i] & ~written;
            passedBy[i] = (passedBy[i] | ((busMask << (8 * shift)) & known[i])) & ~written;
            isWhole &= (~known[i] | passedBy[i]) == 0;
        }

        page.Block(at).IsWhole = isWhole;
    }

    private void ReadWords(AxiFlight flight, int beat, in AxiReadDataPins pins, ShadowPage page, int at, int shift, long cycle)
    {
        Span<ulong> values = page.Values(at);
        Span<ulong> known = page.Known(at);
        Span<ulong> passedBy = page.PassedBy(at);
        UInt128 lanes = flight.Burst.LanesOf(beat, busBytes).Strobe;
        (bool isArmed, bool isPassedByArmed, bool isWrong, bool isPassedByWrong, bool isWhole) = (false, false, false, false, true);
        for (int i = 0; i < values.Length; i++)
        {
            ulong active = (LaneMask.OfWord(lanes, i) & ~pins.DataUnknown[i]) << (8 * shift);
            ulong got = pins.Data[i] << (8 * shift);
            ulong judged = active & known[i];
            ulong wrong = WholeBytes((values[i] ^ got) & judged);
            isArmed |= judged != 0;
            isPassedByArmed |= (judged & passedBy[i]) != 0;
            isWrong |= (wrong & ~passedBy[i]) != 0;
            isPassedByWrong |= (wrong & passedBy[i]) != 0;

            // What was read is what is there: a wrong byte is reported once.
            values[i] = (values[i] & ~active) | (got & active);
            known[i] |= active;
            passedBy[i] &= ~active;
            isWhole &= (~known[i] | passedBy[i]) == 0;
        }

        page.Block(at).IsWhole = isWhole;
        if (isPassedByArmed)
        {
            JudgeEffect(flight, beat, isPassedByWrong, cycle);
        }

        if (isWrong)
        {
            mismatch.Violate(cycle, Message(flight, beat, "other bytes than the memory holds"));
        }
        else if (isArmed && !isPassedByWrong)
        {
            mismatch.Satisfy();
        }

        if (isArmed)
        {
            JudgeOrder(flight, beat, pins, isWrong, cycle);
        }
    }

    private void JudgeEffect(AxiFlight flight, int beat, bool isWrong, long cycle)
    {
        if (isWrong)
        {
            effect.Violate(cycle, Message(flight, beat, "bytes changed that the last write there had no strobe for"));
        }
        else
        {
            effect.Satisfy();
        }
    }

    private void JudgeOrder(AxiFlight flight, int beat, in AxiReadDataPins pins, bool isWrong, long cycle)
    {
        for (int i = 0; i < openReads.Count && openReads.Count > 1; i++)
        {
            AxiFlight other = openReads[i];
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
        ShadowPage? last = null;
        if (PageOf(flight, beat, ref last, out int at, out int shift) is not ShadowPage page)
        {
            return false;
        }

        Span<ulong> values = page.Values(at);
        Span<ulong> known = page.Known(at);
        UInt128 lanes = flight.Burst.LanesOf(beat, busBytes).Strobe;
        for (int i = 0; i < values.Length; i++)
        {
            ulong active = LaneMask.OfWord(lanes, i) << (8 * shift);
            if ((active & ~known[i]) != 0 || ((values[i] ^ (pins.Data[i] << (8 * shift))) & active) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where a beat lies: its page, the block in it, and by how many bytes the lanes of a bus that is narrower than a block are shifted in it.</summary>
    private ShadowPage? PageOf(AxiFlight flight, int beat, ref ShadowPage? last, out int block, out int shift)
    {
        if (flight.IsStraight && busFillsBlock)
        {
            (block, shift) = (flight.FirstBeatInPage + beat, 0);
            return memory.Page(flight.PageNumber, ref last);
        }

        ulong onBus = flight.Burst.AddressOf(beat) & busAddress;
        block = memory.BlockOf(onBus);
        shift = unchecked((int)(onBus % sizeof(ulong)));
        return memory.Page(onBus / AxiBurst.PageBytes, ref last);
    }

    private static string Message(AxiFlight flight, int beat, string what) =>
        $"read id {flight.Id}, beat {beat} at 0x{flight.Burst.AddressOf(beat):x}: {what}";
}
