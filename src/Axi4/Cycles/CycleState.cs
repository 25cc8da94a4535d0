namespace Spanker.Conformance.Axi4;

/// <summary>
/// What a cycle is about, so that each part of the checker need not find it out again: two bits a channel, in the order of
/// <see cref="AxiChannel"/>.
/// </summary>
/// <param name="Valid">The VALIDs, an <see cref="AxiBit"/> each.</param>
/// <param name="Ready">The READYs.</param>
/// <param name="Unknown"><see cref="AxiBit.High"/> for a channel whose VALID is high and whose payload has x.</param>
internal readonly record struct CycleState(int Valid, int Ready, int Unknown)
{
    /// <summary>How many values <see cref="Valid"/> can have.</summary>
    public const int Values = 1 << 10;

    private const int UnknownBits = 0b10_10_10_10_10;

    /// <summary>Whether an x is on a VALID or READY.</summary>
    public bool HasUnknownHandshake => ((Valid | Ready) & UnknownBits) != 0;

    /// <summary>Whether an x is on a VALID.</summary>
    public bool HasUnknownValid => (Valid & UnknownBits) != 0;

    /// <summary>Whether a VALID is high, or x, that no READY takes.</summary>
    public bool HasWaiting => (Valid & ~Ready) != 0;

    /// <summary>Whether every VALID and READY is low or high, and no VALID is high.</summary>
    public bool IsIdle => Valid == 0 && !HasUnknownHandshake;

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

        bool isRead = pins.R.Valid == AxiBit.High;
        if (isRead && ((pins.R.IdUnknown | pins.R.ResponseUnknown) != 0 || pins.R.Last == AxiBit.Unknown || LaneMask.HasAnyUnknown(pins.R.DataUnknown, words)))
        {
            unknown |= Bit(AxiChannel.ReadData);
        }

        return new(valid, ready, unknown);
    }

    /// <summary>Whether the VALID of a channel is high.</summary>
    public bool IsValid(AxiChannel channel) => ((Valid >> (2 * (int)channel)) & 3) == (int)AxiBit.High;

    /// <summary>Whether x is on the payload of a channel whose VALID is high.</summary>
    public bool HasUnknownPayload(AxiChannel channel) => (Unknown & Bit(channel)) != 0;

    private static int Pack(AxiBit aw, AxiBit w, AxiBit b, AxiBit ar, AxiBit r) =>
        (int)aw | ((int)w << 2) | ((int)b << 4) | ((int)ar << 6) | ((int)r << 8);

    private static int Bit(AxiChannel channel) => 1 << (2 * (int)channel);

    private static bool HasUnknown(in AxiAddressPins pins) =>
        (pins.AddressUnknown | pins.IdUnknown | pins.AttributesUnknown | pins.UserUnknown) != 0;
}
