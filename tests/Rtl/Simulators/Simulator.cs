namespace Spanker.Conformance.Tests.Rtl;

/// <summary>Who simulates.</summary>
public enum Simulator
{
    /// <summary>Icarus Verilog: four states.</summary>
    Icarus,

    /// <summary>Verilator: two states, compiled.</summary>
    Verilator,
}
