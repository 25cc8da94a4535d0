namespace Spanker.Conformance.Axi4;

/// <summary>A transaction on its way, from its first handshake to its last. Pooled: its arrays are kept, so that following allocates nothing.</summary>
internal sealed class AxiFlight(int dataWords)
{
    /// <summary>Mark of a cycle that has not come.</summary>
    public const long NotYet = -1;

    private const int FirstBeats = 16;

    private AxiFlightBeat[] beats = new AxiFlightBeat[FirstBeats];
    private ulong[] data = new ulong[FirstBeats * dataWords];
    private int beatCount;
    private int wordCount;
    private AxiBurst burst;
    private bool mayBePlain;

    public bool IsRead { get; set; }

    public ulong Id { get; set; }

    public ref readonly AxiBurst Burst => ref burst;

    /// <summary>Whether every beat has all lanes of the bus.</summary>
    public bool HasAllLanes { get; private set; }

    /// <summary>Whether its beats can be plain (<see cref="FlightObserver"/>).</summary>
    public bool IsPlain => mayBePlain && !IsUnclear;

    /// <summary>LOCK, CACHE, PROT, QOS and REGION as the pins packed them.</summary>
    public ulong Attributes { get; private set; }

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

    public long LastDataCycle => beatCount == 0 ? NotYet : beats[beatCount - 1].Cycle;

    public ReadOnlySpan<AxiFlightBeat> Beats => beats.AsSpan(0, beatCount);

    /// <summary>The words of all beats, one beat after another; empty if they were not kept.</summary>
    public ReadOnlySpan<ulong> Data => data.AsSpan(0, wordCount);

    /// <summary>The words of a beat; empty if they were not kept.</summary>
    public ReadOnlySpan<ulong> DataOf(int beat) =>
        wordCount < (beat + 1) * dataWords ? default : data.AsSpan(beat * dataWords, dataWords);

    /// <summary>Says what the address asks for.</summary>
    /// <param name="asked">The burst.</param>
    /// <param name="attributes">LOCK, CACHE, PROT, QOS and REGION as the pins packed them.</param>
    /// <param name="busBytes">Bytes of the bus.</param>
    /// <param name="refusedBelow">An AxSIZE below this one is to be refused.</param>
    public void Ask(in AxiBurst asked, ulong attributes, int busBytes, int refusedBelow)
    {
        burst = asked;
        Attributes = attributes;
        HasAllLanes = asked.BeatBytes >= busBytes && asked.Address % (ulong)busBytes == 0;
        mayBePlain = HasAllLanes && !IsExclusive && asked.Size >= refusedBelow;
    }

    public void Clear()
    {
        beatCount = 0;
        wordCount = 0;
        IsUnclear = false;
        IsAddressUnclear = false;
        HasAllLanes = false;
        mayBePlain = false;
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

    /// <summary>One more beat, to be filled: it holds what it held when the flight was in use before.</summary>
    public ref AxiFlightBeat Add()
    {
        if (beatCount == beats.Length)
        {
            Array.Resize(ref beats, beats.Length * 2);
        }

        return ref beats[beatCount++];
    }

    /// <summary>Keeps the data of the beat that was added last.</summary>
    public void AddData(ReadOnlySpan<ulong> words) => AddWords(words[..dataWords]);

    /// <summary>Moves the beats from <paramref name="first"/> on to <paramref name="tail"/>: they belong to another transaction.</summary>
    public void MoveTail(int first, AxiFlight tail)
    {
        for (int beat = first; beat < beatCount; beat++)
        {
            tail.Add() = beats[beat];
            tail.AddWords(DataOf(beat));
        }

        beatCount = first;
        wordCount = Math.Min(wordCount, first * dataWords);
    }

    private void AddWords(ReadOnlySpan<ulong> words)
    {
        if (data.Length - wordCount < words.Length)
        {
            Array.Resize(ref data, data.Length * 2);
        }

        words.CopyTo(data.AsSpan(wordCount));
        wordCount += words.Length;
    }
}
