namespace Spanker.Conformance.Axi4;

/// <summary>The cycle rules of W.</summary>
internal sealed class WriteDataChannel(AxiBusShape shape, AxiCheckOptions options, RuleBook book)
{
    private readonly HandshakeRules handshake = new(AxiSignal.WValid, options, book);
    private readonly PayloadTallies tallies = new(book);
    private readonly int words = shape.DataWords;
    private readonly bool hasStrobe = shape.Signals.Has(AxiSignal.WStrb);
    private readonly UInt128 allLanes = new AxiLanes(0, shape.DataBytes - 1).Strobe;
    private AxiWriteDataPins kept;

    /// <summary>Judges one cycle in which VALID waits or has waited, or x is on VALID or READY.</summary>
    public void Push(in AxiWriteDataPins pins, long cycle)
    {
        if (handshake.Push(pins.Valid, pins.Ready, cycle))
        {
            Compare(pins, cycle);
        }
        else if (handshake.IsStalled)
        {
            Keep(pins);
        }
    }

    /// <summary>Judges x on the payload of one cycle.</summary>
    public void JudgeUnknown(in AxiWriteDataPins pins, long cycle)
    {
        if (pins.Valid != AxiBit.High)
        {
            return;
        }

        if (pins.StrobeUnknown != 0)
        {
            tallies.Unknown(AxiSignal.WStrb, cycle);
        }

        if (pins.Last == AxiBit.Unknown)
        {
            tallies.Unknown(AxiSignal.WLast, cycle);
        }

        if (LaneMask.HasUnknown(pins.DataUnknown, hasStrobe ? pins.Strobe : allLanes, words))
        {
            tallies.Unknown(AxiSignal.WData, cycle);
        }
    }

    public void Forget() => handshake.Forget();

    public void Close(long liveCycles, long transfers) => handshake.Close(liveCycles, transfers, [AxiSignal.WData, AxiSignal.WStrb, AxiSignal.WLast]);

    private void Compare(in AxiWriteDataPins pins, long cycle)
    {
        bool isChanged = false;
        if (!WordsMatch.Same(pins.Data, kept.Data, words) || !WordsMatch.Same(pins.DataUnknown, kept.DataUnknown, words))
        {
            tallies.Changed(AxiSignal.WData, cycle);
            isChanged = true;
        }

        if (pins.Strobe != kept.Strobe || pins.StrobeUnknown != kept.StrobeUnknown)
        {
            tallies.Changed(AxiSignal.WStrb, cycle);
            isChanged = true;
        }

        if (pins.Last != kept.Last)
        {
            tallies.Changed(AxiSignal.WLast, cycle);
            isChanged = true;
        }

        if (isChanged)
        {
            Keep(pins);
        }
    }

    /// <summary>The payload; of its data, the words that the bus has.</summary>
    private void Keep(in AxiWriteDataPins pins)
    {
        ((ReadOnlySpan<ulong>)pins.Data)[..words].CopyTo(kept.Data);
        ((ReadOnlySpan<ulong>)pins.DataUnknown)[..words].CopyTo(kept.DataUnknown);
        kept.Strobe = pins.Strobe;
        kept.StrobeUnknown = pins.StrobeUnknown;
        kept.Last = pins.Last;
    }
}
