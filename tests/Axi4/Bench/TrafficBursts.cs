using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>Draws bursts that keep the rules of addresses, in few pages so that reads meet writes.</summary>
internal sealed class TrafficBursts(SplitMix64 random, TrafficPlan plan)
{
    public List<PlannedBurst> Draw(bool isRead) =>
        [.. Enumerable.Range(0, plan.Transactions).Select(_ => Draw(isRead, random.Below(plan.IsProfileA ? 2 : 3)))];

    private PlannedBurst Draw(bool isRead, int kind)
    {
        AxiBusShape shape = plan.Shape;
        ulong id = random.Next() & ((1UL << Math.Min(shape.IdBits, 2)) - 1);
        int size = plan.IsProfileA ? shape.FullSize : random.Below(shape.FullSize + 1);
        int beatBytes = 1 << size;
        ulong address = (1UL << Math.Min(shape.AddressBits - 1, 13)) + (ulong)random.Below(512);
        int beats = kind switch
        {
            0 => 1 + random.Below(16),
            1 => 1 + random.Below(random.OneIn(8) ? 256 : 6),
            _ => 2 << random.Below(4),
        };
        if (kind == 2)
        {
            address &= ~((ulong)beatBytes - 1);
        }

        if (kind == 1)
        {
            address += random.OneIn(8) ? 4096UL - 512 - (ulong)beatBytes : 0;
            int room = 4096 - (int)((address & ~((ulong)beatBytes - 1)) % 4096);
            beats = Math.Min(beats, room / beatBytes);
        }

        bool isExclusive = !plan.IsProfileA && kind == 1 && beats <= 16 && int.IsPow2(beats) && beats * beatBytes <= 128 && random.OneIn(4);
        if (isExclusive)
        {
            address &= ~((ulong)(beats * beatBytes) - 1);
        }

        return new(isRead, id, address, beats, size, kind) { IsExclusive = isExclusive };
    }
}
