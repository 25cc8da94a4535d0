namespace Spanker.Conformance.Axi4;

/// <summary>The cycle rules of B.</summary>
internal sealed class WriteResponseChannel(AxiCheckOptions options, RuleBook book)
{
    private readonly HandshakeRules handshake = new(AxiSignal.BValid, options, book);
    private readonly PayloadTallies tallies = new(book);
    private AxiWriteResponsePins kept;

    /// <summary>Judges one cycle in which VALID waits or has waited, or x is on VALID or READY.</summary>
    public void Push(in AxiWriteResponsePins pins, long cycle)
    {
        if (handshake.Push(pins.Valid, pins.Ready, cycle))
        {
            if (pins.Id != kept.Id || pins.IdUnknown != kept.IdUnknown)
            {
                tallies.Changed(AxiSignal.BId, cycle);
            }

            if (pins.Response != kept.Response || pins.ResponseUnknown != kept.ResponseUnknown)
            {
                tallies.Changed(AxiSignal.BResp, cycle);
            }
        }

        if (handshake.IsStalled)
        {
            kept = pins;
        }
    }

    /// <summary>Judges x on the payload of one cycle.</summary>
    public void JudgeUnknown(in AxiWriteResponsePins pins, long cycle)
    {
        if (pins.Valid == AxiBit.High && (pins.IdUnknown | pins.ResponseUnknown) != 0)
        {
            if (pins.IdUnknown != 0)
            {
                tallies.Unknown(AxiSignal.BId, cycle);
            }

            if (pins.ResponseUnknown != 0)
            {
                tallies.Unknown(AxiSignal.BResp, cycle);
            }
        }
    }

    public void Forget() => handshake.Forget();

    public void Close(long liveCycles, long transfers) => handshake.Close(liveCycles, transfers, [AxiSignal.BId, AxiSignal.BResp]);
}
