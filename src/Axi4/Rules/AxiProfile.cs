namespace Spanker.Conformance.Axi4;

/// <summary>What an interface promises beyond AXI4. Each promise arms a MAST_ rule; without a profile none of them is exercised.</summary>
public sealed record AxiProfile
{
    /// <summary>Name of the profile in reports.</summary>
    public required string Name { get; init; }

    /// <summary>Generation A (CONTRACT AXI-2..4): INCR and FIXED, 32-byte beats, a narrower one refused, one outstanding a direction.</summary>
    public static AxiProfile GenerationA { get; } = new()
    {
        Name = "generation-a",
        BeatSize = 5,
        RefusesNarrow = true,
        MaxOutstanding = 1,
        BurstKinds = [AxiBurstKind.Incr, AxiBurstKind.Fixed],
        RefusesExclusive = true,
        TargetIsMemory = true,
    };

    /// <summary>The only AxSIZE (MAST_SIZE_FULL); null promises nothing.</summary>
    public int? BeatSize { get; init; }

    /// <summary>Whether a beat narrower than <see cref="BeatSize"/> is answered SLVERR (MAST_NARROW_SLVERR).</summary>
    public bool RefusesNarrow { get; init; }

    /// <summary>An AxSIZE below this one is to be refused; 0 where none is.</summary>
    internal int RefusedBelow => RefusesNarrow ? BeatSize ?? 0 : 0;

    /// <summary>Most outstanding transactions a direction (MAST_SINGLE_OUTSTANDING); null promises nothing.</summary>
    public int? MaxOutstanding { get; init; }

    /// <summary>The burst kinds in use (MAST_BURST_SUPPORTED); null promises nothing.</summary>
    public IReadOnlyList<AxiBurstKind>? BurstKinds { get; init; }

    /// <summary>Whether there is no exclusive access, hence no EXOKAY (MAST_NO_EXOKAY).</summary>
    public bool RefusesExclusive { get; init; }

    /// <summary>
    /// Whether the target is a memory that only this interface writes. Then a shadow of it judges read data (EXT_RDATA_MISMATCH,
    /// EXT_WRITE_EFFECT); registers and memories with a second writer would fail that without fault.
    /// </summary>
    public bool TargetIsMemory { get; init; }

    /// <summary>First address that is memory, a multiple of 4 KiB; below it are registers, whose data nobody can foretell.</summary>
    public ulong MemoryFirst { get; init; }

    /// <summary>Last address, up to the end of a page of 4 KiB, that is memory of which this interface is the only writer.</summary>
    public ulong MemoryLast { get; init; } = ulong.MaxValue;
}
