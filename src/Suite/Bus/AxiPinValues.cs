using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>The pins of a cycle one by one, as words of value and of x, and which of them differ from the cycle before.</summary>
internal sealed class AxiPinValues
{
    private const int MostWords = AxiBusShape.MaxDataBits / 64;

    private readonly ulong[] now;
    private readonly ulong[] before;

    /// <summary>Place for the pins of an interface.</summary>
    public AxiPinValues(AxiBusShape shape)
    {
        Signals = [.. Enum.GetValues<AxiSignal>().Where(signal => shape.Signals.Has(signal) && shape.WidthOf(signal) > 0).OrderBy(signal => signal == AxiSignal.Reset ? -1 : (int)signal)];
        now = new ulong[Signals.Count * 2 * MostWords];
        before = new ulong[now.Length];
    }

    /// <summary>The pins, the reset first.</summary>
    public IReadOnlyList<AxiSignal> Signals { get; }

    public ReadOnlySpan<ulong> Value(int index) => now.AsSpan(index * 2 * MostWords, MostWords);

    public ReadOnlySpan<ulong> Unknown(int index) => now.AsSpan(((index * 2) + 1) * MostWords, MostWords);

    public bool IsChanged(int index)
    {
        int first = index * 2 * MostWords;
        return !now.AsSpan(first, 2 * MostWords).SequenceEqual(before.AsSpan(first, 2 * MostWords));
    }

    /// <summary>Makes a cycle the current one. Bits beyond a pin's width are dropped where the pin is written.</summary>
    public void Take(in AxiCycle cycle)
    {
        now.CopyTo(before, 0);
        for (int i = 0; i < Signals.Count; i++)
        {
            Span<ulong> value = now.AsSpan(i * 2 * MostWords, MostWords);
            Span<ulong> unknown = now.AsSpan(((i * 2) + 1) * MostWords, MostWords);
            Read(cycle, Signals[i], value, unknown);
        }
    }

    private static void Read(in AxiCycle cycle, AxiSignal signal, Span<ulong> value, Span<ulong> unknown)
    {
        switch (signal)
        {
            case >= AxiSignal.AwValid and <= AxiSignal.AwUser:
                (value[0], unknown[0]) = OfAddress(cycle.Aw, signal);
                break;
            case >= AxiSignal.ArValid and <= AxiSignal.ArUser:
                (value[0], unknown[0]) = OfAddress(cycle.Ar, signal - (AxiSignal.ArValid - AxiSignal.AwValid));
                break;
            case AxiSignal.WData:
                ((ReadOnlySpan<ulong>)cycle.W.Data).CopyTo(value);
                ((ReadOnlySpan<ulong>)cycle.W.DataUnknown).CopyTo(unknown);
                break;
            case AxiSignal.RData:
                ((ReadOnlySpan<ulong>)cycle.R.Data).CopyTo(value);
                ((ReadOnlySpan<ulong>)cycle.R.DataUnknown).CopyTo(unknown);
                break;
            case AxiSignal.WStrb:
                (value[0], value[1]) = Halves(cycle.W.Strobe);
                (unknown[0], unknown[1]) = Halves(cycle.W.StrobeUnknown);
                break;
            default:
                (value[0], unknown[0]) = OfResponse(cycle, signal);
                break;
        }
    }

    private static (ulong Value, ulong Unknown) OfAddress(in AxiAddressPins pins, AxiSignal awSignal)
    {
        switch (awSignal)
        {
            case AxiSignal.AwValid:
                return OfBit(pins.Valid);
            case AxiSignal.AwReady:
                return OfBit(pins.Ready);
            case AxiSignal.AwAddr:
                return (pins.Address, pins.AddressUnknown);
            case AxiSignal.AwId:
                return (pins.Id, pins.IdUnknown);
            case AxiSignal.AwUser:
                return (pins.User, pins.UserUnknown);
            default:
                (int shift, int bits) = awSignal switch
                {
                    AxiSignal.AwLen => (AxiAttributes.LenShift, 8),
                    AxiSignal.AwSize => (AxiAttributes.SizeShift, 3),
                    AxiSignal.AwBurst => (AxiAttributes.BurstShift, 2),
                    AxiSignal.AwLock => (AxiAttributes.LockShift, 1),
                    AxiSignal.AwCache => (AxiAttributes.CacheShift, 4),
                    AxiSignal.AwProt => (AxiAttributes.ProtShift, 3),
                    AxiSignal.AwQos => (AxiAttributes.QosShift, 4),
                    _ => (AxiAttributes.RegionShift, 4),
                };
                ulong mask = (1UL << bits) - 1;
                return ((pins.Attributes >> shift) & mask, (pins.AttributesUnknown >> shift) & mask);
        }
    }

    private static (ulong Value, ulong Unknown) OfResponse(in AxiCycle cycle, AxiSignal signal) => signal switch
    {
        AxiSignal.WValid => OfBit(cycle.W.Valid),
        AxiSignal.WReady => OfBit(cycle.W.Ready),
        AxiSignal.WLast => OfBit(cycle.W.Last),
        AxiSignal.BValid => OfBit(cycle.B.Valid),
        AxiSignal.BReady => OfBit(cycle.B.Ready),
        AxiSignal.BId => (cycle.B.Id, cycle.B.IdUnknown),
        AxiSignal.BResp => ((ulong)cycle.B.Response, cycle.B.ResponseUnknown),
        AxiSignal.RValid => OfBit(cycle.R.Valid),
        AxiSignal.RReady => OfBit(cycle.R.Ready),
        AxiSignal.RId => (cycle.R.Id, cycle.R.IdUnknown),
        AxiSignal.RResp => ((ulong)cycle.R.Response, cycle.R.ResponseUnknown),
        AxiSignal.RLast => OfBit(cycle.R.Last),

        // The pin is aresetn, low while the reset is active.
        AxiSignal.Reset => cycle.Reset == AxiBit.Unknown ? (0, 1) : (cycle.Reset == AxiBit.Low ? 1UL : 0, 0UL),
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "not a pin of one word"),
    };

    private static (ulong Value, ulong Unknown) OfBit(AxiBit bit) => bit == AxiBit.Unknown ? (0, 1) : ((ulong)bit, 0UL);

    private static (ulong Low, ulong High) Halves(UInt128 value) => unchecked(((ulong)value, (ulong)(value >> 64)));
}
