namespace Spanker.Conformance.Axi4;

/// <summary>The beats of W: what is kept of them, and whether a burst has as many as its address asks for.</summary>
internal sealed class WriteBeats(FlightSetup setup, DirectionTrust trust)
{
    private readonly RuleTally rule = setup.Book[AxiRules.WriteBeats];
    private readonly bool hasLast = setup.Shape.Signals.Has(AxiSignal.WLast);
    private readonly bool hasStrobe = setup.Shape.Signals.Has(AxiSignal.WStrb);
    private readonly UInt128 allLanes = new AxiLanes(0, setup.Shape.DataBytes - 1).Strobe;
    private readonly int words = setup.Shape.DataWords;

    /// <summary>What is kept of a beat on the pins.</summary>
    public AxiFlightBeat Of(in AxiWriteDataPins pins, long offeredCycle, long cycle)
    {
        UInt128 strobe = hasStrobe ? pins.Strobe : allLanes;
        bool hasUnknown = pins.StrobeUnknown != 0 || LaneMask.HasUnknown(pins.DataUnknown, strobe, words);
        return new(cycle, offeredCycle, strobe, AxiResponse.Okay, pins.Last == AxiBit.High, hasUnknown);
    }

    /// <summary>AXI4_ERRM_WDATA_NUM for a burst that ended after <paramref name="found"/> beats.</summary>
    public void Judge(AxiFlight flight, bool isKept, int found, long cycle)
    {
        if (hasLast && trust.IsTrusted && !flight.IsUnclear)
        {
            string expected = flight.HasAddress ? $"AWLEN asks for {flight.Burst.Beats}" : "no burst is that long";
            rule.Judge(isKept, cycle, isKept ? string.Empty : $"write id {flight.Id} at 0x{flight.Burst.Address:x}: {found} beats of W, WLAST {(flight.Beats[^1].IsLast ? "high" : "low")} on the last; {expected}");
        }
    }

    /// <summary>Tells the observers of a beat that has both its data and its address.</summary>
    public void Notify(AxiFlight flight, int beat, long cycle)
    {
        foreach (FlightObserver observer in setup.OfWriteBeats)
        {
            observer.OnWriteBeat(flight, beat, cycle);
        }
    }
}
