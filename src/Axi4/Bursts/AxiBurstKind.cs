namespace Spanker.Conformance.Axi4;

/// <summary>AxBURST (IHI 0022, A3.4.1).</summary>
public enum AxiBurstKind
{
    /// <summary>Every beat at the same address.</summary>
    Fixed = 0,

    /// <summary>Beats at rising addresses.</summary>
    Incr = 1,

    /// <summary>Rising addresses that come round at a multiple of the burst's bytes.</summary>
    Wrap = 2,

    /// <summary>2'b11, which no master may drive; its addresses are taken to rise.</summary>
    Reserved = 3,
}
