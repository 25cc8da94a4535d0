namespace Spanker.Conformance.Axi4;

/// <summary>The beats of W: what is kept of them, and whether a burst has as many as its address asks for.</summary>
internal sealed class WriteBeats(FlightSetup setup, DirectionTrust trust)
{
    private readonly RuleTally rule = setup.Book[AxiRules.WriteBeats];
    private readonly bool hasLast = setup.Shape.Signals.Has(AxiSignal.WLast);
    private readonly bool hasStrobe = setup.Shape.Signals.Has(AxiSignal.WStrb);
    private readonly UInt128 allLanes = new AxiLanes(0, setup.Shape.DataBytes - 1).Strobe;
    private readonly ShadowRules? shadow = setup.Shadow;
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
        bool isWhole = strobe == allLanes && !hasUnknown;
        ref AxiFlightBeat beat = ref flight.Add(pins.Data);
        Fill(ref beat, strobe, isWhole, offeredCycle, cycle);
        beat.IsLast = pins.Last == AxiBit.High;
        beat.HasUnknown = hasUnknown;
        return isWhole;
    }

    /// <summary>Whether every byte of the bus has a strobe.</summary>
    public bool IsWhole(in AxiWriteDataPins pins) => !hasStrobe || pins.Strobe == allLanes;

    /// <summary>Keeps a whole beat in the midst of a plain write, without WLAST, and tells the observers of it.</summary>
    public void Continue(in AxiWriteDataPins pins, AxiFlight flight, long offeredCycle, long cycle)
    {
        ref AxiFlightBeat beat = ref flight.Add(pins.Data);
        Fill(ref beat, allLanes, isWhole: true, offeredCycle, cycle);
        beat.IsLast = false;
        beat.HasUnknown = false;
        NotifyPlain(flight, flight.BeatCount - 1, cycle);
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
            NotifyPlain(flight, beat, cycle);
            return;
        }

        foreach (FlightObserver observer in setup.OfWriteBeats)
        {
            observer.OnWriteBeat(flight, beat, cycle);
        }
    }

    /// <summary>Hands over what was counted.</summary>
    public void Close() => setup.Close(plain);

    // The beats of a write are of its own direction's pool: no read left a response or lanes with x in them.
    private static void Fill(ref AxiFlightBeat beat, UInt128 strobe, bool isWhole, long offeredCycle, long cycle)
    {
        beat.Strobe = strobe;
        beat.IsWhole = isWhole;
        beat.OfferedCycle = offeredCycle;
        beat.Cycle = cycle;
    }

    private void NotifyPlain(AxiFlight flight, int beat, long cycle)
    {
        plain.Writes++;
        shadow?.OnPlainWriteBeat(flight, beat, cycle);
        foreach (FlightObserver observer in setup.OfPlainBeats)
        {
            observer.OnPlainWriteBeat(flight, beat, cycle);
        }
    }

    private static string Message(AxiFlight flight, int found)
    {
        string expected = flight.HasAddress ? $"AWLEN asks for {flight.Burst.Beats}" : "no burst is that long";
        return $"write id {flight.Id} at 0x{flight.Burst.Address:x}: {found} beats of W, WLAST {(flight.Beats[^1].IsLast ? "high" : "low")} on the last; {expected}";
    }
}
