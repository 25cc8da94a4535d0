namespace Spanker.Conformance.Suite;

/// <summary>Every clause of the contract. A report shows all of them against every device, so none can go missing in silence.</summary>
public static class RequirementCatalogue
{
    /// <summary>All clauses, in the contract's order.</summary>
    public static IReadOnlyList<Requirement> All { get; } =
    [
        Device("MM-1", "a block is 256 weights in 144 bytes: d, dmin, twelve bytes of scales and minimums, 128 bytes of nibbles"),
        Device("MM-2", "A is m*(k/256)*144 bytes, B is n*(k/256)*144 bytes, OUT is m*n*4 bytes, row major"),
        Device("MM-3", "k = 0 or k not a multiple of 256 is refused with BadDims{m,k,n,qk=256}"),
        Device("MM-4", "an operand shorter or longer than the dimensions say is refused with BadDims"),
        Device("MM-5", "a size beyond 2^64-1 is refused with BadDims, never wrapped"),
        Device("MM-6", "OUT shorter than m*n*4 is refused with OutputTooSmall{have,need} in bytes; longer is allowed"),
        Device("MM-7", "checks run in order: k, overflow, A and B lengths, OUT length; the first that fails decides"),
        Device("MM-8", "m = 0 or n = 0 with valid k and lengths succeeds without traffic and leaves OUT untouched"),
        Ours("MM-9", "a successful call issues Write A, Write B, ComputeSubmit, Read OUT, with the operands' lengths"),
        Ours("MM-10", "a refused call issues no traffic and leaves OUT untouched"),
        Ours("MM-11", "a call writes nothing outside OUT[0 .. m*n*4) and does not modify A or B; watched from another process, it reads nothing outside them either"),
        Ours("MM-12", "the same call gives the same bits, however often"),
        Ours("MM-13", "each output lies within the proved bound of the arithmetic class claimed"),
        Device("MM-14", "over a driver without WORK_SUBMIT every call answers NotImplemented naming SPANKER_IOC_WORK_SUBMIT, before any other check"),
        Device("MM-15", "error kinds and reduce operations are open-ended: an unknown one is answered by a typed error and survives judge and report"),
        Ours("MM-16", "no call depends on an earlier one"),
        Ours("PROC-1", "a call ends within its limit"),
        Ours("PROC-2", "a call leaves the process as it was"),
        Ours("PROC-3", "calls from several threads behave as declared"),
        Ours("NUM-1", "decode is bit for bit d*sc*q - dmin*m, rounded once to binary32"),
        Ours("NUM-2", "results follow the declared definition of a weight: rational, or rounded to binary32"),
        Ours("NUM-3", "the claimed arithmetic class holds where its bound is tight: sparse rows of any length, declared orders"),
        Ours("NUM-4", "subnormal d and dmin are ordinary; non-finite ones follow the declared policy"),
        Of("DRV-1", Subject.Driver, "the control node is present whenever the driver is loaded, even with no card"),
        Of("DRV-2", Subject.Driver, "PING is 0x0000E301 and GET_VERSION is 0x8008E302"),
        Of("DRV-3", Subject.Driver, "the version record is four u16; major.minor.patch 0.1.0; reserved is 0"),
        Of("DRV-4", Subject.Driver, "unknown number or wrong magic: ENOTTY; bad pointer: EFAULT; PING: 0 without payload"),
        Of("DRV-5", Subject.Driver, "a runtime refuses a driver of another major; a newer minor is compatible"),
        Of("DRV-6", Subject.Driver, "failure to open: Open{path,errno}; a failing ioctl: Ioctl{op,errno}"),
        Of("DRV-7", Subject.Driver, "cards are /dev/spanker0 .. N-1 in stable order, 256 at most; none: NoSails"),
        Of("DRV-8", Subject.Driver, "opcodes that do not exist yet, and known numbers of another size or direction, are unknown: ENOTTY"),
        Of("DRV-9", Subject.Driver, "the control node behaves on odd arguments and files as the upstream driver was seen to"),
        Of("DRV-10", Subject.Driver, "the runtime's constants and records equal those of the driver's C header"),
        Device("COL-1", "AllReduce with Sum, Max, Min, Avg leaves the same bits on every card"),
        Device("COL-2", "AllGather joins the buffers in topology order"),
        Device("COL-3", "another number of buffers than Sails: TopologyMismatch{expected,actual}, checked first"),
        Device("COL-4", "lengths that differ: ShapeMismatch{sail,expected,actual} of the first Sail that differs from Sail 0"),
        Device("COL-5", "length 0, or no Sails: success, nothing changes"),
        Ours("COL-6", "a collective that fails a check changes no buffer"),
        Device("COL-7", "the host mock folds Sail 0 with 1, 2, .. in binary32; Avg divides at the end; Max and Min keep the accumulator on ties and NaN"),
        Ours("COL-8", "another implementation stays within the bound of the reduction tree it declares"),
        Device("COL-9", "collectives over a driver without WORK_SUBMIT answer NotImplemented naming it, before any other check"),
        Ours("COL-10", "under every interleaving of cards and links: no deadlock, no torn buffer, no wrong bits as success"),
        Device("COL-11", "sharded matmul equals the unsharded one (columns: bit for bit; rows: within the summed bounds)"),
        Device("TOP-1", "a mock topology of n Sails is fully meshed: n(n-1) directed links, all Up, no self link"),
        Of("LNK-1", Subject.Link, "the link is 4 lanes x 32 bits = 128 bits wide"),
        Of("LNK-2", Subject.Link, "link states are Down 0, Training 1, Up 2, Error 3"),
        Of("LNK-3", Subject.Link, "Down, Training for TRAIN_CYCLES clocks, Up; traffic passes only in Up"),
        Of("SCH-1", Subject.Scheduler, "rates: DDR 2e9, inter-card 5e8 per direction, host link 1e8 bytes a second"),
        Of("SCH-2", Subject.Scheduler, "a tile's weight bytes m*k*e and activation bytes m*n*e saturate at 2^64-1"),
        Of("SCH-3", Subject.Scheduler, "tensor parallel if its time is at most model parallel's"),
        Of("AXI-1", Subject.Bus, "AXI4: data 256 bits, address 48, id 4, strobe 32"),
        Of("AXI-2", Subject.Bus, "INCR 1..128 beats and FIXED 1..16; no burst crosses a 4 KiB boundary"),
        Of("AXI-3", Subject.Bus, "full-width beats only; a narrower one is answered SLVERR"),
        Of("AXI-4", Subject.Bus, "one outstanding transaction a direction"),
        Of("AXI-5", Subject.Bus, "AxPROT and AxQOS carried, not enforced"),
        Of("AXI-6", Subject.Bus, "the protocol rules hold on every channel"),
        Of("AXI-7", Subject.Bus, "memory state and recent transactions can be queried; sequences have a JSON form that replays"),
    ];

    private static readonly Dictionary<string, Requirement> ById = All.ToDictionary(r => r.Id, StringComparer.Ordinal);

    private static readonly Dictionary<string, Requirement> ByTokenId = All.ToDictionary(r => r.TokenId, StringComparer.Ordinal);

    /// <summary>The clause with that id, or null.</summary>
    public static Requirement? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>The clause whose token spelling is given (<c>mm13</c>), or null.</summary>
    public static Requirement? FindByTokenId(string tokenId) => ByTokenId.GetValueOrDefault(tokenId);

    private static Requirement Device(string id, string text) => new(id, Subject.Device, IsOurs: false, text);

    private static Requirement Ours(string id, string text) => new(id, Subject.Device, IsOurs: true, text);

    private static Requirement Of(string id, Subject subject, string text) => new(id, subject, IsOurs: false, text);
}
