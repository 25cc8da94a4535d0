namespace Spanker.Conformance.Axi4;

/// <summary>One sampled bit. The default, <see cref="Low"/>, is also what an absent pin reads as.</summary>
public enum AxiBit : byte
{
    /// <summary>0.</summary>
    Low,

    /// <summary>1.</summary>
    High,

    /// <summary>x or z: the simulator does not know.</summary>
    Unknown,
}
