namespace Spanker.Conformance.Device;

/// <summary>Our re-implementation of upstream's recording mock: it checks a call, records its phases and computes nothing.</summary>
/// <remarks>
/// OUT is never written. The Read phase is m*n*4 bytes (CONTRACT MM-9), where upstream's records OUT's whole length;
/// the two differ only when OUT is longer than needed. Topologies are full meshes (CONTRACT TOP-1), collectives the host's fold.
/// </remarks>
public sealed class MockSail : IMatmulDevice, ITracedDevice, ICollectiveDevice
{
    /// <summary>The most Sails that a mock topology has here.</summary>
    public const int DefaultSails = 8;

    private readonly List<BusPhase> phases = [];

    /// <inheritdoc/>
    public DeviceDescription Description { get; } = new() { Name = "recording mock", Computes = false, MaxSails = DefaultSails };

    /// <inheritdoc/>
    public Topology Topology { get; private set; } = Topology.FullMesh(0);

    /// <inheritdoc/>
    public DeviceError? MatmulQ4K(in MatmulCall call)
    {
        DeviceError? refusal = MatmulChecks.First(call);
        if (refusal is null && call.M != 0 && call.N != 0)
        {
            phases.AddRange(MatmulPhases.Of(call));
        }

        return refusal;
    }

    /// <inheritdoc/>
    public IReadOnlyList<BusPhase> TakePhases()
    {
        BusPhase[] taken = [.. phases];
        phases.Clear();
        return taken;
    }

    /// <inheritdoc/>
    public void FormTopology(int sailCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sailCount, Description.MaxSails);
        Topology = Topology.FullMesh(sailCount);
    }

    /// <inheritdoc/>
    public DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers) =>
        HostFold.AllReduce(Topology.SailCount, operation, buffers);

    /// <inheritdoc/>
    public DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered) =>
        HostFold.AllGather(Topology.SailCount, buffers, gathered);

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
