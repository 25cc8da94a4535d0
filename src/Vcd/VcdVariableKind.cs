namespace Spanker.Conformance.Vcd;

/// <summary>What a variable's values are.</summary>
public enum VcdVariableKind
{
    /// <summary>Bits of 0, 1, x and z: wires, registers, integers, parameters, times and all other types of the standard.</summary>
    Bits,

    /// <summary>A real number (<c>real</c>, <c>realtime</c>, <c>shortreal</c>); its changes are counted and stepped over.</summary>
    Real,

    /// <summary>Text (<c>string</c>); its changes are counted and stepped over.</summary>
    Text,

    /// <summary>An event: what is dumped says that it happened, not a level.</summary>
    Event,
}
