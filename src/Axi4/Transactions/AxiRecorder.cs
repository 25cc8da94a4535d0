namespace Spanker.Conformance.Axi4;

/// <summary>Collects the finished transactions of a trace; give it to the <see cref="AxiChecker"/> that the cycles are pushed to.</summary>
public sealed class AxiRecorder
{
    private readonly List<AxiTransaction> done = [];

    /// <summary>A recorder for an interface.</summary>
    public AxiRecorder(AxiBusShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Observer = new Sink(done, shape);
    }

    /// <summary>What has finished, in the order of the address handshakes; in one cycle the write comes first.</summary>
    public IReadOnlyList<AxiTransaction> Transactions => [.. done.OrderBy(each => each.AddressCycle).ThenBy(each => each.IsRead)];

    /// <summary>The end that follows flights.</summary>
    internal FlightObserver Observer { get; }

    private sealed class Sink(List<AxiTransaction> done, AxiBusShape shape) : FlightObserver
    {
        // Of the reads on their way, the beats that had x, and on which lanes.
        private readonly Dictionary<AxiFlight, Dictionary<int, UInt128>> unknown = [];

        public override FlightEvents Events => FlightEvents.Done | FlightEvents.ReadBeat;

        public override void OnReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle)
        {
            if (LaneMask.HasAnyUnknown(pins.DataUnknown, shape.DataWords))
            {
                if (!unknown.TryGetValue(flight, out Dictionary<int, UInt128>? beats))
                {
                    unknown.Add(flight, beats = []);
                }

                beats.Add(beat, UnknownLanes(pins.DataUnknown));
            }
        }

        public override void OnForgotten() => unknown.Clear();

        public override void OnDone(AxiFlight flight, long cycle)
        {
            AxiBeat[] beats = new AxiBeat[flight.Beats.Length];
            AxiResponse response = flight.Response;
            _ = unknown.Remove(flight, out Dictionary<int, UInt128>? hidden);
            for (int beat = 0; beat < beats.Length; beat++)
            {
                AxiFlightBeat kept = flight.Beats[beat];
                UInt128 strobe = flight.IsRead && beat < flight.Burst.Beats ? flight.Burst.LanesOf(beat, shape.DataBytes).Strobe : kept.Strobe;
                beats[beat] = new(flight.DataOf(beat).ToArray(), strobe, kept.Response, kept.IsLast, kept.OfferedCycle, kept.Cycle)
                {
                    UnknownLanes = hidden?.GetValueOrDefault(beat) ?? 0,
                };
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

        private UInt128 UnknownLanes(in AxiWords bits)
        {
            UInt128 lanes = 0;
            for (int lane = 0; lane < shape.DataBytes; lane++)
            {
                bool hasUnknown = ((bits[lane / 8] >> (lane % 8 * 8)) & 0xff) != 0;
                lanes |= hasUnknown ? UInt128.One << lane : 0;
            }

            return lanes;
        }
    }
}
