namespace Spanker.Conformance.Axi4;

#pragma warning disable CA1051 // An array of these is changed in place.

/// <summary>What is known of the writes to one aligned block of the shadow memory: as many bytes as the bus has, eight at least.</summary>
internal struct ShadowBlock
{
    /// <summary>Cycle of the last write that was answered.</summary>
    public long WrittenCycle;

    /// <summary>The cycle of the address of the write that the pending beats belong to, which no other write has.</summary>
    public long Writer;

    /// <summary>Beats on their way to it.</summary>
    public int Pending;

    /// <summary>Whether beats of two writes were on their way at once: which came last is not known.</summary>
    public bool IsContended;

    /// <summary>Whether every byte is known and was passed by by no write: then the masks need not be looked at.</summary>
    public bool IsWhole;
}
