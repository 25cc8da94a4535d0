namespace Spanker.Conformance.Axi4;

/// <summary>The cycle rules of AW or AR.</summary>
internal sealed class AddressChannel
{
    private readonly AxiSignal valid;
    private readonly HandshakeRules handshake;
    private readonly PayloadTallies tallies;
    private AxiAddressPins kept;

    public AddressChannel(AxiSignal valid, AxiCheckOptions options, RuleBook book)
    {
        this.valid = valid;
        handshake = new(valid, options, book);
        tallies = new(book);
    }

    /// <summary>Judges one cycle in which VALID waits or has waited, or x is on VALID or READY.</summary>
    public void Push(in AxiAddressPins pins, long cycle)
    {
        bool mustRepeat = handshake.Push(pins.Valid, pins.Ready, cycle);
        if (mustRepeat && IsChanged(pins))
        {
            Report(pins, cycle);
        }

        if (handshake.IsStalled)
        {
            kept = pins;
        }
    }

    /// <summary>Judges x on the payload of one cycle.</summary>
    public void JudgeUnknown(in AxiAddressPins pins, long cycle)
    {
        if (pins.Valid == AxiBit.High && (pins.AddressUnknown | pins.IdUnknown | pins.AttributesUnknown | pins.UserUnknown) != 0)
        {
            ReportUnknown(pins, cycle);
        }
    }

    public void Forget() => handshake.Forget();

    public void Close(long liveCycles, long transfers) => handshake.Close(liveCycles, transfers, [.. Enumerable.Range((int)AxiSignal.AwAddr, 11).Select(signal => Own((AxiSignal)signal))]);

    private bool IsChanged(in AxiAddressPins pins) =>
        ((pins.Address ^ kept.Address) | (pins.AddressUnknown ^ kept.AddressUnknown)
        | (pins.Id ^ kept.Id) | (pins.IdUnknown ^ kept.IdUnknown)
        | (pins.Attributes ^ kept.Attributes) | (pins.AttributesUnknown ^ kept.AttributesUnknown)
        | (pins.User ^ kept.User) | (pins.UserUnknown ^ kept.UserUnknown)) != 0;

    private void Report(in AxiAddressPins pins, long cycle)
    {
        if (pins.Address != kept.Address || pins.AddressUnknown != kept.AddressUnknown)
        {
            tallies.Changed(Own(AxiSignal.AwAddr), cycle, $"{AxiSignalRules.NameOf(Own(AxiSignal.AwAddr))} 0x{kept.Address:x} became 0x{pins.Address:x} while its VALID waited for READY");
        }

        if (pins.Id != kept.Id || pins.IdUnknown != kept.IdUnknown)
        {
            tallies.Changed(Own(AxiSignal.AwId), cycle);
        }

        if (pins.User != kept.User || pins.UserUnknown != kept.UserUnknown)
        {
            tallies.Changed(Own(AxiSignal.AwUser), cycle);
        }

        ulong changed = (pins.Attributes ^ kept.Attributes) | (pins.AttributesUnknown ^ kept.AttributesUnknown);
        for (AxiSignal signal = AxiSignal.AwLen; signal <= AxiSignal.AwRegion; signal++)
        {
            if ((changed & AxiAttributes.MaskOf(signal)) != 0)
            {
                tallies.Changed(Own(signal), cycle);
            }
        }
    }

    private void ReportUnknown(in AxiAddressPins pins, long cycle)
    {
        if (pins.AddressUnknown != 0)
        {
            tallies.Unknown(Own(AxiSignal.AwAddr), cycle);
        }

        if (pins.IdUnknown != 0)
        {
            tallies.Unknown(Own(AxiSignal.AwId), cycle);
        }

        if (pins.UserUnknown != 0)
        {
            tallies.Unknown(Own(AxiSignal.AwUser), cycle);
        }

        for (AxiSignal signal = AxiSignal.AwLen; signal <= AxiSignal.AwRegion; signal++)
        {
            if ((pins.AttributesUnknown & AxiAttributes.MaskOf(signal)) != 0)
            {
                tallies.Unknown(Own(signal), cycle);
            }
        }
    }

    /// <summary>The signal of this channel that corresponds to one of AW.</summary>
    private AxiSignal Own(AxiSignal awSignal) => awSignal + (valid - AxiSignal.AwValid);
}
