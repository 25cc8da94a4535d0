using Spanker.Conformance.Device;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>A simulated Sail of class f32 with a test's own step before or after each matmul.</summary>
internal sealed class StagedSail : IMatmulDevice, ITracedDevice, ICollectiveDevice
{
    private readonly SimSail inner;

    public StagedSail(string options = "") => inner = SimSource.Open(SimOptions.Parse(options));

    public Action<MatmulCall>? Before { get; init; }

    public Action<MatmulCall>? After { get; init; }

    public DeviceDescription Description => inner.Description;

    public Topology Topology => inner.Topology;

    public DeviceError? MatmulQ4K(in MatmulCall call)
    {
        Before?.Invoke(call);
        DeviceError? error = inner.MatmulQ4K(call);
        After?.Invoke(call);
        return error;
    }

    public int PhaseGranularityBytes => inner.PhaseGranularityBytes;

    public IReadOnlyList<BusPhase> TakePhases() => inner.TakePhases();

    public void FormTopology(int sailCount) => inner.FormTopology(sailCount);

    public DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers) => inner.AllReduce(operation, buffers);

    public DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered) => inner.AllGather(buffers, gathered);

    public void Dispose() => inner.Dispose();
}

/// <summary>Opens what a test says.</summary>
internal sealed record StagedSource(string Spec, Func<IDevice> OpenDevice) : IDeviceSource
{
    public IDevice Open() => OpenDevice();
}
