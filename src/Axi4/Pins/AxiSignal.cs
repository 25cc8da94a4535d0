namespace Spanker.Conformance.Axi4;

/// <summary>The signals that are looked at. AW and AR are laid out alike: an AR signal is its AW signal + 13.</summary>
public enum AxiSignal
{
    /// <summary>AWVALID.</summary>
    AwValid,

    /// <summary>AWREADY.</summary>
    AwReady,

    /// <summary>AWADDR, up to 64 bits.</summary>
    AwAddr,

    /// <summary>AWID, up to 64 bits.</summary>
    AwId,

    /// <summary>AWLEN, beats - 1.</summary>
    AwLen,

    /// <summary>AWSIZE, log2 of the bytes of a beat.</summary>
    AwSize,

    /// <summary>AWBURST.</summary>
    AwBurst,

    /// <summary>AWLOCK: 1 asks for an exclusive access.</summary>
    AwLock,

    /// <summary>AWCACHE.</summary>
    AwCache,

    /// <summary>AWPROT.</summary>
    AwProt,

    /// <summary>AWQOS.</summary>
    AwQos,

    /// <summary>AWREGION.</summary>
    AwRegion,

    /// <summary>AWUSER, its lowest 64 bits.</summary>
    AwUser,

    /// <summary>ARVALID.</summary>
    ArValid,

    /// <summary>ARREADY.</summary>
    ArReady,

    /// <summary>ARADDR, up to 64 bits.</summary>
    ArAddr,

    /// <summary>ARID, up to 64 bits.</summary>
    ArId,

    /// <summary>ARLEN, beats - 1.</summary>
    ArLen,

    /// <summary>ARSIZE, log2 of the bytes of a beat.</summary>
    ArSize,

    /// <summary>ARBURST.</summary>
    ArBurst,

    /// <summary>ARLOCK: 1 asks for an exclusive access.</summary>
    ArLock,

    /// <summary>ARCACHE.</summary>
    ArCache,

    /// <summary>ARPROT.</summary>
    ArProt,

    /// <summary>ARQOS.</summary>
    ArQos,

    /// <summary>ARREGION.</summary>
    ArRegion,

    /// <summary>ARUSER, its lowest 64 bits.</summary>
    ArUser,

    /// <summary>WVALID.</summary>
    WValid,

    /// <summary>WREADY.</summary>
    WReady,

    /// <summary>WDATA, up to 1024 bits.</summary>
    WData,

    /// <summary>WSTRB, one bit a byte of the bus.</summary>
    WStrb,

    /// <summary>WLAST.</summary>
    WLast,

    /// <summary>BVALID.</summary>
    BValid,

    /// <summary>BREADY.</summary>
    BReady,

    /// <summary>BID, up to 64 bits.</summary>
    BId,

    /// <summary>BRESP.</summary>
    BResp,

    /// <summary>RVALID.</summary>
    RValid,

    /// <summary>RREADY.</summary>
    RReady,

    /// <summary>RID, up to 64 bits.</summary>
    RId,

    /// <summary>RDATA, up to 1024 bits.</summary>
    RData,

    /// <summary>RRESP.</summary>
    RResp,

    /// <summary>RLAST.</summary>
    RLast,

    /// <summary>The reset, after its polarity: 1 while it is active.</summary>
    Reset,
}
