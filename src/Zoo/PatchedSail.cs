using Spanker.Conformance.Collectives;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Zoo;

/// <summary>A simulated Sail of class f32 (sequential, declared as any order) with one step replaced. An entry of the zoo sets one hook, or a few that share a state.</summary>
/// <remarks>
/// Whatever a hook does, the Sail stays inside the process's memory: a call that an altered check lets through is computed only as far as
/// its buffers go, and one whose sizes do not fit in 64 bits is answered with success and nothing else.
/// </remarks>
internal sealed class PatchedSail : F32Sail
{
    public PatchedSail()
        : this(Claim)
    {
    }

    public PatchedSail(DeviceDescription description, SailBusOptions? bus = null)
        : base(new SimOptions(), description, bus)
    {
    }

    /// <summary>What a patched Sail declares: class f32, any order.</summary>
    public static DeviceDescription Claim { get; } = Describe(new SimOptions()) with
    {
        Name = "patched simulated Sail",
        Order = SummationOrder.Any,
    };

    /// <summary>Runs first in every call.</summary>
    public Action<MatmulCall>? Started { get; init; }

    /// <summary>Replaces the checks.</summary>
    public Func<MatmulCall, DeviceError?>? Check { get; init; }

    /// <summary>What the host does on the bus in a refused call.</summary>
    public Func<MatmulCall, IReadOnlyList<BusPhase>>? RefusedPhases { get; init; }

    /// <summary>Runs on a refused call.</summary>
    public Action<MatmulCall>? Refused { get; init; }

    /// <summary>What the host does on the bus when m or n is 0.</summary>
    public Func<MatmulCall, IReadOnlyList<BusPhase>>? EmptyPhases { get; init; }

    /// <summary>Replaces the host's program of four phases.</summary>
    public Func<MatmulCall, IReadOnlyList<BusPhase>>? Phases { get; init; }

    /// <summary>Moves the place that a block is read from.</summary>
    public Func<MatmulCall, BlockPlace, BlockPlace>? Locate { get; init; }

    /// <summary>Alters a block that was taken apart.</summary>
    public Action<BlockPlace, BlockFields>? Unpacked { get; init; }

    /// <summary>Replaces the decode of one weight, from d*sc*q and dmin*m, both exact.</summary>
    public Func<float, float, float>? Subtract { get; init; }

    /// <summary>Replaces the dot product.</summary>
    public Func<float[], float[], float>? Product { get; init; }

    /// <summary>Alters an element before it is stored: call, row, column, value.</summary>
    public Func<MatmulCall, ulong, ulong, float, float>? Result { get; init; }

    /// <summary>Says whether an element is stored: call, row, column.</summary>
    public Func<MatmulCall, ulong, ulong, bool>? Keeps { get; init; }

    /// <summary>Moves an element: call, row, column; the place in OUT in elements.</summary>
    public Func<MatmulCall, ulong, ulong, ulong>? Place { get; init; }

    /// <summary>Runs at the end of a call, with the host's buffers.</summary>
    public Action<MatmulCall>? Computed { get; init; }

    /// <summary>Replaces what each card runs, where the suite chooses the interleaving.</summary>
    public ICollectiveAlgorithm? CardAlgorithm { get; init; }

    public override ICollectiveAlgorithm? CardProgram => CardAlgorithm ?? base.CardProgram;

    /// <summary>Replaces AllReduce: Sails, operation, buffers.</summary>
    public Func<int, ReduceOp, IReadOnlyList<Memory<float>>, DeviceError?>? Reduce { get; init; }

    /// <summary>Replaces AllGather: Sails, buffers, gathered.</summary>
    public Func<int, IReadOnlyList<ReadOnlyMemory<float>>, Memory<float>, DeviceError?>? Gather { get; init; }

    public override DeviceError? MatmulQ4K(in MatmulCall call)
    {
        Started?.Invoke(call);
        return CheckCall(call) is null && MatmulChecks.Overflow(call) is not null ? null : base.MatmulQ4K(call);
    }

    public override DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers) =>
        Reduce is null ? base.AllReduce(operation, buffers) : Reduce(Topology.SailCount, operation, buffers);

    public override DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered) =>
        Gather is null ? base.AllGather(buffers, gathered) : Gather(Topology.SailCount, buffers, gathered);

    protected override DeviceError? CheckCall(in MatmulCall call) => Check is null ? base.CheckCall(call) : Check(call);

    protected override void Refuse(in MatmulCall call)
    {
        _ = Drive(RefusedPhases?.Invoke(call) ?? [], call);
        Refused?.Invoke(call);
    }

    protected override void FinishEmpty(in MatmulCall call) => _ = Drive(EmptyPhases?.Invoke(call) ?? [], call);

    protected override IReadOnlyList<BusPhase> Program(in MatmulCall call) => Phases is null ? base.Program(call) : Phases(call);

    protected override void Finish(in MatmulCall call) => Computed?.Invoke(call);

    protected override void Compute(in MatmulCall call)
    {
        // A bad k that an altered check let through: the whole blocks count, and without one every sum is empty.
        ulong depth = call.K / Q4KLayout.BlockWeights * Q4KLayout.BlockWeights;
        if (depth == 0)
        {
            ClearOutput(call);
        }
        else
        {
            base.Compute(new MatmulCall(call.A, call.B, call.Output, m: call.M, k: depth, n: call.N));
        }
    }

    protected override ReadOnlySpan<byte> BlockBytes(in MatmulCall call, BlockPlace place) =>
        base.BlockBytes(call, Locate is null ? place : Locate(call, place));

    protected override void Unpack(in MatmulCall call, BlockPlace place, BlockFields fields)
    {
        base.Unpack(call, place, fields);
        Unpacked?.Invoke(place, fields);
    }

    protected override void DecodeWeights(BlockPlace place, BlockFields fields, Span<float> weights)
    {
        if (Subtract is null)
        {
            base.DecodeWeights(place, fields, weights);
            return;
        }

        for (int i = 0; i < weights.Length; i++)
        {
            int s = i / Q4KLayout.SubBlockWeights;
            float scaled = (float)fields.Scale * fields.Scales[s] * fields.Nibbles[i];
            weights[i] = Subtract(scaled, (float)fields.Minimum * fields.Minimums[s]);
        }
    }

    protected override float Dot(float[] a, float[] b) => Product is null ? base.Dot(a, b) : Product(a, b);

    protected override float Element(in MatmulCall call, ulong row, ulong column, float[] a, float[] b)
    {
        float value = Dot(a, b);
        return Result is null ? value : Result(call, row, column, value);
    }

    protected override void StoreElement(in MatmulCall call, ulong row, ulong column, float value)
    {
        ulong place = Place is null ? (row * call.N) + column : Place(call, row, column);
        bool fits = ((place + 1) * sizeof(float)) <= call.Output.LengthBytes;
        if (fits && (Keeps is null || Keeps(call, row, column)))
        {
            base.StoreElement(call, place / call.N, place % call.N, value);
        }
    }

    private static void ClearOutput(in MatmulCall call)
    {
        ulong bytes = Math.Min(call.Output.LengthBytes, (ulong)UInt128.Min(MatmulChecks.OutputBytes(call.M, call.N), int.MaxValue));
        call.Output.Slice(0, (int)bytes).Clear();
    }
}
