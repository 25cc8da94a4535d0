namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>What kind of handshakes a group of signals holds.</summary>
public enum VcdInterfaceKind
{
    /// <summary>AXI4: AR and R, or AW, W and B, or all five channels. The roles of its ports are <c>awvalid</c>, <c>wdata</c>, <c>rlast</c> and so on.</summary>
    Axi4,

    /// <summary>One valid/ready stream, such as <c>tx_valid</c> and <c>tx_ready</c>. The roles of its ports are <c>valid</c>, <c>ready</c>, <c>data</c> and so on.</summary>
    Stream,
}
