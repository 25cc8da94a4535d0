namespace Spanker.Conformance.Axi4;

/// <summary>Collects the finished transactions of a trace; give it to the <see cref="AxiChecker"/> that the cycles are pushed to.</summary>
public sealed class AxiRecorder
{
    private readonly List<AxiTransaction> done = [];

    /// <summary>A recorder for an interface.</summary>
    public AxiRecorder(AxiBusShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Observer = new Sink(done, shape.DataBytes);
    }

    /// <summary>What has finished, in the order of the address handshakes; in one cycle the write comes first.</summary>
    public IReadOnlyList<AxiTransaction> Transactions => [.. done.OrderBy(each => each.AddressCycle).ThenBy(each => each.IsRead)];

    /// <summary>The end that follows flights.</summary>
    internal FlightObserver Observer { get; }

    private sealed class Sink(List<AxiTransaction> done, int busBytes) : FlightObserver
    {
        public override FlightEvents Events => FlightEvents.Done;

        public override void OnDone(AxiFlight flight, long cycle)
        {
            AxiBeat[] beats = new AxiBeat[flight.Beats.Length];
            AxiResponse response = flight.Response;
            for (int beat = 0; beat < beats.Length; beat++)
            {
                AxiFlightBeat kept = flight.Beats[beat];
                UInt128 strobe = flight.IsRead && beat < flight.Burst.Beats ? flight.Burst.LanesOf(beat, busBytes).Strobe : kept.Strobe;
                beats[beat] = new(flight.DataOf(beat).ToArray(), strobe, kept.Response, kept.IsLast, kept.OfferedCycle, kept.Cycle);
                response = flight.IsRead && response == AxiResponse.Okay ? kept.Response : response;
            }

            done.Add(new()
            {
                IsRead = flight.IsRead,
                Id = flight.Id,
                Burst = flight.Burst,
                Attributes = flight.Attributes,
                User = flight.User,
                Beats = beats,
                Response = response,
                RequestCycle = flight.RequestCycle,
                AddressCycle = flight.AddressCycle,
                AnswerCycle = flight.IsRead ? beats[0].OfferedCycle : flight.AnswerCycle,
                LastCycle = flight.IsRead ? beats[^1].Cycle : Math.Max(flight.ResponseCycle, flight.LastDataCycle),
            });
        }
    }
}
