using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Axi4;

/// <summary>A transaction on its way, from its first handshake to its last. Pooled: its arrays are kept, so that following allocates nothing.</summary>
/// <param name="dataWords">Words of the bus.</param>
/// <param name="keepsBeats">Whether what was on the pins is kept of each beat; else beats are only counted.</param>
internal sealed class AxiFlight(int dataWords, bool keepsBeats)
{
    /// <summary>Mark of a cycle that has not come.</summary>
    public const long NotYet = -1;

    private const int FirstBeats = 16;

    private AxiFlightBeat[] beats = keepsBeats ? new AxiFlightBeat[FirstBeats] : [];
    private ulong[] data = keepsBeats ? new ulong[FirstBeats * dataWords] : [];
    private AxiBurst burst;
    private bool mayBePlain;

    public bool IsRead { get; set; }

    public ulong Id { get; set; }

    public ref readonly AxiBurst Burst => ref burst;

    /// <summary>Whether every beat has all lanes of the bus.</summary>
    public bool HasAllLanes { get; private set; }

    /// <summary>Whether its beats have all lanes each and lie side by side in one page.</summary>
    public bool IsStraight { get; private set; }

    /// <summary>The page of the first beat: its address / 4096.</summary>
    public ulong PageNumber { get; private set; }

    /// <summary>Where the first beat lies in its page, in multiples of a beat.</summary>
    public int FirstBeatInPage { get; private set; }

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

    /// <summary>Beats that there is room for.</summary>
    public int Room => beats.Length;

    /// <summary>Beats that have passed.</summary>
    public int BeatCount { get; private set; }

    /// <summary>Whether the next beat is neither the first nor the last.</summary>
    public bool IsInMidst => BeatCount > 0 && BeatCount < burst.Beats - 1;

    public long LastDataCycle => BeatCount == 0 ? NotYet : beats[BeatCount - 1].Cycle;

    /// <summary>What was kept of the beats.</summary>
    public ReadOnlySpan<AxiFlightBeat> Beats => beats.AsSpan(0, BeatCount);

    /// <summary>The words of all beats, one beat after another.</summary>
    public ReadOnlySpan<ulong> Data => DataOf(0, BeatCount);

    /// <summary>The words of <paramref name="count"/> beats, one beat after another.</summary>
    public ReadOnlySpan<ulong> DataOf(int first, int count) => data.AsSpan(first * dataWords, count * dataWords);

    /// <summary>The words of a beat.</summary>
    public ReadOnlySpan<ulong> DataOf(int beat) => data.AsSpan(beat * dataWords, dataWords);

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
        IsStraight = HasAllLanes && asked is { Kind: AxiBurstKind.Incr, CrossesPage: false } && asked.BeatBytes == busBytes;
        PageNumber = asked.Address / AxiBurst.PageBytes;
        FirstBeatInPage = (int)(asked.Address % AxiBurst.PageBytes) >> asked.Size;
    }

    public void Clear()
    {
        BeatCount = 0;
        IsUnclear = false;
        IsAddressUnclear = false;
        HasAllLanes = false;
        mayBePlain = false;
        IsStraight = false;
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

    /// <summary>One more beat that is only counted.</summary>
    public void Count() => BeatCount++;

    /// <summary>One more beat, to be filled: it holds what it held when the flight was in use before.</summary>
    /// <param name="words">The words of its data.</param>
    public ref AxiFlightBeat Add(ReadOnlySpan<ulong> words)
    {
        int beat = BeatCount;
        if (beat == beats.Length)
        {
            Array.Resize(ref beats, beats.Length * 2);
            Array.Resize(ref data, data.Length * 2);
        }

        Span<ulong> kept = data.AsSpan(beat * dataWords, dataWords);
        if (kept.Length == Vector256<ulong>.Count)
        {
            Vector256.Create(words).CopyTo(kept);
        }
        else
        {
            words[..dataWords].CopyTo(kept);
        }

        BeatCount = beat + 1;
        return ref beats[beat];
    }

    /// <summary>Moves the beats from <paramref name="first"/> on to <paramref name="tail"/>: they belong to another transaction.</summary>
    public void MoveTail(int first, AxiFlight tail)
    {
        for (int beat = first; beat < BeatCount; beat++)
        {
            if (keepsBeats)
            {
                tail.Add(DataOf(beat)) = beats[beat];
            }
            else
            {
                tail.Count();
            }
        }

        BeatCount = first;
    }
}
