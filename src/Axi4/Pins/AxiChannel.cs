namespace Spanker.Conformance.Axi4;

/// <summary>The five channels of AXI4 (IHI 0022, A1.3).</summary>
public enum AxiChannel
{
    /// <summary>AW, write addresses, driven by the master.</summary>
    WriteAddress,

    /// <summary>W, write data, driven by the master.</summary>
    WriteData,

    /// <summary>B, write responses, driven by the slave.</summary>
    WriteResponse,

    /// <summary>AR, read addresses, driven by the master.</summary>
    ReadAddress,

    /// <summary>R, read data and responses, driven by the slave.</summary>
    ReadData,
}
