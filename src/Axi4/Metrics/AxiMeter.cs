namespace Spanker.Conformance.Axi4;

/// <summary>
/// Measures a trace in one pass: latencies, what is outstanding, throughput, what the channels do. A pushed cycle is read and not kept, and memory does
/// not grow with the trace.
/// </summary>
/// <remarks>
/// Every pushed cycle whose reset is low is active; in each, every channel is in exactly one use (<see cref="AxiChannelUse"/>). What a reset ended and
/// what is under way at the end has no latency.
/// </remarks>
public sealed class AxiMeter : IAxiProbe
{
    /// <summary>The most stretches that the timeline of a trace is given in; a longer trace has longer ones.</summary>
    public const int MostBuckets = 480;

    private readonly AxiBusShape shape;
    private readonly WriteAssembler? writes;
    private readonly ReadAssembler? reads;
    private readonly DirectionMeter writeMeter;
    private readonly DirectionMeter readMeter;
    private readonly List<AxiFlight> openReads = [];
    private readonly BucketRow row = new(MostBuckets);
    private long cycles;
    private bool isInReset;
    private bool isAtRest;
    private bool isAfterGap;

    /// <summary>A meter for one interface.</summary>
    public AxiMeter(AxiBusShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        this.shape = shape;
        writeMeter = new(shape, isRead: false);
        readMeter = new(shape, isRead: true);

        // The rules that the assemblers judge on their way are the checker's affair.
        FlightSetup setup = new(shape, AxiCheckOptions.Default with { FindingsKept = 0 }, new RuleBook(findingsKept: 0), [writeMeter, readMeter], KeepsReads: true);
        bool hasWrites = shape.HasChannel(AxiChannel.WriteAddress) && shape.HasChannel(AxiChannel.WriteData) && shape.HasChannel(AxiChannel.WriteResponse);
        writes = hasWrites ? new(setup, DirectionTrust.Of(setup.Options)) : null;
        reads = shape.HasChannel(AxiChannel.ReadAddress) && shape.HasChannel(AxiChannel.ReadData) ? new(setup, openReads) : null;
    }

    /// <inheritdoc/>
    public void Push(in AxiCycle pins)
    {
        long cycle = cycles++;
        ref BucketTally bucket = ref row.At(cycle);
        bucket.Gaps += isAfterGap ? 1 : 0;
        isAfterGap = false;
        if (pins.Reset != AxiBit.Low)
        {
            if (!isInReset)
            {
                (isInReset, isAtRest) = (true, false);
                writes?.Reset(cycle);
                reads?.Reset(cycle);
            }

            return;
        }

        isInReset = false;
        bucket.Active++;
        bool isIdle = (pins.Aw.Valid | pins.W.Valid | pins.B.Valid | pins.Ar.Valid | pins.R.Valid) == AxiBit.Low;
        if (isIdle && isAtRest)
        {
            return;
        }

        bool hasWrite = (writes?.HasOpen ?? false) || pins.Aw.Valid == AxiBit.High || pins.W.Valid == AxiBit.High || pins.B.Valid == AxiBit.High;
        bool hasRead = openReads.Count > 0 || pins.Ar.Valid == AxiBit.High || pins.R.Valid == AxiBit.High;
        CycleState state = CycleState.Of(pins, shape.DataWords);
        writes?.Push(pins, state, cycle);
        reads?.Push(pins, state, cycle);
        CountUses(ref bucket, pins, hasWrite, hasRead);
        CountOutstanding(ref bucket, writes?.OpenCount ?? 0, openReads.Count);

        // Once nothing is under way, further idle cycles change nothing.
        isAtRest = isIdle && !hasWrite && !hasRead && (writes?.IsSettled ?? true) && (reads?.IsSettled ?? true);
    }

    /// <inheritdoc/>
    public void Gap()
    {
        isAfterGap = true;
        (isInReset, isAtRest) = (false, false);
        writes?.Gap(cycles);
        reads?.Gap(cycles);
    }

    /// <summary>What was measured up to here.</summary>
    public AxiMetrics Measure()
    {
        ReadOnlySpan<BucketTally> tallies = row.Of(cycles);
        BucketTally total = default;
        AxiTimeBucket[] buckets = new AxiTimeBucket[tallies.Length];
        for (int i = 0; i < tallies.Length; i++)
        {
            total.Add(tallies[i]);
            buckets[i] = Summary(tallies[i]);
        }

        List<AxiDirectionMetrics> directions = [];
        if (writes is not null)
        {
            directions.Add(writeMeter.Summary(writes.OpenCount, total));
        }

        if (reads is not null)
        {
            directions.Add(readMeter.Summary(openReads.Count, total));
        }

        return new()
        {
            Cycles = cycles,
            ActiveCycles = total.Active,
            Gaps = total.Gaps,
            Directions = directions,
            Channels = [.. Summary(total).Channels.Where(use => shape.HasChannel(use.Channel))],
            BucketCycles = row.BucketCycles,
            Buckets = buckets,
            Limit = writes?.Limit ?? reads?.Limit,
        };
    }

    private static AxiTimeBucket Summary(in BucketTally tally)
    {
        AxiChannelUse[] channels = new AxiChannelUse[5];
        foreach (AxiChannel channel in Enum.GetValues<AxiChannel>())
        {
            channels[(int)channel] = tally.UseOf(channel);
        }

        return new()
        {
            ActiveCycles = tally.Active,
            HasGap = tally.Gaps > 0,
            Channels = channels,
            MaxWrites = tally.MaxWrites,
            WriteCycles = tally.WriteCycles,
            MaxReads = tally.MaxReads,
            ReadCycles = tally.ReadCycles,
        };
    }

    private static bool CountUse(ref BucketTally bucket, AxiChannel channel, AxiBit valid, AxiBit ready, bool hasOpen)
    {
        if (valid == AxiBit.High)
        {
            bucket.Count(channel, ready == AxiBit.High ? BucketTally.Use.Transfer : BucketTally.Use.Stall);
            return ready == AxiBit.High;
        }

        if (ready == AxiBit.High && hasOpen)
        {
            bucket.Count(channel, BucketTally.Use.Starve);
        }

        return false;
    }

    private static void CountOutstanding(ref BucketTally bucket, int openWrites, int openReads)
    {
        bucket.WriteCycles += openWrites;
        bucket.ReadCycles += openReads;
        bucket.MaxWrites = Math.Max(bucket.MaxWrites, openWrites);
        bucket.MaxReads = Math.Max(bucket.MaxReads, openReads);
    }

    private void CountUses(ref BucketTally bucket, in AxiCycle pins, bool hasWrite, bool hasRead)
    {
        _ = CountUse(ref bucket, AxiChannel.WriteAddress, pins.Aw.Valid, pins.Aw.Ready, hasWrite);
        if (CountUse(ref bucket, AxiChannel.WriteData, pins.W.Valid, pins.W.Ready, hasWrite))
        {
            writeMeter.CountWriteBeat(pins.W);
        }

        if (CountUse(ref bucket, AxiChannel.WriteResponse, pins.B.Valid, pins.B.Ready, hasWrite))
        {
            writeMeter.CountResponse(pins.B.Response, pins.B.ResponseUnknown);
        }

        _ = CountUse(ref bucket, AxiChannel.ReadAddress, pins.Ar.Valid, pins.Ar.Ready, hasRead);
        if (CountUse(ref bucket, AxiChannel.ReadData, pins.R.Valid, pins.R.Ready, hasRead))
        {
            readMeter.CountReadBeat();
            readMeter.CountResponse(pins.R.Response, pins.R.ResponseUnknown);
        }
    }
}
