namespace Spanker.Conformance.Axi4;

/// <summary>VALID in reset and on the first edge after it.</summary>
/// <remarks>
/// The first edge of a reset is not judged: a synchronous reset is seen there for the first time, and what is sampled is still what the
/// flip-flops held before it.
/// </remarks>
internal sealed class ResetRules(RuleBook book)
{
    private static readonly AxiSignal[] Valids =
        [AxiSignal.AwValid, AxiSignal.WValid, AxiSignal.BValid, AxiSignal.ArValid, AxiSignal.RValid];

    private readonly RuleTally inReset = book[AxiRules.ValidInReset];

    /// <summary>A cycle of reset after its first.</summary>
    public void PushInReset(in AxiCycle pins, long cycle)
    {
        bool isAnyHigh = false;
        foreach (AxiSignal valid in Valids)
        {
            if (ValidOf(pins, valid) == AxiBit.High)
            {
                isAnyHigh = true;
                inReset.Violate(cycle, AxiSignalRules.DriverOf(valid), $"{AxiSignalRules.NameOf(valid)} is high in reset");
            }
        }

        if (!isAnyHigh)
        {
            inReset.Satisfy();
        }
    }

    /// <summary>The first cycle after a reset.</summary>
    public void PushReleased(in AxiCycle pins, long cycle)
    {
        foreach (AxiSignal valid in Valids)
        {
            switch (ValidOf(pins, valid))
            {
                case AxiBit.Low:
                    book[AxiChannelRules.ResetOf(valid)].Satisfy();
                    break;
                case AxiBit.High:
                    book[AxiChannelRules.ResetOf(valid)].Violate(cycle, $"{AxiSignalRules.NameOf(valid)} is high on the first edge after reset");
                    break;
                default:
                    break;
            }
        }
    }

    private static AxiBit ValidOf(in AxiCycle pins, AxiSignal valid) => valid switch
    {
        AxiSignal.AwValid => pins.Aw.Valid,
        AxiSignal.WValid => pins.W.Valid,
        AxiSignal.BValid => pins.B.Valid,
        AxiSignal.ArValid => pins.Ar.Valid,
        _ => pins.R.Valid,
    };
}
