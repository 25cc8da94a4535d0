namespace Spanker.Conformance.Axi4;

/// <summary>The beats of W: what is kept of them, and whether a burst has as many as its address asks for.</summary>
internal sealed class WriteBeats(FlightSetup setup, DirectionTrust trust)
{
    private readonly RuleTally rule = setup.Book[AxiRules.WriteBeats];
    private readonly bool hasLast = setup.Shape.Signals.Has(AxiSignal.WLast);
    private readonly bool hasStrobe = setup.Shape.Signals.Has(AxiSignal.WStrb);
    private readonly UInt128 allLanes = new AxiLanes(0, setup.Shape.DataBytes - 1).Strobe;
    private readonly int words = setup.Shape.DataWords;
    private PlainBeats plain;

    /// <summary>Keeps the beat on the pins.</summary>
    /// <param name="pins">The pins.</param>
    /// <param name="mayBeUnknown">Whether x is on any of them.</param>
    /// <param name="flight">Whose beat it is.</param>
    /// <param name="offeredCycle">First cycle of its VALID.</param>
    /// <param name="cycle">Cycle of its handshake.</param>
    /// <returns>Whether every byte of the bus has a strobe, and no x.</returns>
    public bool Keep(in AxiWriteDataPins pins, bool mayBeUnknown, AxiFlight flight, long offeredCycle, long cycle)
    {
        UInt128 strobe = hasStrobe ? pins.Strobe : allLanes;
        bool hasUnknown = mayBeUnknown && (pins.StrobeUnknown != 0 || LaneMask.HasUnknown(pins.DataUnknown, strobe, words));
        ref AxiFlightBeat beat = ref flight.Add(pins.Data);
        beat.Strobe = strobe;
        beat.UnknownLanes = 0;
        beat.Cycle = cycle;
        beat.OfferedCycle = offeredCycle;
        beat.Response = AxiResponse.Okay;
        beat.IsLast = pins.Last == AxiBit.High;
        beat.HasUnknown = hasUnknown;
        bool isWhole = strobe == allLanes && !hasUnknown;
        beat.IsWhole = isWhole;
        return isWhole;
    }

    /// <summary>AXI4_ERRM_WDATA_NUM for a burst that ended after <paramref name="found"/> beats.</summary>
    public void Judge(AxiFlight flight, bool isKept, int found, long cycle)
    {
        if (!hasLast || !trust.IsTrusted || flight.IsUnclear)
        {
            return;
        }

        if (isKept)
        {
            rule.Satisfy();
        }
        else
        {
            rule.Violate(cycle, Message(flight, found));
        }
    }

    /// <summary>Tells the observers of a beat that has both its data and its address.</summary>
    /// <param name="flight">Whose beat it is.</param>
    /// <param name="beat">Which.</param>
    /// <param name="isWhole">Whether every byte of the bus has a strobe, and no x.</param>
    /// <param name="cycle">The cycle.</param>
    public void Notify(AxiFlight flight, int beat, bool isWhole, long cycle)
    {
        if (isWhole && flight.IsPlain && beat < flight.Burst.Beats)
        {
            plain.Writes++;
            foreach (FlightObserver observer in setup.OfPlainBeats)
            {
                observer.OnPlainWriteBeat(flight, beat, cycle);
            }

            return;
        }

        foreach (FlightObserver observer in setup.OfWriteBeats)
        {
            observer.OnWriteBeat(flight, beat, cycle);
        }
    }

    /// <summary>Hands over what was counted.</summary>
    public void Close() => setup.Close(plain);

    private static string Message(AxiFlight flight, int found)
    {
        string expected = flight.HasAddress ? $"AWLEN asks for {flight.Burst.Beats}" : "no burst is that long";
        return $"write id {flight.Id} at 0x{flight.Burst.Address:x}: {found} beats of W, WLAST {(flight.Beats[^1].IsLast ? "high" : "low")} on the last; {expected}";
    }
}
