using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Sails whose card answers the bus wrongly, or says wrong things of itself.</summary>
public static class BusCardFaults
{
    private const string OneRequest = "requests=1";
    private const string SingleBlock = "m=1,n=1,k=256";

    // What answers another request than its own, or none, or is lost, spoils what is expected of others.
    private static readonly string[] Confused = ["AXI-2", "AXI-3", "AXI-4", "AXI-5", "AXI-7"];

    // What belongs to another request spoils what is tried with several under way or with refused ones between.
    private static readonly string[] MixedUp = ["AXI-3", "AXI-4"];

    // What the memory holds is seen behind refused writes, and by asking the card.
    private static readonly string[] MemoryWrong = ["AXI-3", "AXI-7"];

    // The phases of a call are read off the pins: what is answered before its data is there has none.
    private static IReadOnlyList<string> PhasesSeen { get; } = ["MM-9", "MM-12"];

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        .. Widths(), .. Responses(), .. Data(), .. Refusals(), .. Pins(), .. Words(),
    ];

    private static IEnumerable<FaultyEntry> Widths() =>
    [
        Entry("id-of-two-bits", "AXI-1", "requests=0", "has ids of two bits", new() { Shape = Shape(addressBits: 48, idBits: 2) }, []),
        Entry("address-of-47-bits", "AXI-1", "requests=0", "has addresses of 47 bits", new() { Shape = Shape(addressBits: 47, idBits: 4) }, []),
    ];

    private static IEnumerable<FaultyEntry> Responses() =>
    [
        Card("b-overwritten", "AXI-4", "requests=2", AxiSlaveFault.OverwritesResponse, "overwrites a B that waits", ["AXI-3", "AXI-6"]),
        Card("bid-from-live-awid", "AXI-6", "requests=3", AxiSlaveFault.LiveWriteId, "wires BID to AWID", MixedUp),
        Card("rid-from-live-arid", "AXI-6", "requests=7", AxiSlaveFault.LiveReadId, "wires RID to ARID", MixedUp),
        Card("b-lost-after-gap", "AXI-6", "m=5,n=10,k=512", AxiSlaveFault.LosesResponseAfterGap, "loses the response when WVALID paused before the last beat", [.. Confused, "MM-2", "NUM-3"]),
        Card("aw-and-ar-lost", "AXI-6", "requests=21", AxiSlaveFault.LosesBothAddresses, "forgets AW and AR that come together", MixedUp),
        Card("ar-lost-beside-w", "AXI-6", "requests=6", AxiSlaveFault.LosesReadBesideData, "forgets an AR that comes with a W", MixedUp),
        Card("b-before-data", "AXI-6", SingleBlock, AxiSlaveFault.AnswersBeforeLastData, "answers a write at its first beat", PhasesSeen),
        Card("b-before-address", "AXI-6", SingleBlock, AxiSlaveFault.AnswersBeforeAddress, "answers a write whose address it has not taken", [.. PhasesSeen, "AXI-3", "AXI-4", "AXI-7"]),
        Card("b-twice", "AXI-6", SingleBlock, AxiSlaveFault.AnswersTwice, "answers each write twice", ["AXI-7"]),
        Card("read-twice", "AXI-6", SingleBlock, AxiSlaveFault.ReadsTwice, "answers each read twice", []),
        Card("bid-wrong", "AXI-6", SingleBlock, AxiSlaveFault.WrongWriteId, "answers writes under another id", [.. BusHostFaults.CallsFail, .. Confused]),
        Card("rid-wrong", "AXI-6", SingleBlock, AxiSlaveFault.WrongReadId, "answers reads under another id", [.. BusHostFaults.CallsFail, .. Confused]),
        Card("r-in-ar-cycle", "AXI-6", SingleBlock, AxiSlaveFault.ReadInAddressCycle, "answers a read in the cycle of its address", []),
        Card("b-in-w-cycle", "AXI-6", SingleBlock, AxiSlaveFault.AnswerInDataCycle, "answers a write in the cycle of its last beat", ["MM-9"]),
        Card("stray-b", "AXI-6", SingleBlock, AxiSlaveFault.StrayResponse, "answers a write that nobody made", [.. BusHostFaults.CallsFail, "AXI-2", "AXI-4", "AXI-5", "AXI-7"]),
        Card("stray-r", "AXI-6", SingleBlock, AxiSlaveFault.StrayRead, "answers a read that nobody made", ["AXI-2", "AXI-4", "AXI-5", "AXI-7"]),
        Card("two-outstanding", "AXI-4", "requests=2", AxiSlaveFault.AcceptsOneMore, "accepts a second transaction a direction", []),
        Card("answers-after-reset", "AXI-6", "requests=4", AxiSlaveFault.AnswersAfterReset, "answers after a reset what was asked before it", []),
        Card("exokay-to-write", "AXI-3", SingleBlock, AxiSlaveFault.AnswersExOkay, "answers every write EXOKAY", [.. BusHostFaults.CallsFail, "AXI-2", "AXI-4", "AXI-5", "AXI-6"]),
        Card("exokay-to-read", "AXI-3", SingleBlock, AxiSlaveFault.ReadsExOkay, "answers every read EXOKAY", [.. BusHostFaults.CallsFail, "AXI-2", "AXI-4", "AXI-5", "AXI-6"]),
    ];

    private static IEnumerable<FaultyEntry> Data() =>
    [
        Card("read-with-write-length", "AXI-6", SingleBlock, AxiSlaveFault.ReadUsesWriteLength, "returns as many beats as the last write had", ["AXI-4", "MM-1", "MM-2", "MM-13", "NUM-1", "NUM-2", "NUM-4"]),
        Card("rlast-by-clocks", "AXI-6", "m=5,n=7,k=256", AxiSlaveFault.LastAdvancesWhileStalled, "counts clocks of RVALID for RLAST", ["AXI-2", "AXI-4", "AXI-5", "AXI-7", "MM-1", "MM-2", "MM-12", "MM-13", "NUM-1", "NUM-4"]),
        Card("rdata-late", "AXI-6", "requests=7", AxiSlaveFault.LoadsOnlyWhenReady, "loads RDATA only while RREADY is high", ["AXI-7", "MM-1", "MM-2", "MM-16", "NUM-1", "NUM-3", "NUM-4"]),
        Card("aw-paired-wrongly", "AXI-6", "requests=5", AxiSlaveFault.PairsWrongly, "stores data at the address of the write before", [.. BusHostFaults.CallsFail, .. MemoryWrong]),
        Card("same-id-swapped", "AXI-4", "requests=2", AxiSlaveFault.SwapsSameId, "takes two reads and answers the later one first", ["AXI-6"]),
        Card("strobes-ignored", "AXI-6", "requests=20", AxiSlaveFault.IgnoresStrobes, "stores bytes that are not strobed", MemoryWrong),
        Card("rlast-never", "AXI-6", SingleBlock, AxiSlaveFault.NoLast, "never raises RLAST", [.. BusHostFaults.CallsFail, .. Confused]),
        Card("read-one-beat-less", "AXI-6", "m=3,n=3,k=256", AxiSlaveFault.ReadsOneBeatLess, "returns a beat less than asked for", [.. FaultyEntry.ValueClauses, "AXI-2", "AXI-4", "AXI-5"]),
        Card("last-beat-dropped", "AXI-6", "requests=5", AxiSlaveFault.DropsLastBeat, "does not store the last beat", [.. BusHostFaults.CallsFail, .. MemoryWrong]),
        Card("fixed-as-incr", "AXI-6", "requests=5", AxiSlaveFault.FixedAsIncr, "counts addresses in FIXED bursts", [.. BusHostFaults.CallsFail, .. MemoryWrong]),
        Card("address-in-8-bits", "AXI-6", "requests=5", AxiSlaveFault.AddressInEightBits, "counts addresses of a burst in eight bits", [.. FaultyEntry.ValueClauses, .. MemoryWrong]),
    ];

    private static IEnumerable<FaultyEntry> Refusals() =>
    [
        Card("narrow-served", "AXI-3", "requests=2", AxiSlaveFault.ServesNarrow, "serves beats that are narrower than the bus", []),
        Card("one-error-beat", "AXI-6", "requests=4", AxiSlaveFault.OneErrorBeat, "ends a refused read after one beat", []),
        Card("non-secure-refused", "AXI-5", "requests=5", AxiSlaveFault.EnforcesProtection, "refuses what AxPROT marks as non-secure", []),
        Card("long-fixed-refused", "AXI-2", "requests=261", AxiSlaveFault.RefusesLongFixed, "refuses FIXED bursts of more than two beats", ["AXI-3", "AXI-4", "AXI-6", "AXI-7"]),
        Card("whole-page-refused", "AXI-2", "requests=255", AxiSlaveFault.RefusesWholePages, "refuses bursts of a whole page", ["AXI-3", "AXI-4", "AXI-6", "AXI-7", "MM-1", "MM-2", "MM-12", "MM-13", "NUM-1", "NUM-3", "NUM-4"]),
    ];

    private static IEnumerable<FaultyEntry> Pins() =>
    [
        Pin("bvalid-dropped", "lowers BVALID while it waits", AxiPinFaultKind.DropsWhileStalled, AxiSignal.BValid, Confused),
        Pin("rvalid-dropped", "lowers RVALID while it waits", AxiPinFaultKind.DropsWhileStalled, AxiSignal.RValid, Confused, "m=5,n=1,k=256"),
        Pin("bresp-moves", "changes BRESP while it waits", AxiPinFaultKind.ChangesWhileStalled, AxiSignal.BResp, [.. Confused, "MM-1", "MM-2", "MM-13", "NUM-2", "NUM-3", "NUM-4"]),
        Pin("rdata-moves", "changes RDATA while it waits", AxiPinFaultKind.ChangesWhileStalled, AxiSignal.RData, ["AXI-7", "MM-1", "MM-2", "MM-12", "NUM-1"], "m=5,n=1,k=256"),
        Pin("rvalid-in-reset", "holds RVALID high in reset", AxiPinFaultKind.HighInReset, AxiSignal.RValid),
        Pin("bvalid-leaves-reset", "holds BVALID high in the first clock after reset", AxiPinFaultKind.HighLeavingReset, AxiSignal.BValid),
        Pin("rdata-unknown", "answers OKAY with a bit that nobody knows", AxiPinFaultKind.Unknown, AxiSignal.RData, ["MM-2", "NUM-1", "NUM-3"]),
        Pin("awready-unknown", "leaves AWREADY unknown while it is low", AxiPinFaultKind.Unknown, AxiSignal.AwReady),
        Pin("arready-stuck", "never raises ARREADY", AxiPinFaultKind.StuckLow, AxiSignal.ArReady, [.. BusHostFaults.CallsFail, .. Confused]),
    ];

    private static IEnumerable<FaultyEntry> Words() =>
    [
        new("state-of-the-next-word", "bus-card", "AXI-7", "requests=2", "shows the bus word behind the one that was asked for", () => new TalkativeSail(next: true)) { AlsoKilledBy = ["AXI-3"] },
        new("log-without-reads", "bus-card", "AXI-7", OneRequest, "remembers writes only", () => new TalkativeSail(next: false)),
    ];

    /// <summary>A card that spoils calls spoils products in shards, too.</summary>
    private static FaultyEntry Entry(string name, string clause, string shape, string description, SailBusOptions bus, IReadOnlyList<string> alsoKilledBy) =>
        new(name, "bus-card", clause, shape, description, () => new PatchedSail(PatchedSail.Claim, bus))
        {
            AlsoKilledBy =
            [
                .. alsoKilledBy.Where(also => also != clause && also != "COL-11"),
                .. alsoKilledBy.Any(also => also.StartsWith("MM-", StringComparison.Ordinal) || also.StartsWith("NUM-", StringComparison.Ordinal)) ? (string[])["COL-11"] : [],
            ],
        };

    private static FaultyEntry Card(string name, string clause, string shape, AxiSlaveFault fault, string description, IReadOnlyList<string> alsoKilledBy)
    {
        SailBusOptions plain = new();
        return Entry(name, clause, shape, description, plain with { Slave = plain.Slave with { Fault = fault, AcceptsDataAhead = fault == AxiSlaveFault.AnswersBeforeAddress } }, alsoKilledBy);
    }

    private static FaultyEntry Pin(string name, string description, AxiPinFaultKind kind, AxiSignal signal, IReadOnlyList<string>? alsoKilledBy = null, string shape = SingleBlock) =>
        Entry(name, "AXI-6", shape, description, new() { CardPinFaults = [new(kind, signal)] }, alsoKilledBy ?? []);

    private static AxiBusShape Shape(int addressBits, int idBits) => new(dataBits: 256, addressBits, idBits) { Signals = AxiBusShape.ProfileA.Signals };

    private sealed class TalkativeSail(bool next) : F32Sail(new SimOptions(), PatchedSail.Claim)
    {
        public override void ReadState(ulong address, Span<ulong> word) => base.ReadState(next ? address + 32 : address, word);

        public override IReadOnlyList<BusTransaction> LastTransactions(int count) =>
            next ? base.LastTransactions(count) : [.. base.LastTransactions(count).Where(each => !each.IsRead)];
    }
}
