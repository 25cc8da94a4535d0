namespace Spanker.Conformance.Axi4;

#pragma warning disable CA1051 // Pins are filled and compared in place, ten million cycles a second: fields, not properties that copy 128 bytes.

/// <summary>The pins of W in one cycle. Each value has a mask whose ones are its x and z bits; those bits are 0 in the value.</summary>
public struct AxiWriteDataPins
{
    /// <summary>WDATA, lowest word first.</summary>
    public AxiWords Data;

    /// <summary>x bits of WDATA.</summary>
    public AxiWords DataUnknown;

    /// <summary>WSTRB: bit n enables byte n of the bus.</summary>
    public UInt128 Strobe;

    /// <summary>x bits of WSTRB.</summary>
    public UInt128 StrobeUnknown;

    /// <summary>WVALID.</summary>
    public AxiBit Valid;

    /// <summary>WREADY.</summary>
    public AxiBit Ready;

    /// <summary>WLAST.</summary>
    public AxiBit Last;
}
