namespace Spanker.Conformance.Axi4;

#pragma warning disable CA1051 // Filled in place, like its neighbours.

/// <summary>The pins of B in one cycle. Each value has a mask whose ones are its x and z bits; those bits are 0 in the value.</summary>
public struct AxiWriteResponsePins
{
    /// <summary>BID.</summary>
    public ulong Id;

    /// <summary>x bits of BID.</summary>
    public ulong IdUnknown;

    /// <summary>BVALID.</summary>
    public AxiBit Valid;

    /// <summary>BREADY.</summary>
    public AxiBit Ready;

    /// <summary>BRESP.</summary>
    public AxiResponse Response;

    /// <summary>x bits of BRESP, 0..3.</summary>
    public byte ResponseUnknown;
}
