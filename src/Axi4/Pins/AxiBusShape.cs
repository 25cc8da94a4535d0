using System.Numerics;

namespace Spanker.Conformance.Axi4;

/// <summary>What an interface looks like for the whole of a trace: its widths, the pins that it has, and whether x can be seen on them.</summary>
public sealed record AxiBusShape
{
    /// <summary>The widest data bus of AXI4.</summary>
    public const int MaxDataBits = 1024;

    /// <summary>An interface of these widths that has every signal of AXI4.</summary>
    /// <param name="dataBits">Width of WDATA and RDATA in bits: 8, 16, 32 .. 1024.</param>
    /// <param name="addressBits">Width of AWADDR and ARADDR in bits, 1..64.</param>
    /// <param name="idBits">Width of the ids in bits, 0..64; 0 where there are none.</param>
    /// <exception cref="ArgumentException">A width is none that AXI4 has.</exception>
    public AxiBusShape(int dataBits, int addressBits, int idBits)
    {
        if (dataBits is < 8 or > MaxDataBits || !BitOperations.IsPow2(dataBits))
        {
            throw new ArgumentException($"an AXI4 data bus has 8, 16, 32 .. {MaxDataBits} bits, not {dataBits}", nameof(dataBits));
        }

        if (addressBits is < 1 or > 64)
        {
            throw new ArgumentException($"addresses have 1..64 bits, not {addressBits}", nameof(addressBits));
        }

        if (idBits is < 0 or > 64)
        {
            throw new ArgumentException($"ids have 0..64 bits, not {idBits}", nameof(idBits));
        }

        DataBits = dataBits;
        AddressBits = addressBits;
        IdBits = idBits;
        Signals = idBits > 0
            ? AxiSignalSet.All
            : AxiSignalSet.All.Without(AxiSignalSet.Of(AxiSignal.AwId, AxiSignal.ArId, AxiSignal.BId, AxiSignal.RId));
    }

    /// <summary>Profile A (CONTRACT AXI-1, AXI-5): 256 data bits, 48 address bits, 4 id bits; no AxUSER, no AxREGION.</summary>
    public static AxiBusShape ProfileA { get; } = new(dataBits: 256, addressBits: 48, idBits: 4)
    {
        Signals = AxiSignalSet.All.Without(
            AxiSignalSet.Of(AxiSignal.AwRegion, AxiSignal.AwUser, AxiSignal.ArRegion, AxiSignal.ArUser)),
    };

    /// <summary>Width of WDATA and RDATA in bits.</summary>
    public int DataBits { get; }

    /// <summary>Width of AWADDR and ARADDR in bits.</summary>
    public int AddressBits { get; }

    /// <summary>Width of the ids in bits; 0 where there are none.</summary>
    public int IdBits { get; }

    /// <summary>The pins that the interface has and the trace shows. A channel takes part if its VALID and READY are there.</summary>
    public AxiSignalSet Signals { get; init; }

    /// <summary>Whether x and z can occur: false for a trace of a 2-state simulator, whose x rules are not observable.</summary>
    public bool IsFourState { get; init; } = true;

    /// <summary>Bytes of the data bus.</summary>
    public int DataBytes => DataBits / 8;

    /// <summary>64-bit words that hold WDATA or RDATA.</summary>
    public int DataWords => (DataBits + 63) / 64;

    /// <summary>64-bit words that hold WSTRB.</summary>
    public int StrobeWords => (DataBytes + 63) / 64;

    /// <summary>log2 of the bytes of the bus, which AxSIZE must not exceed and an absent AxSIZE means.</summary>
    public int FullSize => BitOperations.Log2((uint)DataBytes);

    /// <summary>Whether <paramref name="channel"/> has both VALID and READY.</summary>
    public bool HasChannel(AxiChannel channel) => Signals.HasAll(channel switch
    {
        AxiChannel.WriteAddress => AxiSignalSet.Of(AxiSignal.AwValid, AxiSignal.AwReady),
        AxiChannel.WriteData => AxiSignalSet.Of(AxiSignal.WValid, AxiSignal.WReady),
        AxiChannel.WriteResponse => AxiSignalSet.Of(AxiSignal.BValid, AxiSignal.BReady),
        AxiChannel.ReadAddress => AxiSignalSet.Of(AxiSignal.ArValid, AxiSignal.ArReady),
        _ => AxiSignalSet.Of(AxiSignal.RValid, AxiSignal.RReady),
    });

    /// <summary>Width of a signal in bits on this interface (USER counts as 64).</summary>
    public int WidthOf(AxiSignal signal) => signal switch
    {
        AxiSignal.AwAddr or AxiSignal.ArAddr => AddressBits,
        AxiSignal.AwId or AxiSignal.ArId or AxiSignal.BId or AxiSignal.RId => IdBits,
        AxiSignal.AwUser or AxiSignal.ArUser => 64,
        AxiSignal.AwLen or AxiSignal.ArLen => 8,
        AxiSignal.AwSize or AxiSignal.ArSize or AxiSignal.AwProt or AxiSignal.ArProt => 3,
        AxiSignal.AwBurst or AxiSignal.ArBurst or AxiSignal.BResp or AxiSignal.RResp => 2,
        AxiSignal.AwCache or AxiSignal.ArCache or AxiSignal.AwQos or AxiSignal.ArQos => 4,
        AxiSignal.AwRegion or AxiSignal.ArRegion => 4,
        AxiSignal.WData or AxiSignal.RData => DataBits,
        AxiSignal.WStrb => DataBytes,
        _ => 1,
    };

    /// <summary>The burst that address pins ask for; an absent LEN is one beat, an absent SIZE the full width, an absent BURST INCR.</summary>
    /// <param name="pins">The pins of AW or AR; their x count as 0.</param>
    /// <param name="isRead">Whether they are the pins of AR.</param>
    public AxiBurst BurstOf(in AxiAddressPins pins, bool isRead)
    {
        bool hasSize = Signals.Has(isRead ? AxiSignal.ArSize : AxiSignal.AwSize);
        bool hasKind = Signals.Has(isRead ? AxiSignal.ArBurst : AxiSignal.AwBurst);
        return new(pins.Address, beats: pins.Len + 1, size: hasSize ? pins.Size : FullSize, hasKind ? pins.Burst : AxiBurstKind.Incr);
    }
}
