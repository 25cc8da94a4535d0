namespace Spanker.Conformance.Axi4;

/// <summary>AR and R of a memory slave.</summary>
internal sealed class SlaveReads(AxiBusShape shape, AxiSlaveOptions options, IAxiMemory memory)
{
    private readonly SlaveAcceptance acceptance = new(shape, options);
    private readonly AxiSlaveFault fault = options.Fault;
    private readonly List<SlaveFlight> accepted = [];
    private readonly ulong[] words = new ulong[shape.DataWords];
    private StallDice dice = new(options.Seed ^ 0x7352_6561_6473_0000);
    private SlaveFlight? current;
    private AxiResponse response;
    private long now;
    private int shownClocks;
    private bool isAddressReady;
    private bool isValid;
    private bool hasStrayed;

    public void Evaluate(ref AxiCycle pins)
    {
        pins.Ar.Ready = isAddressReady ? AxiBit.High : AxiBit.Low;
        if (!isValid && fault == AxiSlaveFault.ReadInAddressCycle && isAddressReady && pins.Ar.Valid == AxiBit.High && current is null)
        {
            current = acceptance.Accept(pins.Ar, isRead: true);
            Load(current, isReady: true);
        }

        pins.R.Valid = isValid ? AxiBit.High : AxiBit.Low;
        if (!isValid)
        {
            return;
        }

        words.CopyTo(pins.R.Data);
        pins.R.Id = fault switch
        {
            AxiSlaveFault.LiveReadId => pins.Ar.Id,
            AxiSlaveFault.WrongReadId => current!.Id ^ 1,
            _ => current!.Id,
        };
        pins.R.Response = fault == AxiSlaveFault.ReadsExOkay ? AxiResponse.ExOkay : response;
        pins.R.Last = IsLast(current!) ? AxiBit.High : AxiBit.Low;
    }

    public void Clock(in AxiCycle pins, int writeBeats)
    {
        now++;
        bool hasAddress = pins.Ar.Valid == AxiBit.High && pins.Ar.Ready == AxiBit.High;
        if (hasAddress && !IsForgotten(pins))
        {
            Accept(pins.Ar, writeBeats);
        }

        shownClocks += isValid ? 1 : 0;
        if (pins.R.Valid == AxiBit.High && pins.R.Ready == AxiBit.High && current is not null)
        {
            Advance(current);
        }

        if (!isValid)
        {
            Offer(pins.R.Ready == AxiBit.High);
        }

        bool seesAddress = !options.ReadyWaitsForValid || (pins.Ar.Valid == AxiBit.High && !hasAddress);
        isAddressReady = accepted.Count < acceptance.MaxOutstanding && seesAddress && !dice.Falls(options.AddressStall);
    }

    public void Reset(bool keeps)
    {
        if (!keeps)
        {
            accepted.Clear();
        }

        foreach (SlaveFlight flight in accepted)
        {
            (flight.Beat, flight.DueCycle) = (0, 2);
        }

        (current, now, isValid, hasStrayed, isAddressReady) = (null, 0, false, false, false);
    }

    private bool IsForgotten(in AxiCycle pins) => fault switch
    {
        AxiSlaveFault.LosesBothAddresses => pins.Aw.Valid == AxiBit.High && pins.Aw.Ready == AxiBit.High,
        AxiSlaveFault.LosesReadBesideData => pins.W.Valid == AxiBit.High && pins.W.Ready == AxiBit.High,
        _ => false,
    };

    private void Accept(in AxiAddressPins pins, int writeBeats)
    {
        if (fault == AxiSlaveFault.ReadInAddressCycle && current is not null && accepted.Count == 0)
        {
            accepted.Add(current);
            return;
        }

        SlaveFlight flight = acceptance.Accept(pins, isRead: true);
        flight.IsDataDone = true;
        flight.Answers = BeatsOf(flight, writeBeats);
        flight.DueCycle = now + options.LatencyCycles - 1 + dice.UpTo(options.MaxExtraLatencyCycles);
        if (fault == AxiSlaveFault.SwapsSameId && accepted.Count == 0)
        {
            // Time for another of the same id to come in.
            flight.DueCycle += 8;
        }

        accepted.Add(flight);
    }

    private int BeatsOf(SlaveFlight flight, int writeBeats) => fault switch
    {
        AxiSlaveFault.ReadUsesWriteLength => writeBeats,
        AxiSlaveFault.OneErrorBeat when flight.IsRefused => 1,
        AxiSlaveFault.ReadsOneBeatLess => Math.Max(1, flight.Burst.Beats - 1),
        _ => flight.Burst.Beats,
    };

    private bool IsLast(SlaveFlight flight) => fault switch
    {
        AxiSlaveFault.NoLast => false,
        AxiSlaveFault.LastAdvancesWhileStalled => shownClocks >= flight.Answers - 1,
        _ => flight.Beat >= flight.Answers - 1,
    };

    private void Advance(SlaveFlight flight)
    {
        isValid = false;
        if (++flight.Beat < flight.Answers)
        {
            if (options.Interleaves)
            {
                current = null;
            }

            return;
        }

        current = null;
        if (fault == AxiSlaveFault.ReadsTwice && flight.Response == AxiResponse.Okay)
        {
            // Once more, and marked so that it is not for ever.
            (flight.Beat, flight.Response) = (0, AxiResponse.SlvErr);
            return;
        }

        accepted.Remove(flight);
    }

    private void Offer(bool isReady)
    {
        if (fault == AxiSlaveFault.StrayRead && !hasStrayed && now > 4 && current is null)
        {
            hasStrayed = true;
            current = acceptance.Accept(default, isRead: true);
            current.Answers = 1;
            Load(current, isReady);
            return;
        }

        if (accepted.Count == 0 || dice.Falls(options.ResponseStall))
        {
            return;
        }

        if (current is null)
        {
            current = fault == AxiSlaveFault.SwapsSameId && accepted.Count > 1 ? accepted[1] : acceptance.Choose(accepted, now, ref dice);
            shownClocks = 0;
        }

        if (current is not null)
        {
            Load(current, isReady);
        }
    }

    private void Load(SlaveFlight flight, bool isReady)
    {
        isValid = true;
        if (flight.Answers == 0)
        {
            flight.Answers = flight.Burst.Beats;
        }

        if (flight.IsRefused)
        {
            words.AsSpan().Clear();
            response = AxiResponse.SlvErr;
        }
        else if (isReady || fault != AxiSlaveFault.LoadsOnlyWhenReady)
        {
            response = memory.Read(acceptance.WordOf(flight.Burst, flight.Beat), words);
        }
    }
}
