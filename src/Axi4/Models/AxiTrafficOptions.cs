namespace Spanker.Conformance.Axi4;

/// <summary>What random traffic is made of. Whatever is asked for, every request keeps the rules.</summary>
public sealed record AxiTrafficOptions
{
    /// <summary>Seed of the requests.</summary>
    public ulong Seed { get; init; }

    /// <summary>What the interface promises: its burst kinds and beat size; null for all that AXI4 has.</summary>
    public AxiProfile? Profile { get; init; } = AxiProfile.GenerationA;

    /// <summary>First address of the window that the traffic keeps to, a multiple of 4 KiB.</summary>
    public ulong Base { get; init; }

    /// <summary>Bytes of the window, a multiple of 4 KiB: small, so that reads meet what was written.</summary>
    public ulong WindowBytes { get; init; } = 4 * AxiBurst.PageBytes;

    /// <summary>Longest INCR burst in beats.</summary>
    public int MaxBeats { get; init; } = AxiBurst.MaxBeats;

    /// <summary>Idle clocks before a request, up to so many.</summary>
    public int MaxGapCycles { get; init; }

    /// <summary>Chance of 256 that a burst is placed so that it ends with its page.</summary>
    public int PageEnds { get; init; } = 64;

    /// <summary>Chance of 256 that the strobes of a write are sparse.</summary>
    public int SparseStrobes { get; init; } = 64;

    /// <summary>Whether AxPROT and AxQOS are thrown as well; else they are 0.</summary>
    public bool VariesAttributes { get; init; } = true;
}
