namespace Spanker.Conformance.Axi4;

/// <summary>The smallest change of one signal: its lowest bit turned over, or turned into x.</summary>
public static class AxiPinEdit
{
    private const int ArOffset = AxiSignal.ArValid - AxiSignal.AwValid;

    /// <summary>Turns the lowest bit of a payload signal over.</summary>
    public static void Flip(ref AxiCycle pins, AxiSignal signal)
    {
        switch (signal)
        {
            case <= AxiSignal.AwUser:
                FlipAddress(ref pins.Aw, signal);
                break;
            case <= AxiSignal.ArUser:
                FlipAddress(ref pins.Ar, signal - ArOffset);
                break;
            case AxiSignal.WData:
                pins.W.Data[0] ^= 1;
                break;
            case AxiSignal.WStrb:
                pins.W.Strobe ^= 1;
                break;
            case AxiSignal.WLast:
                pins.W.Last ^= AxiBit.High;
                break;
            case AxiSignal.BId:
                pins.B.Id ^= 1;
                break;
            case AxiSignal.BResp:
                pins.B.Response ^= AxiResponse.ExOkay;
                break;
            case AxiSignal.RId:
                pins.R.Id ^= 1;
                break;
            case AxiSignal.RData:
                pins.R.Data[0] ^= 1;
                break;
            case AxiSignal.RResp:
                pins.R.Response ^= AxiResponse.ExOkay;
                break;
            case AxiSignal.RLast:
                pins.R.Last ^= AxiBit.High;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(signal), signal, "is no payload");
        }
    }

    /// <summary>VALID and READY of the channel of a signal.</summary>
    public static (AxiBit Valid, AxiBit Ready) HandshakeOf(in AxiCycle pins, AxiSignal signal) => signal switch
    {
        <= AxiSignal.AwUser => (pins.Aw.Valid, pins.Aw.Ready),
        <= AxiSignal.ArUser => (pins.Ar.Valid, pins.Ar.Ready),
        <= AxiSignal.WLast => (pins.W.Valid, pins.W.Ready),
        <= AxiSignal.BResp => (pins.B.Valid, pins.B.Ready),
        _ => (pins.R.Valid, pins.R.Ready),
    };

    /// <summary>Whether a signal is VALID or READY of a channel.</summary>
    public static bool IsHandshake(AxiSignal signal) => AxiSignalRules.HandshakeOf(signal).Has(signal);

    /// <summary>The bit of a VALID or READY.</summary>
    public static AxiBit BitOf(in AxiCycle pins, AxiSignal signal)
    {
        (AxiBit valid, AxiBit ready) = HandshakeOf(pins, signal);
        return signal is AxiSignal.AwValid or AxiSignal.ArValid or AxiSignal.WValid or AxiSignal.BValid or AxiSignal.RValid ? valid : ready;
    }

    /// <summary>Makes the lowest bit of a signal x.</summary>
    public static void MakeUnknown(ref AxiCycle pins, AxiSignal signal)
    {
        if (signal is AxiSignal.WData)
        {
            pins.W.DataUnknown[0] |= 1;
            pins.W.Data[0] &= ~1UL;
        }
        else if (signal is AxiSignal.RData)
        {
            pins.R.DataUnknown[0] |= 1;
            pins.R.Data[0] &= ~1UL;
        }
        else if (signal is AxiSignal.WStrb)
        {
            pins.W.StrobeUnknown |= 1;
            pins.W.Strobe &= ~UInt128.One;
        }
        else
        {
            // Of the others the rest of the value says nothing once one bit is x.
            pins.Set(signal, 0, unknown: 1);
        }
    }

    private static void FlipAddress(ref AxiAddressPins pins, AxiSignal awSignal)
    {
        switch (awSignal)
        {
            case AxiSignal.AwAddr:
                pins.Address ^= 1;
                break;
            case AxiSignal.AwId:
                pins.Id ^= 1;
                break;
            case AxiSignal.AwUser:
                pins.User ^= 1;
                break;
            case AxiSignal.AwLen:
                pins.Len ^= 1;
                break;
            case AxiSignal.AwSize:
                pins.Size ^= 1;
                break;
            case AxiSignal.AwBurst:
                pins.Burst ^= AxiBurstKind.Incr;
                break;
            case AxiSignal.AwLock:
                pins.Lock ^= 1;
                break;
            case AxiSignal.AwCache:
                pins.Cache ^= 1;
                break;
            case AxiSignal.AwProt:
                pins.Prot ^= 1;
                break;
            case AxiSignal.AwQos:
                pins.Qos ^= 1;
                break;
            case AxiSignal.AwRegion:
                pins.Region ^= 1;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(awSignal), awSignal, "is no payload");
        }
    }
}
