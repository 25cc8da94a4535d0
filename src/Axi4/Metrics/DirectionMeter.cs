namespace Spanker.Conformance.Axi4;

/// <summary>Measures the reads or the writes as their parts go by.</summary>
internal sealed class DirectionMeter(AxiBusShape shape, bool isRead) : FlightObserver
{
    private const int MostDurations = 1 << 15;

    private readonly CycleHistogram[] stages = [.. Enum.GetValues<AxiStage>().Select(_ => new CycleHistogram(MostDurations))];
    private readonly long[] bursts = new long[AxiBurst.MaxBeats + 1];
    private readonly long[] responses = new long[5];
    private readonly UInt128 allLanes = new AxiLanes(0, shape.DataBytes - 1).Strobe;
    private readonly bool hasStrobe = shape.Signals.Has(AxiSignal.WStrb);
    private long started;
    private long finished;
    private long unmeasured;
    private long beats;
    private long bytes;

    public override FlightEvents Events => (isRead ? FlightEvents.ReadAddress : FlightEvents.WriteAddress) | FlightEvents.ReadBeat | FlightEvents.PlainBeats | FlightEvents.Done;

    public override void OnAddress(AxiFlight flight, int outstanding, long cycle)
    {
        if (flight.IsRead == isRead)
        {
            started++;
            bursts[flight.Burst.Beats]++;
        }
    }

    public override void OnReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle)
    {
        if (isRead && beat < flight.Burst.Beats && !flight.IsAddressUnclear)
        {
            bytes += flight.Burst.LanesOf(beat, shape.DataBytes).Count;
        }
    }

    public override void OnPlainReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle) => OnReadBeat(flight, beat, pins, cycle);

    public override void OnDone(AxiFlight flight, long cycle)
    {
        if (flight.IsRead != isRead)
        {
            return;
        }

        finished++;
        if (flight.IsUnclear || flight.Beats.IsEmpty)
        {
            unmeasured++;
            return;
        }

        long first = flight.Beats[0].Cycle;
        long last = flight.LastDataCycle;
        Add(AxiStage.AddressWait, flight.AddressCycle - flight.RequestCycle);
        Add(AxiStage.AddressToFirstData, first - flight.AddressCycle);
        Add(AxiStage.FirstToLastData, last - first);
        if (!isRead)
        {
            Add(AxiStage.LastDataToResponse, flight.ResponseCycle - last);
        }

        Add(AxiStage.Total, (isRead ? last : flight.ResponseCycle) - flight.RequestCycle);
    }

    /// <summary>A handshake of W.</summary>
    public void CountWriteBeat(in AxiWriteDataPins pins)
    {
        beats++;
        bytes += (long)UInt128.PopCount(hasStrobe ? pins.Strobe & allLanes : allLanes);
    }

    /// <summary>A handshake of R.</summary>
    public void CountReadBeat() => beats++;

    /// <summary>A response that was taken.</summary>
    public void CountResponse(AxiResponse response, byte unknown) => responses[unknown != 0 ? 4 : (int)response]++;

    public AxiDirectionMetrics Summary(int underWay, in BucketTally total) => new()
    {
        IsRead = isRead,
        Started = started,
        Finished = finished,
        Unmeasured = unmeasured,
        UnderWay = underWay,
        Beats = beats,
        Bytes = bytes,
        MaxOutstanding = isRead ? total.MaxReads : total.MaxWrites,
        OutstandingCycles = isRead ? total.ReadCycles : total.WriteCycles,
        Latencies = [.. Enum.GetValues<AxiStage>().Where(stage => !isRead || stage != AxiStage.LastDataToResponse).Select(stage => stages[(int)stage].Summary(stage))],
        BurstBeats = [.. Enumerable.Range(1, AxiBurst.MaxBeats).Where(length => bursts[length] > 0).Select(length => new AxiBurstCount(length, bursts[length]))],
        Responses = new(responses[0], responses[1], responses[2], responses[3], responses[4]),
    };

    private void Add(AxiStage stage, long cycles) => stages[(int)stage].Add(cycles);
}
