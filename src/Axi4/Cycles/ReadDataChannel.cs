namespace Spanker.Conformance.Axi4;

/// <summary>The cycle rules of R; x on RDATA is judged where the active lanes are known, in <see cref="ReadUnknownRule"/>.</summary>
internal sealed class ReadDataChannel(AxiBusShape shape, AxiCheckOptions options, RuleBook book)
{
    private readonly HandshakeRules handshake = new(AxiSignal.RValid, options, book);
    private readonly PayloadTallies tallies = new(book);
    private readonly int words = shape.DataWords;
    private AxiReadDataPins kept;

    /// <summary>Judges one cycle in which VALID waits or has waited, or x is on VALID or READY.</summary>
    public void Push(in AxiReadDataPins pins, long cycle)
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
    public void JudgeUnknown(in AxiReadDataPins pins, long cycle)
    {
        if (pins.Valid != AxiBit.High)
        {
            return;
        }

        if (pins.IdUnknown != 0)
        {
            tallies.Unknown(AxiSignal.RId, cycle);
        }

        if (pins.ResponseUnknown != 0)
        {
            tallies.Unknown(AxiSignal.RResp, cycle);
        }

        if (pins.Last == AxiBit.Unknown)
        {
            tallies.Unknown(AxiSignal.RLast, cycle);
        }
    }

    public void Forget() => handshake.Forget();

    public void Close(long liveCycles, long transfers) => handshake.Close(liveCycles, transfers, [AxiSignal.RId, AxiSignal.RData, AxiSignal.RResp, AxiSignal.RLast]);

    private void Compare(in AxiReadDataPins pins, long cycle)
    {
        bool isChanged = false;
        if (!WordsMatch.Same(pins.Data, kept.Data, words) || !WordsMatch.Same(pins.DataUnknown, kept.DataUnknown, words))
        {
            tallies.Changed(AxiSignal.RData, cycle);
            isChanged = true;
        }

        if (pins.Id != kept.Id || pins.IdUnknown != kept.IdUnknown)
        {
            tallies.Changed(AxiSignal.RId, cycle);
            isChanged = true;
        }

        if (pins.Response != kept.Response || pins.ResponseUnknown != kept.ResponseUnknown)
        {
            tallies.Changed(AxiSignal.RResp, cycle);
            isChanged = true;
        }

        if (pins.Last != kept.Last)
        {
            tallies.Changed(AxiSignal.RLast, cycle);
            isChanged = true;
        }

        if (isChanged)
        {
            Keep(pins);
        }
    }

    /// <summary>The payload; of its data, the words that the bus has.</summary>
    private void Keep(in AxiReadDataPins pins)
    {
        ((ReadOnlySpan<ulong>)pins.Data)[..words].CopyTo(kept.Data);
        ((ReadOnlySpan<ulong>)pins.DataUnknown)[..words].CopyTo(kept.DataUnknown);
        kept.Id = pins.Id;
        kept.IdUnknown = pins.IdUnknown;
        kept.Response = pins.Response;
        kept.ResponseUnknown = pins.ResponseUnknown;
        kept.Last = pins.Last;
    }
}
