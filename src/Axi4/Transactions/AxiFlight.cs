using System.Runtime.InteropServices;

namespace Spanker.Conformance.Axi4;

/// <summary>A transaction on its way, from its first handshake to its last. Pooled: its arrays are kept, so that following allocates nothing.</summary>
internal sealed class AxiFlight(int dataWords)
{
    /// <summary>Mark of a cycle that has not come.</summary>
    public const long NotYet = -1;

    private readonly List<AxiFlightBeat> beats = [];
    private readonly List<ulong> data = [];

    public bool IsRead { get; set; }

    public ulong Id { get; set; }

    public AxiBurst Burst { get; set; }

    /// <summary>LOCK, CACHE, PROT, QOS and REGION as the pins packed them.</summary>
    public ulong Attributes { get; set; }

    public ulong User { get; set; }

    public bool IsExclusive => ((Attributes >> AxiAttributes.LockShift) & 1) != 0;

    /// <summary>Whether x was on the address: nothing of it is judged.</summary>
    public bool IsAddressUnclear { get; set; }

    /// <summary>Whether beats and responses may belong to another transaction, or the address has x: nothing that follows from it is judged.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>The first cycle with AxVALID; <see cref="NotYet"/> for data that came before its address.</summary>
    public long RequestCycle { get; set; }

    public long AddressCycle { get; set; }

    /// <summary>Whether the last beat of data passed, or the master or slave took it for the last.</summary>
    public bool HasAllData { get; set; }

    /// <summary>Whether the last beat so far had WLAST, and the address asks for more.</summary>
    public bool IsShort { get; set; }

    /// <summary>First cycle of BVALID.</summary>
    public long AnswerCycle { get; set; }

    /// <summary>Handshake of B.</summary>
    public long ResponseCycle { get; set; }

    public AxiResponse Response { get; set; }

    public bool HasAddress => AddressCycle != NotYet;

    public bool IsAnswered => ResponseCycle != NotYet;

    public long LastDataCycle => beats.Count == 0 ? NotYet : beats[^1].Cycle;

    public ReadOnlySpan<AxiFlightBeat> Beats => CollectionsMarshal.AsSpan(beats);

    /// <summary>The words of a beat; empty if they were not kept.</summary>
    public ReadOnlySpan<ulong> DataOf(int beat) =>
        data.Count < (beat + 1) * dataWords ? default : CollectionsMarshal.AsSpan(data).Slice(beat * dataWords, dataWords);

    public void Clear()
    {
        beats.Clear();
        data.Clear();
        IsUnclear = false;
        IsAddressUnclear = false;
        HasAllData = false;
        IsShort = false;
        Attributes = 0;
        User = 0;
        RequestCycle = NotYet;
        AddressCycle = NotYet;
        AnswerCycle = NotYet;
        ResponseCycle = NotYet;
        Response = AxiResponse.Okay;
    }

    public void Add(AxiFlightBeat beat) => beats.Add(beat);

    public void Add(AxiFlightBeat beat, ReadOnlySpan<ulong> words)
    {
        beats.Add(beat);
        data.AddRange(words[..dataWords]);
    }

    /// <summary>Moves the beats from <paramref name="first"/> on to <paramref name="tail"/>: they belong to another transaction.</summary>
    public void MoveTail(int first, AxiFlight tail)
    {
        for (int beat = first; beat < beats.Count; beat++)
        {
            tail.beats.Add(beats[beat]);
            tail.data.AddRange(DataOf(beat));
        }

        beats.RemoveRange(first, beats.Count - first);
        if (data.Count > first * dataWords)
        {
            data.RemoveRange(first * dataWords, data.Count - (first * dataWords));
        }
    }
}
