namespace Spanker.Conformance.Axi4;

/// <summary>What a slave makes of an address: what it refuses, where beats lie, and which of its transactions may be answered now.</summary>
internal sealed class SlaveAcceptance(AxiBusShape shape, AxiSlaveOptions options)
{
    private readonly ulong busMask = ~((ulong)shape.DataBytes - 1);

    /// <summary>Transactions that may be under way before READY of the address falls.</summary>
    public int MaxOutstanding { get; } = options.Fault switch
    {
        AxiSlaveFault.AcceptsOneMore or AxiSlaveFault.OverwritesResponse => options.MaxOutstanding + 1,
        AxiSlaveFault.SwapsSameId => Math.Max(2, options.MaxOutstanding),
        _ => options.MaxOutstanding,
    };

    public SlaveFlight Accept(in AxiAddressPins pins, bool isRead) => new(pins, shape.BurstOf(pins, isRead), IsRefused(shape.BurstOf(pins, isRead)) || IsRefusedByFault(pins));

    /// <summary>The bus word that a beat lies in.</summary>
    public ulong WordOf(AxiBurst burst, int beat)
    {
        ulong address = burst.AddressOf(Math.Min(beat, burst.Beats - 1));
        if (options.Fault == AxiSlaveFault.FixedAsIncr && burst.Kind == AxiBurstKind.Fixed)
        {
            address = burst.AlignedAddress + ((ulong)beat << burst.Size);
        }
        else if (options.Fault == AxiSlaveFault.AddressInEightBits)
        {
            address = (burst.Address & ~0xffUL) | (address & 0xff);
        }

        return address & busMask;
    }

    /// <summary>One of those that may be answered: due, and the oldest of its id. The oldest of all, or any if the slave reorders.</summary>
    public SlaveFlight? Choose(List<SlaveFlight> accepted, long now, ref StallDice dice)
    {
        SlaveFlight? chosen = null;
        int candidates = 0;
        for (int i = 0; i < accepted.Count; i++)
        {
            SlaveFlight flight = accepted[i];
            if (!flight.IsDataDone || flight.DueCycle > now || !IsOldestOfItsId(accepted, i))
            {
                if (!options.Reorders)
                {
                    break;
                }

                continue;
            }

            if (dice.UpTo(candidates++) == 0)
            {
                chosen = flight;
            }

            if (!options.Reorders)
            {
                break;
            }
        }

        return chosen;
    }

    private static bool IsOldestOfItsId(List<SlaveFlight> accepted, int index)
    {
        for (int i = 0; i < index; i++)
        {
            if (accepted[i].Id == accepted[index].Id)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsRefused(in AxiBurst burst)
    {
        bool isNarrow = options.Profile is { RefusesNarrow: true, BeatSize: int size } && burst.Size < size;
        bool isUnknownKind = options.Profile?.BurstKinds is { } kinds && !kinds.Contains(burst.Kind);
        return (isNarrow && options.Fault != AxiSlaveFault.ServesNarrow) || isUnknownKind || burst.Size > shape.FullSize;
    }

    private bool IsRefusedByFault(in AxiAddressPins pins) => options.Fault switch
    {
        AxiSlaveFault.EnforcesProtection => (pins.Prot & 2) != 0,
        AxiSlaveFault.RefusesLongFixed => pins.Burst == AxiBurstKind.Fixed && pins.Len > 1,
        AxiSlaveFault.RefusesWholePages => pins.Len + 1 == AxiBurst.PageBytes / shape.DataBytes,
        _ => false,
    };
}
