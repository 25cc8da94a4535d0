namespace Spanker.Conformance.Axi4;

/// <summary>What a memory slave does wrong. Faults of single pins are <see cref="AxiPinFault"/>s.</summary>
public enum AxiSlaveFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A B that waits is overwritten by the next one, and lost.</summary>
    OverwritesResponse,

    /// <summary>BID is wired to the live AWID.</summary>
    LiveWriteId,

    /// <summary>RID is wired to the live ARID.</summary>
    LiveReadId,

    /// <summary>No B for a write whose last beat came after a clock without WVALID.</summary>
    LosesResponseAfterGap,

    /// <summary>AW and AR accepted in one clock are both forgotten.</summary>
    LosesBothAddresses,

    /// <summary>An AR accepted in the clock of a W is forgotten.</summary>
    LosesReadBesideData,

    /// <summary>A read returns as many beats as the last write had.</summary>
    ReadUsesWriteLength,

    /// <summary>RLAST follows the clocks of RVALID, not the handshakes.</summary>
    LastAdvancesWhileStalled,

    /// <summary>RDATA is loaded only while RREADY is high; else the beat shows the data before.</summary>
    LoadsOnlyWhenReady,

    /// <summary>A refused read gets one error beat with RLAST, whatever its length.</summary>
    OneErrorBeat,

    /// <summary>B comes with the first beat of W.</summary>
    AnswersBeforeLastData,

    /// <summary>B comes once the data is there, before AW.</summary>
    AnswersBeforeAddress,

    /// <summary>Each write gets two responses.</summary>
    AnswersTwice,

    /// <summary>Each read's data comes twice.</summary>
    ReadsTwice,

    /// <summary>BID is another one.</summary>
    WrongWriteId,

    /// <summary>RID is another one.</summary>
    WrongReadId,

    /// <summary>RVALID in the clock of the AR handshake.</summary>
    ReadInAddressCycle,

    /// <summary>BVALID in the clock of the last W handshake.</summary>
    AnswerInDataCycle,

    /// <summary>Data is stored at the address of the write before.</summary>
    PairsWrongly,

    /// <summary>A narrow beat is served instead of refused.</summary>
    ServesNarrow,

    /// <summary>Every write is answered EXOKAY.</summary>
    AnswersExOkay,

    /// <summary>Every read is answered EXOKAY.</summary>
    ReadsExOkay,

    /// <summary>Takes two reads of an id and answers the later one first.</summary>
    SwapsSameId,

    /// <summary>WSTRB is ignored: all bytes of the beat are stored.</summary>
    IgnoresStrobes,

    /// <summary>A B comes out of nowhere, once.</summary>
    StrayResponse,

    /// <summary>An R beat comes out of nowhere, once.</summary>
    StrayRead,

    /// <summary>Accepts one transaction more than it may have outstanding.</summary>
    AcceptsOneMore,

    /// <summary>What was outstanding when a reset came is answered after it.</summary>
    AnswersAfterReset,

    /// <summary>RLAST never comes.</summary>
    NoLast,

    /// <summary>A read lacks its last beat; the one before has RLAST.</summary>
    ReadsOneBeatLess,

    /// <summary>The last beat of a burst is not stored.</summary>
    DropsLastBeat,

    /// <summary>FIXED is treated as INCR.</summary>
    FixedAsIncr,

    /// <summary>The beats of a burst are counted in eight bits of the address.</summary>
    AddressInEightBits,

    /// <summary>An access that AxPROT marks as non-secure is answered SLVERR.</summary>
    EnforcesProtection,

    /// <summary>FIXED bursts of more than two beats are answered SLVERR.</summary>
    RefusesLongFixed,

    /// <summary>Bursts of a whole page are answered SLVERR.</summary>
    RefusesWholePages,
}
