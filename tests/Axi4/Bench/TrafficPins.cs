using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>Puts a planned burst on address pins.</summary>
internal static class TrafficPins
{
    /// <summary>Address pins with VALID high; attributes are random and legal, drawn once for a burst.</summary>
    public static AxiAddressPins Address(PlannedBurst burst, TrafficPlan plan, SplitMix64 random)
    {
        AxiAddressPins pins = default;
        pins.Valid = AxiBit.High;
        pins.Address = burst.Address;
        pins.Id = burst.Id;
        pins.Len = burst.Beats - 1;
        pins.Size = burst.Size;
        pins.Burst = (AxiBurstKind)burst.Kind;
        pins.Lock = burst.IsExclusive ? 1 : 0;
        pins.Cache = random.OneIn(2) ? 2 | random.Below(16) : random.Below(2);
        pins.Prot = random.Below(8);
        pins.Qos = random.Below(16);
        if (plan.Shape.Signals.Has(AxiSignal.AwUser))
        {
            pins.Region = random.Below(16);
            pins.User = random.Next();
        }

        return pins;
    }
}
