namespace Spanker.Conformance.Axi4;

/// <summary>Profile, waits in cycles, and limits of a check.</summary>
public sealed record AxiCheckOptions
{
    /// <summary>The defaults, without a profile.</summary>
    public static AxiCheckOptions Default { get; } = new();

    /// <summary>The defaults with <see cref="AxiProfile.GenerationA"/>.</summary>
    public static AxiCheckOptions GenerationA { get; } = new() { Profile = AxiProfile.GenerationA };

    /// <summary>What the interface promises beyond AXI4; null if nothing is known.</summary>
    public AxiProfile? Profile { get; init; }

    /// <summary>READY is recommended within so many clocks after the first with VALID (REC*_READY_MAX_WAIT).</summary>
    public int ReadyWaitCycles { get; init; } = 16;

    /// <summary>A direction with a stalled VALID makes progress within so many clocks (EXT_DEADLOCK).</summary>
    public int DeadlockCycles { get; init; } = 512;

    /// <summary>
    /// A direction without a handshake for so many clocks at the end of a trace is quiet, and what is outstanding in it is lost. The
    /// window is at least twice the longest wait that the trace itself showed, so a slow target that was cut is not taken for a dead one.
    /// </summary>
    public int QuietCycles { get; init; } = 64;

    /// <summary>Most outstanding transactions a direction that are followed.</summary>
    public int OutstandingLimit { get; init; } = 1024;

    /// <summary>Most pages of 4 KiB that the shadow memory holds; addresses beyond them are not judged.</summary>
    public int ShadowPages { get; init; } = 4096;

    /// <summary>Violations of one rule that are kept with a message; the others are counted.</summary>
    public int FindingsKept { get; init; } = 16;
}
