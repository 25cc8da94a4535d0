using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Cards over a driver without WORK_SUBMIT that answer something else than that, or something else first (CONTRACT MM-14, COL-9).</summary>
public static class RealPathFaults
{
    private const string SingleBlock = "m=1,n=1,k=256";

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Matmul("card-checks-k-first", "m=1,n=1,k=0", "refuses a bad k before it says that it cannot submit work", call =>
            MatmulChecks.Depth(call) ?? Lacking()),
        Matmul("card-checks-lengths-first", SingleBlock, "refuses operands of a wrong length before it says that it cannot submit work", call =>
            MatmulChecks.Operands(call) ?? Lacking()),
        Matmul("card-done-with-no-rows", "m=0,n=0,k=256", "calls a product of no rows done, though it cannot submit work", call =>
            call.M == 0 ? null : Lacking()),
        Matmul("card-names-no-opcode", SingleBlock, "says that something is not implemented, but not what", _ => new NotImplemented("matmul on a card")),
        new FaultyEntry(
            "card-counts-buffers-first", "real-path", "COL-9", "sails=0,buffers=1,length=0", "counts buffers before it says that it cannot submit work",
            () => new WaitingCard { Collective = (sails, lengths) => HostFold.CheckShapes(sails, lengths) ?? Lacking() }),
        new FaultyEntry(
            "card-gathers-on-the-host", "real-path", "COL-9", "sails=0,length=0", "gathers on the host instead of saying that it cannot submit work",
            () => new WaitingCard { GathersOnHost = true }),
    ];

    private static FaultyEntry Matmul(string name, string shape, string description, Func<MatmulCall, DeviceError?> answer) =>
        new(name, "real-path", "MM-14", shape, description, () => new WaitingCard { Answer = answer });

    private static NotImplemented Lacking() => new($"the driver has no {DriverAbi.WorkSubmitName}");

    /// <summary>A card that waits for a driver that can submit work; right but for what an entry replaces.</summary>
    private sealed class WaitingCard : IMatmulDevice, ICollectiveDevice
    {
        public Func<MatmulCall, DeviceError?> Answer { get; init; } = _ => Lacking();

        public Func<int, IReadOnlyList<int>, DeviceError?> Collective { get; init; } = (_, _) => Lacking();

        public bool GathersOnHost { get; init; }

        public DeviceDescription Description { get; } = new()
        {
            Name = "card without WORK_SUBMIT",
            Computes = false,
            SubmitsWork = false,
            MaxSails = DriverAbi.MaxSails,
        };

        public Topology Topology { get; private set; } = new(SailCount: 0, Links: []);

        public DeviceError? MatmulQ4K(in MatmulCall call) => Answer(call);

        public void FormTopology(int sailCount) => Topology = new Topology(sailCount, Links: []);

        public DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers) =>
            Collective(Topology.SailCount, HostFold.LengthsOf(buffers));

        public DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered) => GathersOnHost
            ? HostFold.AllGather(buffers.Count, buffers, gathered)
            : Collective(Topology.SailCount, HostFold.LengthsOf(buffers));

        public void Dispose()
        {
        }
    }
}
