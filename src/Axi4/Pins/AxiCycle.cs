namespace Spanker.Conformance.Axi4;

#pragma warning disable CA1051 // One cycle is filled in place and handed on by reference; it is never copied whole.

/// <summary>
/// The pins of an interface as sampled at one rising edge of its clock. Laid out flat and without references; the owner keeps one,
/// changes what changed, and pushes it by reference. Which pins exist is said once, by <see cref="AxiBusShape.Signals"/>.
/// </summary>
public struct AxiCycle
{
    /// <summary>The pins of W.</summary>
    public AxiWriteDataPins W;

    /// <summary>The pins of R.</summary>
    public AxiReadDataPins R;

    /// <summary>The pins of AW.</summary>
    public AxiAddressPins Aw;

    /// <summary>The pins of AR.</summary>
    public AxiAddressPins Ar;

    /// <summary>The pins of B.</summary>
    public AxiWriteResponsePins B;

    /// <summary>The reset after its polarity: high while it is active, unknown counts as active. Absent, it reads low.</summary>
    public AxiBit Reset;

    /// <summary>Sets a signal of at most 64 bits.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="value">Its value; bits that are unknown are ignored.</param>
    /// <param name="unknown">Ones where the value is x or z.</param>
    public void Set(AxiSignal signal, ulong value, ulong unknown = 0) => Set(signal, [value], [unknown]);

    /// <summary>Sets a signal of any width, lowest word first; missing words are 0.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="value">Its value; bits that are unknown are ignored.</param>
    /// <param name="unknown">Ones where the value is x or z.</param>
    public void Set(AxiSignal signal, ReadOnlySpan<ulong> value, ReadOnlySpan<ulong> unknown)
    {
        ulong high = value.Length > 1 ? value[1] : 0;
        ulong highUnknown = unknown.Length > 1 ? unknown[1] : 0;
        ulong low = value.Length > 0 ? value[0] : 0;
        ulong lowUnknown = unknown.Length > 0 ? unknown[0] : 0;
        ulong known = low & ~lowUnknown;
        AxiBit bit = (lowUnknown & 1) != 0 ? AxiBit.Unknown : (AxiBit)(low & 1);
        switch (signal)
        {
            case >= AxiSignal.AwValid and <= AxiSignal.AwUser:
                SetAddress(ref Aw, signal, bit, known, lowUnknown);
                break;
            case >= AxiSignal.ArValid and <= AxiSignal.ArUser:
                SetAddress(ref Ar, signal - (AxiSignal.ArValid - AxiSignal.AwValid), bit, known, lowUnknown);
                break;
            case AxiSignal.WValid:
                W.Valid = bit;
                break;
            case AxiSignal.WReady:
                W.Ready = bit;
                break;
            case AxiSignal.WData:
                SetWords(ref W.Data, ref W.DataUnknown, value, unknown);
                break;
            case AxiSignal.WStrb:
                W.Strobe = new UInt128(high & ~highUnknown, known);
                W.StrobeUnknown = new UInt128(highUnknown, lowUnknown);
                break;
            case AxiSignal.WLast:
                W.Last = bit;
                break;
            case AxiSignal.BValid:
                B.Valid = bit;
                break;
            case AxiSignal.BReady:
                B.Ready = bit;
                break;
            case AxiSignal.BId:
                (B.Id, B.IdUnknown) = (known, lowUnknown);
                break;
            case AxiSignal.BResp:
                (B.Response, B.ResponseUnknown) = ((AxiResponse)(known & 3), (byte)(lowUnknown & 3));
                break;
            case AxiSignal.RValid:
                R.Valid = bit;
                break;
            case AxiSignal.RReady:
                R.Ready = bit;
                break;
            case AxiSignal.RId:
                (R.Id, R.IdUnknown) = (known, lowUnknown);
                break;
            case AxiSignal.RData:
                SetWords(ref R.Data, ref R.DataUnknown, value, unknown);
                break;
            case AxiSignal.RResp:
                (R.Response, R.ResponseUnknown) = ((AxiResponse)(known & 3), (byte)(lowUnknown & 3));
                break;
            case AxiSignal.RLast:
                R.Last = bit;
                break;
            case AxiSignal.Reset:
                Reset = bit;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(signal), signal, "not a signal of AXI4");
        }
    }

    private static void SetAddress(ref AxiAddressPins pins, AxiSignal awSignal, AxiBit bit, ulong value, ulong unknown)
    {
        switch (awSignal)
        {
            case AxiSignal.AwValid:
                pins.Valid = bit;
                break;
            case AxiSignal.AwReady:
                pins.Ready = bit;
                break;
            case AxiSignal.AwAddr:
                (pins.Address, pins.AddressUnknown) = (value, unknown);
                break;
            case AxiSignal.AwId:
                (pins.Id, pins.IdUnknown) = (value, unknown);
                break;
            case AxiSignal.AwUser:
                (pins.User, pins.UserUnknown) = (value, unknown);
                break;
            default:
                (int shift, int _) = AxiAttributes.FieldOf(awSignal);
                ulong mask = AxiAttributes.MaskOf(awSignal);
                pins.Attributes = (pins.Attributes & ~mask) | ((value << shift) & mask);
                pins.AttributesUnknown = (pins.AttributesUnknown & ~mask) | ((unknown << shift) & mask);
                break;
        }
    }

    private static void SetWords(ref AxiWords words, ref AxiWords wordsUnknown, ReadOnlySpan<ulong> value, ReadOnlySpan<ulong> unknown)
    {
        Span<ulong> data = words;
        Span<ulong> mask = wordsUnknown;
        for (int i = 0; i < data.Length; i++)
        {
            mask[i] = i < unknown.Length ? unknown[i] : 0;
            data[i] = i < value.Length ? value[i] & ~mask[i] : 0;
        }
    }
}
