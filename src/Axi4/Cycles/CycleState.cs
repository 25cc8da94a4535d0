namespace Spanker.Conformance.Axi4;

/// <summary>What a cycle is about, in one number, so that each part of the checker need not find it out again.</summary>
/// <param name="Bits">
/// Two bits a channel, in the order of <see cref="AxiChannel"/>, three times over:
/// <code>
/// bits  29..20                                      19..10               9..0
///       01 where VALID is high and payload has x    READY, an AxiBit     VALID, an AxiBit
/// </code>
/// </param>
internal readonly record struct CycleState(int Bits)
{
    /// <summary>How many values <see cref="Valid"/> can have.</summary>
    public const int Values = 1 << ChannelsBits;

    private const int ChannelsBits = 10;
    // The parts of a direction that say whether a beat of known data transfers and nothing else of the direction is valid.
    private const int WriteBits = 0b111111 | (3 << (ChannelsBits + 2)) | (1 << ((2 * ChannelsBits) + 2));
    private const int WriteBeat = (1 << 2) | (1 << (ChannelsBits + 2));
    private const int ReadBits = (0b1111 << 6) | (3 << (ChannelsBits + 8)) | (1 << ((2 * ChannelsBits) + 8));
    private const int ReadBeat = (1 << 8) | (1 << (ChannelsBits + 8));
    private const int UnknownBits = 0b10_10_10_10_10;
    private const int HighBits = 0b01_01_01_01_01;

    /// <summary>The VALIDs.</summary>
    public int Valid => Bits & (Values - 1);

    /// <summary>Whether an x is on a VALID or READY.</summary>
    public bool HasUnknownHandshake => (Bits & (UnknownBits | (UnknownBits << ChannelsBits))) != 0;

    /// <summary>Whether an x is on a VALID.</summary>
    public bool HasUnknownValid => (Bits & UnknownBits) != 0;

    /// <summary>Whether x is on the payload of any channel whose VALID is high.</summary>
    public bool HasUnknownPayloads => Bits >> (2 * ChannelsBits) != 0;

    /// <summary>The channels that transfer. A set of channels has the lower of the two bits of each.</summary>
    public int Transferring => Bits & (Bits >> ChannelsBits) & HighBits;

    /// <summary>The channels whose VALID is high and whose READY is not.</summary>
    public int Waiting => Bits & ~(Bits >> ChannelsBits) & HighBits;

    /// <summary>The channels with an x on VALID or READY.</summary>
    public int UnknownHandshakes => ((Bits | (Bits >> ChannelsBits)) & UnknownBits) >> 1;

    /// <summary>Whether every VALID and READY is low or high, and no VALID is high.</summary>
    public bool IsIdle => Valid == 0 && !HasUnknownHandshake;

    /// <summary>Whether W transfers, without x, while AW and B are not valid.</summary>
    public bool IsWriteBeatAlone => (Bits & WriteBits) == WriteBeat;

    /// <summary>Whether R transfers, without x, while AR is not valid.</summary>
    public bool IsReadBeatAlone => (Bits & ReadBits) == ReadBeat;

    /// <summary>The state of one cycle.</summary>
    /// <param name="pins">The pins.</param>
    /// <param name="words">Words of the data bus.</param>
    public static CycleState Of(in AxiCycle pins, int words)
    {
        int valid = Pack(pins.Aw.Valid, pins.W.Valid, pins.B.Valid, pins.Ar.Valid, pins.R.Valid);
        int ready = Pack(pins.Aw.Ready, pins.W.Ready, pins.B.Ready, pins.Ar.Ready, pins.R.Ready);
        int unknown = 0;
        if (pins.Aw.Valid == AxiBit.High && HasUnknown(pins.Aw))
        {
            unknown |= Bit(AxiChannel.WriteAddress);
        }

        if (pins.W.Valid == AxiBit.High && (pins.W.StrobeUnknown != 0 || pins.W.Last == AxiBit.Unknown || LaneMask.HasAnyUnknown(pins.W.DataUnknown, words)))
        {
            unknown |= Bit(AxiChannel.WriteData);
        }

        if (pins.B.Valid == AxiBit.High && (pins.B.IdUnknown | pins.B.ResponseUnknown) != 0)
        {
            unknown |= Bit(AxiChannel.WriteResponse);
        }

        if (pins.Ar.Valid == AxiBit.High && HasUnknown(pins.Ar))
        {
            unknown |= Bit(AxiChannel.ReadAddress);
        }

        if (pins.R.Valid == AxiBit.High && HasUnknown(pins.R, words))
        {
            unknown |= Bit(AxiChannel.ReadData);
        }

        return new(valid | (ready << ChannelsBits) | (unknown << (2 * ChannelsBits)));
    }

    /// <summary>Whether the VALID of a channel is high.</summary>
    public bool IsValid(AxiChannel channel) => ((Bits >> (2 * (int)channel)) & 3) == (int)AxiBit.High;

    /// <summary>Whether x is on the payload of a channel whose VALID is high.</summary>
    public bool HasUnknownPayload(AxiChannel channel) => (Bits & (Bit(channel) << (2 * ChannelsBits))) != 0;

    private static int Pack(AxiBit aw, AxiBit w, AxiBit b, AxiBit ar, AxiBit r) =>
        (int)aw | ((int)w << 2) | ((int)b << 4) | ((int)ar << 6) | ((int)r << 8);

    private static int Bit(AxiChannel channel) => 1 << (2 * (int)channel);

    private static bool HasUnknown(in AxiAddressPins pins) =>
        (pins.AddressUnknown | pins.IdUnknown | pins.AttributesUnknown | pins.UserUnknown) != 0;

    private static bool HasUnknown(in AxiReadDataPins pins, int words) =>
        (pins.IdUnknown | pins.ResponseUnknown) != 0 || pins.Last == AxiBit.Unknown || LaneMask.HasAnyUnknown(pins.DataUnknown, words);
}
