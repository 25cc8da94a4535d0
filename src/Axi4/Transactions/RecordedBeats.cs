using System.Collections;

namespace Spanker.Conformance.Axi4;

/// <summary>The beats of a recorded transaction: two arrays for all of them, a record made of each when it is asked for.</summary>
internal sealed class RecordedBeats(AxiFlight flight, int busBytes) : IReadOnlyList<AxiBeat>
{
    private readonly AxiFlightBeat[] beats = flight.Beats.ToArray();
    private readonly ulong[] data = flight.Data.ToArray();
    private readonly bool isRead = flight.IsRead;
    private readonly AxiBurst burst = flight.Burst;

    public int Count => beats.Length;

    public AxiBeat this[int index]
    {
        get
        {
            ref readonly AxiFlightBeat kept = ref beats[index];
            int words = data.Length / beats.Length;
            UInt128 strobe = isRead && index < burst.Beats ? burst.LanesOf(index, busBytes).Strobe : kept.Strobe;
            return new(new ArraySegment<ulong>(data, index * words, words), strobe, kept.Response, kept.IsLast, kept.OfferedCycle, kept.Cycle)
            {
                UnknownLanes = kept.UnknownLanes,
            };
        }
    }

    public IEnumerator<AxiBeat> GetEnumerator()
    {
        for (int beat = 0; beat < beats.Length; beat++)
        {
            yield return this[beat];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
