namespace Spanker.Conformance.Reference;

/// <summary>What a device does with an infinite or NaN d or dmin (CONTRACT NUM-4).</summary>
public enum NonFinitePolicy
{
    /// <summary>Decode by IEEE 754, then the dot product: NaN where that is NaN; any NaN equals any NaN.</summary>
    Ieee,

    /// <summary>Such blocks lie outside what the device promises.</summary>
    FiniteOnly,
}
