namespace Spanker.Conformance.Axi4;

/// <summary>The catalogue: the rules that are one of a kind, and all of them in the order of reports.</summary>
public static class AxiRules
{
    private static readonly AxiSignalSet WriteAddress = AxiSignalSet.Of(AxiSignal.AwValid, AxiSignal.AwReady);
    private static readonly AxiSignalSet WriteData = AxiSignalSet.Of(AxiSignal.WValid, AxiSignal.WReady);
    private static readonly AxiSignalSet Write = WriteAddress.With(WriteData).With(AxiSignalSet.Of(AxiSignal.BValid, AxiSignal.BReady));
    private static readonly AxiSignalSet Read = AxiSignalSet.Of(AxiSignal.ArValid, AxiSignal.ArReady, AxiSignal.RValid, AxiSignal.RReady);
    private static readonly AxiSignalSet WriteMemory = Write.With(AxiSignalSet.Of(AxiSignal.AwAddr, AxiSignal.WData));
    private static readonly AxiSignalSet ReadMemory = Read.With(AxiSignalSet.Of(AxiSignal.ArAddr, AxiSignal.RData));

    /// <summary>AXI4_ERRM_EXCL_ALIGN.</summary>
    public static AxiRule ExclusiveAlign { get; } =
        new("AXI4_ERRM_EXCL_ALIGN", AxiBlame.Master, "An exclusive access starts at a multiple of its bytes.", AxiSignalSet.None) { IsOfTransactions = true, AnyOf = AxiSignalSet.Of(AxiSignal.AwLock, AxiSignal.ArLock) };

    /// <summary>AXI4_ERRM_EXCL_LEN.</summary>
    public static AxiRule ExclusiveBytes { get; } =
        new("AXI4_ERRM_EXCL_LEN", AxiBlame.Master, "An exclusive access has 1, 2, 4 .. 128 bytes.", AxiSignalSet.None) { IsOfTransactions = true, AnyOf = AxiSignalSet.Of(AxiSignal.AwLock, AxiSignal.ArLock) };

    /// <summary>AXI4_ERRM_WDATA_NUM.</summary>
    public static AxiRule WriteBeats { get; } = new(
        "AXI4_ERRM_WDATA_NUM", AxiBlame.Master, "A write has AWLEN + 1 beats, WLAST on the last and only there.", Write.With(AxiSignalSet.Of(AxiSignal.WLast))) { IsOfTransactions = true };

    /// <summary>AXI4_ERRM_WSTRB.</summary>
    public static AxiRule Strobes { get; } = new(
        "AXI4_ERRM_WSTRB", AxiBlame.Master, "No strobe is outside the lanes of its beat.", Write.With(AxiSignalSet.Of(AxiSignal.AwAddr, AxiSignal.WStrb))) { IsOfTransactions = true };

    /// <summary>AXI4_ERRS_BRESP_WLAST.</summary>
    public static AxiRule ResponseAfterData { get; } =
        new("AXI4_ERRS_BRESP_WLAST", AxiBlame.Slave, "B comes after the last beat of W was accepted.", Write);

    /// <summary>AXI4_ERRS_BRESP_AW.</summary>
    public static AxiRule ResponseAfterAddress { get; } =
        new("AXI4_ERRS_BRESP_AW", AxiBlame.Slave, "B comes after AW was accepted.", Write);

    /// <summary>AXI4_ERRS_BRESP.</summary>
    public static AxiRule ResponseToRequest { get; } =
        new("AXI4_ERRS_BRESP", AxiBlame.Slave, "BID is an outstanding AWID; one B an AW.", Write);

    /// <summary>AXI4_ERRS_BRESP_EXOKAY.</summary>
    public static AxiRule WriteExOkay { get; } = new(
        "AXI4_ERRS_BRESP_EXOKAY", AxiBlame.Slave, "EXOKAY answers exclusive writes only.", Write.With(AxiSignalSet.Of(AxiSignal.BResp))) { IsOfTransactions = true };

    /// <summary>AXI4_ERRS_RRESP_EXOKAY.</summary>
    public static AxiRule ReadExOkay { get; } = new(
        "AXI4_ERRS_RRESP_EXOKAY", AxiBlame.Slave, "EXOKAY answers exclusive reads only.", Read.With(AxiSignalSet.Of(AxiSignal.RResp))) { IsOfTransactions = true };

    /// <summary>AXI4_ERRS_RID.</summary>
    public static AxiRule ReadToRequest { get; } =
        new("AXI4_ERRS_RID", AxiBlame.Slave, "R answers an outstanding ARID, after its AR.", Read);

    /// <summary>AXI4_ERRS_RDATA_NUM.</summary>
    public static AxiRule ReadBeats { get; } = new(
        "AXI4_ERRS_RDATA_NUM", AxiBlame.Slave, "A read has ARLEN + 1 beats, RLAST on the last and only there.", Read.With(AxiSignalSet.Of(AxiSignal.RLast))) { IsOfTransactions = true };

    /// <summary>AXI4_ERRS_BRESP_ALL_DONE_EOS.</summary>
    public static AxiRule WritesDone { get; } =
        new("AXI4_ERRS_BRESP_ALL_DONE_EOS", AxiBlame.Slave, "No write is outstanding after a quiet window at the end.", Write);

    /// <summary>AXI4_ERRS_RLAST_ALL_DONE_EOS.</summary>
    public static AxiRule ReadsDone { get; } =
        new("AXI4_ERRS_RLAST_ALL_DONE_EOS", AxiBlame.Slave, "No read is outstanding after a quiet window at the end.", Read);

    /// <summary>EXT_VALID_IN_RESET.</summary>
    public static AxiRule ValidInReset { get; } =
        new("EXT_VALID_IN_RESET", AxiBlame.Master, "VALID is low all through reset.", AxiSignalSet.Of(AxiSignal.Reset)) { IsJudgedAtRest = true };

    /// <summary>EXT_RVALID_SAME_CYCLE.</summary>
    public static AxiRule ReadSameCycle { get; } =
        new("EXT_RVALID_SAME_CYCLE", AxiBlame.Slave, "R does not come in the cycle of the AR handshake that enables it.", Read);

    /// <summary>EXT_BVALID_SAME_CYCLE.</summary>
    public static AxiRule WriteSameCycle { get; } =
        new("EXT_BVALID_SAME_CYCLE", AxiBlame.Slave, "B does not come in the cycle of the handshake that enables it.", Write);

    /// <summary>EXT_RDATA_MISMATCH.</summary>
    public static AxiRule ReadData { get; } =
        new("EXT_RDATA_MISMATCH", AxiBlame.Slave, "Reads return what a shadow memory holds.", ReadMemory);

    /// <summary>EXT_WRITE_EFFECT.</summary>
    public static AxiRule WriteEffect { get; } =
        new("EXT_WRITE_EFFECT", AxiBlame.Slave, "A write changes strobed bytes only.", ReadMemory.With(WriteMemory).With(AxiSignalSet.Of(AxiSignal.WStrb)));

    /// <summary>EXT_ID_ORDER.</summary>
    public static AxiRule IdOrder { get; } =
        new("EXT_ID_ORDER", AxiBlame.Slave, "Requests of one id are answered in order.", Read);

    /// <summary>EXT_DEADLOCK.</summary>
    public static AxiRule Deadlock { get; } =
        new("EXT_DEADLOCK", AxiBlame.Slave, "A direction with a stalled VALID makes progress within a number of clocks.", AxiSignalSet.None);

    /// <summary>EXT_RESET_ABORT.</summary>
    public static AxiRule ResetAbort { get; } =
        new("EXT_RESET_ABORT", AxiBlame.Slave, "No response from before a reset comes after it.", AxiSignalSet.Of(AxiSignal.Reset));

    /// <summary>MAST_SIZE_FULL.</summary>
    public static AxiRule FullSize { get; } =
        new("MAST_SIZE_FULL", AxiBlame.Master, "Beats have the full width of the profile.", AxiSignalSet.None) { IsOfTransactions = true, AnyOf = AxiSignalSet.Of(AxiSignal.AwSize, AxiSignal.ArSize) };

    /// <summary>MAST_NARROW_SLVERR.</summary>
    public static AxiRule NarrowRefused { get; } =
        new("MAST_NARROW_SLVERR", AxiBlame.Slave, "A narrow access is answered SLVERR.", AxiSignalSet.None) { IsOfTransactions = true, AnyOf = AxiSignalSet.Of(AxiSignal.AwSize, AxiSignal.ArSize) };

    /// <summary>MAST_SINGLE_OUTSTANDING.</summary>
    public static AxiRule SingleOutstanding { get; } =
        new("MAST_SINGLE_OUTSTANDING", AxiBlame.Master, "No more transactions are outstanding a direction than the profile has.", AxiSignalSet.None);

    /// <summary>MAST_BURST_SUPPORTED.</summary>
    public static AxiRule BurstSupported { get; } =
        new("MAST_BURST_SUPPORTED", AxiBlame.Master, "AxBURST is one of the profile's.", AxiSignalSet.None) { IsOfTransactions = true, AnyOf = AxiSignalSet.Of(AxiSignal.AwBurst, AxiSignal.ArBurst) };

    /// <summary>MAST_NO_EXOKAY.</summary>
    public static AxiRule NoExOkay { get; } =
        new("MAST_NO_EXOKAY", AxiBlame.Slave, "There is no EXOKAY.", AxiSignalSet.None) { IsOfTransactions = true, AnyOf = AxiSignalSet.Of(AxiSignal.BResp, AxiSignal.RResp) };

    /// <summary>Every rule, in the order of reports.</summary>
    public static IReadOnlyList<AxiRule> All { get; } =
    [
        .. AxiChannelRules.All, .. AxiSignalRules.All, .. AxiAddressRules.All,
        ExclusiveAlign, ExclusiveBytes, WriteBeats, Strobes, ResponseAfterData, ResponseAfterAddress, ResponseToRequest,
        WriteExOkay, ReadExOkay, ReadToRequest, ReadBeats, WritesDone, ReadsDone,
        ValidInReset, ReadSameCycle, WriteSameCycle, ReadData, WriteEffect, IdOrder, Deadlock, ResetAbort,
        FullSize, NarrowRefused, SingleOutstanding, BurstSupported, NoExOkay,
    ];
}
