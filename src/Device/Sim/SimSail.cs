using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>A simulated Sail: the flow of a call, its phases and its collectives. How it computes is left to the class's own type.</summary>
/// <remarks>
/// The steps are small and virtual so that a device which is odd in one way overrides one of them:
/// check, refuse or finish empty, record phases, compute.
/// </remarks>
public abstract class SimSail : IMatmulDevice, ITracedDevice, ICollectiveDevice, IControlledDevice
{
    private readonly List<BusPhase> phases = [];

    /// <summary>A Sail that declares <paramref name="description"/>.</summary>
    protected SimSail(DeviceDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        Description = description;
    }

    /// <inheritdoc/>
    public DeviceDescription Description { get; }

    /// <summary>The model of a driver that the simulated Sail comes with.</summary>
    public ISystemCalls SystemCalls { get; } = new SimulatedDriver(cardCount: 1);

    /// <inheritdoc/>
    public Topology Topology { get; private set; } = Topology.FullMesh(0);

    /// <summary>What a Sail with <paramref name="options"/> declares.</summary>
    public static DeviceDescription Describe(SimOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DeviceDescription
        {
            Name = "simulated Sail, " + options,
            Class = options.Class,
            Order = options.Class == ArithmeticClass.F32 ? options.Order : SummationOrder.Any,
            Weights = options.Weights,
            NonFinite = options.Class is ArithmeticClass.SubblockInt or ArithmeticClass.Q8K
                ? NonFinitePolicy.FiniteOnly
                : NonFinitePolicy.Ieee,
            MaxSails = options.Sails,
        };
    }

    /// <inheritdoc/>
    public virtual DeviceError? MatmulQ4K(in MatmulCall call)
    {
        DeviceError? refusal = CheckCall(call);
        if (refusal is not null)
        {
            Refuse(call);
            return refusal;
        }

        if (call.M == 0 || call.N == 0)
        {
            FinishEmpty(call);
            return null;
        }

        RecordPhases(call);
        Compute(call);
        return null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<BusPhase> TakePhases()
    {
        BusPhase[] taken = [.. phases];
        phases.Clear();
        return taken;
    }

    /// <inheritdoc/>
    public virtual void FormTopology(int sailCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sailCount, Description.MaxSails);
        Topology = Topology.FullMesh(sailCount);
    }

    /// <inheritdoc/>
    public virtual DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers) =>
        HostFold.AllReduce(Topology.SailCount, operation, buffers);

    /// <inheritdoc/>
    public virtual DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered) =>
        HostFold.AllGather(Topology.SailCount, buffers, gathered);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what a derived Sail holds; this one holds nothing.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>The checks of CONTRACT MM-3 to MM-7; null when the call may go on.</summary>
    protected virtual DeviceError? CheckCall(in MatmulCall call) => MatmulChecks.First(call);

    /// <summary>What is done on a refused call: nothing (CONTRACT MM-10).</summary>
    protected virtual void Refuse(in MatmulCall call)
    {
    }

    /// <summary>What is done when m or n is 0: nothing (CONTRACT MM-8).</summary>
    protected virtual void FinishEmpty(in MatmulCall call)
    {
    }

    /// <summary>Records the phases of a successful call (CONTRACT MM-9).</summary>
    protected virtual void RecordPhases(in MatmulCall call)
    {
        foreach (BusPhase phase in MatmulPhases.Of(call))
        {
            Record(phase);
        }
    }

    /// <summary>Appends one phase to the record.</summary>
    protected void Record(BusPhase phase) => phases.Add(phase);

    /// <summary>Computes OUT. The call has passed the checks, m and n are at least 1.</summary>
    protected abstract void Compute(in MatmulCall call);
}
