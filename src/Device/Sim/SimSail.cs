using Spanker.Conformance.Axi4;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>
/// A simulated Sail: a host that checks a call and drives an AXI4 bus, and a card on that bus which computes from its own memory. How it computes is left
/// to the class's own type.
/// </summary>
/// <remarks>
/// The steps are small and virtual so that a device which is odd in one way overrides one of them: check, refuse or finish empty, the host's program,
/// compute, finish. The phases of a call are read off the card's pins (CONTRACT MM-9).
/// </remarks>
public abstract class SimSail : IMatmulDevice, ITracedDevice, IBusDevice, ICollectiveDevice, ICardProgramDevice, IControlledDevice, ISchedulerDevice
{
    private readonly List<IAxiProbe> probes = [];
    private readonly SailBusOptions busOptions;
    private readonly CardScheduler scheduler = new();
    private SailCard? card;
    private SimCards? cards;
    private SailMatmul? host;

    /// <summary>A Sail that declares <paramref name="description"/>.</summary>
    protected SimSail(DeviceDescription description, SailBusOptions? bus = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        Description = description;
        busOptions = bus ?? new SailBusOptions();
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
            Collectives = options.Collective is null ? null : SimCards.Declare(options.Collective),
        };
    }

    /// <summary>The same of a Sail that multiplies many elements at a time: a figure that one busy core keeps, some five times below what was seen.</summary>
    protected static DeviceDescription DescribeFast(SimOptions options) => Describe(options) with { ProductsPerSecond = 2_000_000_000 };

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

        DeviceError? failure = Drive(Program(call), call);
        Finish(call);
        return failure;
    }

    /// <inheritdoc/>
    public AxiBusShape BusShape => busOptions.Shape;

    /// <inheritdoc/>
    public (ulong First, ulong Last) Memory => (SailMap.WindowA, SailMap.WindowOut - 1);

    /// <inheritdoc/>
    public IAxiSlave Card => OwnCard;

    /// <inheritdoc/>
    public int PhaseGranularityBytes => BusShape.DataBytes;

    private SimCards Cards(CollectiveDeclaration declared) => cards ??= new SimCards(Topology.SailCount, declared.Algorithm);

    private SailCard OwnCard => card ??= new SailCard(BusShape, busOptions.Slave, busOptions.CardPinFaults, Compute);

    private SailMatmul Host => host ??= new SailMatmul(BusShape, OwnCard, busOptions, probes);

    /// <inheritdoc/>
    public void Attach(IAxiProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (host is not null)
        {
            throw new InvalidOperationException("the clock has begun to run; a probe sees all of the cycles or none");
        }

        probes.Add(probe);
    }

    /// <inheritdoc/>
    public void RunIdle(int cycles) => Host.RunIdle(cycles);

    /// <inheritdoc/>
    public virtual void ReadState(ulong address, Span<ulong> word) => OwnCard.ReadState(address, word);

    /// <inheritdoc/>
    public virtual IReadOnlyList<BusTransaction> LastTransactions(int count) => card?.Log.Last(count) ?? [];

    /// <inheritdoc/>
    public IReadOnlyList<BusPhase> TakePhases() => card?.Log.TakePhases() ?? [];

    /// <inheritdoc/>
    public virtual void FormTopology(int sailCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sailCount, Description.MaxSails);
        Topology = Topology.FullMesh(sailCount);
        cards?.Dispose();
        cards = null;
    }

    /// <inheritdoc/>
    public virtual ICollectiveAlgorithm? CardProgram =>
        Description.Collectives is null ? null : CollectiveAlgorithms.Find(Description.Collectives.Algorithm, gathers: false);

    /// <inheritdoc/>
    public virtual DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        if (Description.Collectives is null)
        {
            return HostFold.AllReduce(Topology.SailCount, operation, buffers);
        }

        DeviceError? refusal = HostFold.CheckShapes(Topology.SailCount, HostFold.LengthsOf(buffers));
        return refusal is not null || buffers.Count == 0 || buffers[0].Length == 0
            ? refusal
            : HostFold.CheckOperation(operation) ?? Cards(Description.Collectives).AllReduce(operation, buffers);
    }

    /// <inheritdoc/>
    public virtual DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        bool runs = Description.Collectives is not null && buffers.Count > 0 && buffers[0].Length > 0;
        return !runs
            ? HostFold.AllGather(Topology.SailCount, buffers, gathered)
            : HostFold.CheckShapes(Topology.SailCount, HostFold.LengthsOf(buffers)) ?? Cards(Description.Collectives!).AllGather(buffers, gathered);
    }

    /// <inheritdoc/>
    public Bandwidths Bandwidths => scheduler.Bandwidths;

    /// <inheritdoc/>
    public ulong WeightBytes(Tile tile) => scheduler.WeightBytes(tile);

    /// <inheritdoc/>
    public ulong ActivationBytes(Tile tile) => scheduler.ActivationBytes(tile);

    /// <inheritdoc/>
    public double Seconds(ulong bytes, ulong bytesPerSecond) => scheduler.Seconds(bytes, bytesPerSecond);

    /// <inheritdoc/>
    public double TensorParallelSeconds(Tile tile, ulong cards) => scheduler.TensorParallelSeconds(tile, cards);

    /// <inheritdoc/>
    public double ModelParallelSeconds(Tile tile, ulong cards) => scheduler.ModelParallelSeconds(tile, cards);

    /// <inheritdoc/>
    public Parallelism Choose(Tile tile, ulong cards) => scheduler.Choose(tile, cards);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the card's memory.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            card?.Dispose();
            cards?.Dispose();
        }
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

    /// <summary>What the host does in a call that passed its checks: the four phases (CONTRACT MM-9).</summary>
    protected virtual IReadOnlyList<BusPhase> Program(in MatmulCall call) => MatmulPhases.Of(call);

    /// <summary>Runs a program of the host; null is success, and the first phase that fails ends it.</summary>
    protected DeviceError? Drive(IEnumerable<BusPhase> program, in MatmulCall call)
    {
        ArgumentNullException.ThrowIfNull(program);
        foreach (BusPhase phase in program)
        {
            if (Host.Do(phase, call) is DeviceError failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>What the host does with its own buffers at the end: nothing.</summary>
    protected virtual void Finish(in MatmulCall call)
    {
    }

    /// <summary>Computes OUT on the card: the views are the card's memory, and OUT is m*n*4 bytes.</summary>
    protected abstract void Compute(in MatmulCall call);
}
