namespace Spanker.Conformance.Axi4;

#pragma warning disable CA1051 // Pins are filled and compared in place, ten million cycles a second: fields, not properties that copy 128 bytes.

/// <summary>The pins of R in one cycle. Each value has a mask whose ones are its x and z bits; those bits are 0 in the value.</summary>
public struct AxiReadDataPins
{
    /// <summary>RDATA, lowest word first.</summary>
    public AxiWords Data;

    /// <summary>x bits of RDATA.</summary>
    public AxiWords DataUnknown;

    /// <summary>RID.</summary>
    public ulong Id;

    /// <summary>x bits of RID.</summary>
    public ulong IdUnknown;

    /// <summary>RVALID.</summary>
    public AxiBit Valid;

    /// <summary>RREADY.</summary>
    public AxiBit Ready;

    /// <summary>RLAST.</summary>
    public AxiBit Last;

    /// <summary>RRESP.</summary>
    public AxiResponse Response;

    /// <summary>x bits of RRESP, 0..3.</summary>
    public byte ResponseUnknown;
}
