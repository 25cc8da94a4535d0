namespace Spanker.Conformance.Axi4;

/// <summary>Applies pin faults, cycle by cycle.</summary>
internal sealed class PinFaults(IReadOnlyList<AxiPinFault> faults)
{
    private readonly int[] occasions = new int[faults.Count];
    private readonly bool[] wasStalled = new bool[faults.Count];
    private bool wasInReset;

    public void Apply(ref AxiCycle wires)
    {
        for (int i = 0; i < faults.Count; i++)
        {
            AxiPinFault fault = faults[i];
            (AxiBit valid, AxiBit ready) = AxiPinEdit.HandshakeOf(wires, fault.Signal);
            bool isStalled = valid == AxiBit.High && ready != AxiBit.High && wires.Reset == AxiBit.Low;
            if (IsOccasion(fault, wires, valid, wasStalled[i]) && occasions[i]++ >= fault.From)
            {
                Apply(fault, ref wires);
            }

            // Two clocks in a row would be one long stall again: only its second clock is an occasion.
            wasStalled[i] = isStalled && !wasStalled[i];
        }

        wasInReset = wires.Reset != AxiBit.Low;
    }

    private bool IsOccasion(AxiPinFault fault, in AxiCycle wires, AxiBit valid, bool wasStalledBefore)
    {
        bool isInReset = wires.Reset != AxiBit.Low;
        return fault.Kind switch
        {
            AxiPinFaultKind.ChangesWhileStalled or AxiPinFaultKind.DropsWhileStalled => wasStalledBefore && valid == AxiBit.High && !isInReset,
            AxiPinFaultKind.HighInReset => isInReset,
            AxiPinFaultKind.HighLeavingReset => wasInReset && !isInReset,
            AxiPinFaultKind.Unknown when AxiPinEdit.IsHandshake(fault.Signal) => !isInReset && AxiPinEdit.BitOf(wires, fault.Signal) == AxiBit.Low,
            AxiPinFaultKind.Unknown => valid == AxiBit.High && !isInReset,
            _ => !isInReset,
        };
    }

    private static void Apply(AxiPinFault fault, ref AxiCycle wires)
    {
        switch (fault.Kind)
        {
            case AxiPinFaultKind.ChangesWhileStalled:
                AxiPinEdit.Flip(ref wires, fault.Signal);
                break;
            case AxiPinFaultKind.HighInReset or AxiPinFaultKind.HighLeavingReset:
                wires.Set(fault.Signal, 1);
                break;
            case AxiPinFaultKind.Unknown:
                AxiPinEdit.MakeUnknown(ref wires, fault.Signal);
                break;
            default:
                wires.Set(fault.Signal, 0);
                break;
        }
    }
}
