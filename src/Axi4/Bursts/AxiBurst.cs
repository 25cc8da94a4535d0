namespace Spanker.Conformance.Axi4;

/// <summary>
/// A burst as its address pins ask for it: first address, beats, bytes a beat, kind. It may break the rules, as traces do; only what the
/// pins cannot express is refused.
/// </summary>
/// <remarks>
/// NB = 2^size, L = beats, T = NB * L, A = address, AL = A &amp; ~(NB - 1). Beat i lies at
/// <code>
/// INCR   i = 0: A; else AL + i * NB
/// FIXED  A
/// WRAP   lo + ((A - lo + i * NB) mod T), lo = A rounded down to a multiple of T
/// </code>
/// Addresses count modulo 2^64. Source: IHI 0022, A3.4.1.
/// </remarks>
public readonly record struct AxiBurst
{
    /// <summary>Bytes of the page that no INCR burst may leave.</summary>
    public const int PageBytes = 4096;

    /// <summary>The most beats that AxLEN can ask for.</summary>
    public const int MaxBeats = 256;

    /// <summary>A burst of <paramref name="beats"/> beats of 2^size bytes.</summary>
    /// <exception cref="ArgumentException">No pins can say this.</exception>
    public AxiBurst(ulong address, int beats, int size, AxiBurstKind kind)
    {
        if (beats is < 1 or > MaxBeats || size is < 0 or > 7 || kind is < AxiBurstKind.Fixed or > AxiBurstKind.Reserved)
        {
            throw Refusal(beats, size, kind);
        }

        Address = address;
        Beats = beats;
        Size = size;
        Kind = kind;
    }

    /// <summary>A, the address of the first beat.</summary>
    public ulong Address { get; }

    /// <summary>L, AxLEN + 1.</summary>
    public int Beats { get; }

    /// <summary>AxSIZE.</summary>
    public int Size { get; }

    /// <summary>AxBURST.</summary>
    public AxiBurstKind Kind { get; }

    /// <summary>NB, the bytes of an aligned beat.</summary>
    public int BeatBytes => 1 << Size;

    /// <summary>T = NB * L, the bytes of an aligned burst.</summary>
    public int TotalBytes => BeatBytes * Beats;

    /// <summary>AL, the first address rounded down to a multiple of NB.</summary>
    public ulong AlignedAddress => Address & ~((ulong)BeatBytes - 1);

    /// <summary>Whether the first address is a multiple of NB.</summary>
    public bool IsAligned => Address == AlignedAddress;

    /// <summary>
    /// Whether the bytes from AL on reach beyond the page of 4 KiB: (AL mod 4096) + T > 4096 for INCR. FIXED and WRAP never do.
    /// </summary>
    public bool CrossesPage =>
        Kind is AxiBurstKind.Incr or AxiBurstKind.Reserved && (int)(AlignedAddress % PageBytes) + TotalBytes > PageBytes;

    /// <summary>The address of beat <paramref name="beat"/>, 0 .. <see cref="Beats"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The burst has no such beat.</exception>
    public ulong AddressOf(int beat)
    {
        if (beat < 0 || beat >= Beats)
        {
            throw NoSuchBeat(beat);
        }

        ulong offset = (ulong)beat << Size;
        switch (Kind)
        {
            case AxiBurstKind.Fixed:
                return Address;
            case AxiBurstKind.Wrap:
                ulong low = Address - (Address % (ulong)TotalBytes);
                return unchecked(low + ((Address - low + offset) % (ulong)TotalBytes));
            default:
                return beat == 0 ? Address : unchecked(AlignedAddress + offset);
        }
    }

    /// <summary>
    /// The lanes of beat <paramref name="beat"/> on a bus of BW = <paramref name="busBytes"/> bytes, a = its address:
    /// a mod BW .. ((a &amp; ~(NB - 1)) + NB - 1) mod BW. For FIXED they are the same in every beat.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The burst has no such beat.</exception>
    public AxiLanes LanesOf(int beat, int busBytes)
    {
        ulong address = AddressOf(beat);
        ulong bus = (ulong)busBytes - 1;
        return new((int)(address & bus), (int)((address | ((ulong)BeatBytes - 1)) & bus));
    }

    private static ArgumentException Refusal(int beats, int size, AxiBurstKind kind) =>
        beats is < 1 or > MaxBeats ? new($"AxLEN holds 1..{MaxBeats} beats, not {beats}", nameof(beats))
        : size is < 0 or > 7 ? new($"AxSIZE is 0..7, not {size}", nameof(size))
        : new($"AxBURST is 0..3, not {(int)kind}", nameof(kind));

    private ArgumentOutOfRangeException NoSuchBeat(int beat) => new(nameof(beat), beat, $"the burst has beats 0..{Beats - 1}");
}
