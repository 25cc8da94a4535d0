namespace Spanker.Conformance.Axi4;

/// <summary>Collects the finished transactions of a trace; give it to the <see cref="AxiChecker"/> that the cycles are pushed to.</summary>
public sealed class AxiRecorder
{
    // Of a transaction beside its beats, and of a beat beside its data: objects, headers, references.
    private const int TransactionBytes = 256;
    private const int BeatBytes = 64;

    private readonly List<AxiTransaction> done = [];
    private readonly long mostBytes;
    private readonly int dataWords;
    private readonly int busBytes;
    private long bytes;

    /// <summary>A recorder for an interface.</summary>
    /// <param name="shape">What the interface looks like.</param>
    /// <param name="mostBytes">The memory that the transactions may take, about; those that finish when it is full are counted only.</param>
    public AxiRecorder(AxiBusShape shape, long mostBytes = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(shape);
        this.mostBytes = mostBytes;
        dataWords = shape.DataWords;
        busBytes = shape.DataBytes;
        Observer = new Sink(this);
    }

    /// <summary>What has finished, in the order of the address handshakes; in one cycle the write comes first.</summary>
    public IReadOnlyList<AxiTransaction> Transactions => [.. done.OrderBy(each => each.AddressCycle).ThenBy(each => each.IsRead)];

    /// <summary>Transactions that finished when the memory was full: they are not in <see cref="Transactions"/>.</summary>
    public long NotKept { get; private set; }

    /// <summary>The end that follows flights.</summary>
    internal FlightObserver Observer { get; }

    private void Keep(AxiFlight flight)
    {
        bytes += TransactionBytes + ((long)flight.BeatCount * (BeatBytes + (sizeof(ulong) * dataWords)));
        if (bytes > mostBytes)
        {
            NotKept++;
            return;
        }

        ReadOnlySpan<AxiFlightBeat> beats = flight.Beats;
        done.Add(new()
        {
            IsRead = flight.IsRead,
            Id = flight.Id,
            Burst = flight.Burst,
            Attributes = flight.Attributes,
            User = flight.User,
            Beats = new RecordedBeats(flight, busBytes),
            Response = flight.IsRead ? ResponseOf(beats) : flight.Response,
            RequestCycle = flight.RequestCycle,
            AddressCycle = flight.AddressCycle,
            AnswerCycle = flight.IsRead ? beats[0].OfferedCycle : flight.AnswerCycle,
            LastCycle = flight.IsRead ? beats[^1].Cycle : Math.Max(Math.Max(flight.ResponseCycle, flight.LastDataCycle), flight.AddressCycle),
        });
    }

    /// <summary>The first response of a read that is no OKAY, or OKAY.</summary>
    private static AxiResponse ResponseOf(ReadOnlySpan<AxiFlightBeat> beats)
    {
        foreach (ref readonly AxiFlightBeat beat in beats)
        {
            if (beat.Response != AxiResponse.Okay)
            {
                return beat.Response;
            }
        }

        return AxiResponse.Okay;
    }

    private sealed class Sink(AxiRecorder recorder) : FlightObserver
    {
        public override FlightEvents Events => FlightEvents.Done;

        public override void OnDone(AxiFlight flight, long cycle) => recorder.Keep(flight);
    }
}
