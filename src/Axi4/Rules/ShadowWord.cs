namespace Spanker.Conformance.Axi4;

#pragma warning disable CA1051 // An array of these is changed in place.

/// <summary>Eight bytes of the shadow memory; masks have 0xff at the bytes that they hold for.</summary>
internal struct ShadowWord
{
    /// <summary>What the bytes hold.</summary>
    public ulong Value;

    /// <summary>The bytes that are known.</summary>
    public ulong Known;

    /// <summary>The bytes that a write passed by without a strobe since they were last seen right.</summary>
    public ulong PassedBy;

    /// <summary>Cycle of the last write that was answered.</summary>
    public long WrittenCycle;

    /// <summary>Beats on their way to it.</summary>
    public int Pending;

    /// <summary>The cycle of the address of the write that those beats belong to, which no other write has.</summary>
    public long Writer;

    /// <summary>Whether beats of two writes were on their way at once: which came last is not known.</summary>
    public bool IsContended;
}
