namespace Spanker.Conformance.Axi4;

/// <summary>A finished read or write. Cycles are counted from 0 at the first push.</summary>
public sealed record AxiTransaction
{
    /// <summary>Whether it is a read.</summary>
    public required bool IsRead { get; init; }

    /// <summary>AWID or ARID.</summary>
    public required ulong Id { get; init; }

    /// <summary>Address, beats, size, kind.</summary>
    public required AxiBurst Burst { get; init; }

    /// <summary>The attributes as the pins packed them (<see cref="AxiAttributes"/>).</summary>
    public required ulong Attributes { get; init; }

    /// <summary>AxUSER.</summary>
    public required ulong User { get; init; }

    /// <summary>The beats that came, in order: more or fewer than the burst has if a rule was broken.</summary>
    public required IReadOnlyList<AxiBeat> Beats { get; init; }

    /// <summary>BRESP of a write; of a read, the first response that is no OKAY, or OKAY.</summary>
    public required AxiResponse Response { get; init; }

    /// <summary>First cycle of AxVALID.</summary>
    public required long RequestCycle { get; init; }

    /// <summary>Handshake of the address.</summary>
    public required long AddressCycle { get; init; }

    /// <summary>First cycle of BVALID of a write; of a read, of the first RVALID.</summary>
    public required long AnswerCycle { get; init; }

    /// <summary>The last handshake: B of a write, the last R of a read. Of a write that was answered early, that of its address or data.</summary>
    public required long LastCycle { get; init; }

    /// <summary>AxLOCK.</summary>
    public bool IsExclusive => ((Attributes >> AxiAttributes.LockShift) & 1) != 0;
}
