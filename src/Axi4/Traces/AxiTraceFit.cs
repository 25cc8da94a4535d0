namespace Spanker.Conformance.Axi4;

/// <summary>Whether transactions fit the widths of a bus, and timing its transactions.</summary>
internal static class AxiTraceFit
{
    /// <summary>Why transaction <paramref name="index"/> does not fit; null if it does.</summary>
    public static string? Problem(AxiBusShape shape, AxiTraceTransaction transaction, int index)
    {
        AxiTraceAddress address = transaction.Address;
        if (IsWider(address.Burst.Address, shape.AddressBits))
        {
            return $"addr 0x{address.Burst.Address:x} has more than the bus's {shape.AddressBits} address bits";
        }

        if (IsWider(address.Id, shape.IdBits))
        {
            return $"id 0x{address.Id:x} has more than the bus's {shape.IdBits} id bits";
        }

        if ((address.Lock | 1) != 1 || (address.Cache | 15) != 15 || (address.Prot | 7) != 7 || (address.Qos | 15) != 15 || (address.Region | 15) != 15)
        {
            return "lock has 1 bit, prot 3, cache, qos and region 4";
        }

        if (transaction.Gap < 0 || (transaction.After is int after && (after < 0 || after >= index)))
        {
            return $"gap {transaction.Gap}, after {transaction.After}: a gap is 0 or more clocks, and after names one of the transactions before it";
        }

        UInt128 lanes = new AxiLanes(0, shape.DataBytes - 1).Strobe;
        ulong beyond = shape.DataBits >= 64 ? 0 : ulong.MaxValue << shape.DataBits;
        foreach (AxiTraceBeat beat in transaction.Beats ?? [])
        {
            if (beat.Data.Count != shape.DataWords || (beat.Data[0] & beyond) != 0 || (beat.Lanes & ~lanes) != 0)
            {
                return $"a beat is no {shape.DataBits} bits with {shape.DataBytes} lanes";
            }
        }

        return null;
    }

    /// <summary>Why the timing is not of these transactions; null if it is.</summary>
    public static string? Problem(IReadOnlyList<AxiTraceTransaction> transactions, IReadOnlyList<AxiTransactionTiming> timing)
    {
        if (timing.Count != transactions.Count)
        {
            return $"{timing.Count} entries of timing for {transactions.Count} transactions; one each would be right";
        }

        for (int index = 0; index < timing.Count; index++)
        {
            if (timing[index].Beats.Count != transactions[index].Summary.Beats)
            {
                return $"timing[{index}] has {timing[index].Beats.Count} beats, the transaction {transactions[index].Summary.Beats}";
            }
        }

        return null;
    }

    /// <summary>Whether a value has a one beyond its lowest <paramref name="bits"/>.</summary>
    public static bool IsWider(ulong value, int bits) => bits < 64 && value >> bits != 0;
}
