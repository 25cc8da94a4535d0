using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.LongChecks.Bus;

/// <summary>Pins that nearly keep no rule: VALIDs and payloads as the dice fall, mostly kept while they wait, so that transactions still come about; some x.</summary>
internal sealed class RandomPins(AxiBusShape shape, SplitMix64 random)
{
    private readonly int unknownOneIn = random.OneIn(3) ? 0 : 30 + random.Below(400);
    private readonly int busy = 1 + random.Below(4);
    private readonly ulong dataBits = random.OneIn(2) ? 3 : ulong.MaxValue;
    private AxiCycle pins;
    private int cycles;

    /// <summary>The pins of the next cycle.</summary>
    public ref readonly AxiCycle Next()
    {
        Address(ref pins.Aw);
        Address(ref pins.Ar);
        if (!IsKept(pins.W.Valid, pins.W.Ready))
        {
            UInt128 lanes = new AxiLanes(0, shape.DataBytes - 1).Strobe;
            (pins.W.Valid, pins.W.Last) = (Valid(), Bit(oneIn: 3));
            pins.W.StrobeUnknown = IsUnknown() ? new UInt128(random.Next(), random.Next()) & lanes : 0;
            pins.W.Strobe = (random.OneIn(3) ? new UInt128(random.Next(), random.Next()) : UInt128.MaxValue) & lanes & ~pins.W.StrobeUnknown;
            Data(ref pins.W.Data, ref pins.W.DataUnknown);
        }

        if (!IsKept(pins.B.Valid, pins.B.Ready))
        {
            (pins.B.Valid, pins.B.Id, pins.B.Response) = (Valid(), Id(), Response());
        }

        if (!IsKept(pins.R.Valid, pins.R.Ready))
        {
            (pins.R.Valid, pins.R.Id, pins.R.Response, pins.R.Last) = (Valid(), Id(), Response(), Bit(oneIn: 3));
            Data(ref pins.R.Data, ref pins.R.DataUnknown);
        }

        (pins.Aw.Ready, pins.W.Ready, pins.B.Ready, pins.Ar.Ready, pins.R.Ready) = (Ready(), Ready(), Ready(), Ready(), Ready());
        pins.Reset = cycles++ < 4 || random.OneIn(200) ? AxiBit.High : AxiBit.Low;
        return ref pins;
    }

    private void Address(ref AxiAddressPins address)
    {
        if (IsKept(address.Valid, address.Ready))
        {
            return;
        }

        ulong at = ((ulong)random.Below(3) * AxiBurst.PageBytes) + (ulong)random.Below(random.OneIn(2) ? AxiBurst.PageBytes : 64);
        address.Valid = Valid();
        address.Address = at & (random.OneIn(2) ? ~((ulong)shape.DataBytes - 1) : ulong.MaxValue) & Ones(shape.AddressBits);
        address.Id = Id();
        address.Len = random.Below(random.OneIn(10) ? 40 : 3);
        address.Size = random.OneIn(3) ? random.Below(8) : shape.FullSize;
        address.Burst = random.OneIn(3) ? (AxiBurstKind)random.Below(4) : AxiBurstKind.Incr;
        address.Lock = random.OneIn(6) ? 1 : 0;
        address.Cache = random.Below(16);
        address.AttributesUnknown = IsUnknown() ? 1UL << random.Below(29) : 0;
        address.Attributes &= ~address.AttributesUnknown;
    }

    private void Data(ref AxiWords words, ref AxiWords unknown)
    {
        for (int word = 0; word < shape.DataWords; word++)
        {
            ulong mask = Ones(shape.DataBits);
            unknown[word] = IsUnknown() ? random.Next() & random.Next() & mask : 0;
            words[word] = random.Next() & dataBits & mask & ~unknown[word];
        }
    }

    private bool IsKept(AxiBit valid, AxiBit ready) => valid == AxiBit.High && ready != AxiBit.High && !random.OneIn(12);

    private bool IsUnknown() => unknownOneIn > 0 && random.OneIn(unknownOneIn);

    private AxiBit Valid() => IsUnknown() ? AxiBit.Unknown : random.OneIn(busy) ? AxiBit.High : AxiBit.Low;

    private AxiBit Ready() => IsUnknown() ? AxiBit.Unknown : random.OneIn(3) ? AxiBit.Low : AxiBit.High;

    private AxiBit Bit(int oneIn) => IsUnknown() ? AxiBit.Unknown : random.OneIn(oneIn) ? AxiBit.High : AxiBit.Low;

    private AxiResponse Response() => random.OneIn(8) ? (AxiResponse)random.Below(4) : AxiResponse.Okay;

    private ulong Id() => (ulong)random.Below(3) & Ones(shape.IdBits);

    private static ulong Ones(int bits) => bits >= 64 ? ulong.MaxValue : (1UL << bits) - 1;
}
