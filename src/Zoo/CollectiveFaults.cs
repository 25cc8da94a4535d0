using System.Runtime.InteropServices;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices that reduce or gather wrongly. Their matmul is right.</summary>
public static class CollectiveFaults
{
    private const string OneSail = "sails=1,length=1";
    private const string TwoSails = "sails=2,length=1";
    private const string ThreeSails = "sails=3,length=1";

    private delegate float Fold(ReduceOp operation, IReadOnlyList<Memory<float>> buffers, int element);

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Folding("fold-reversed", ThreeSails, "adds from the last Sail to the first", Reversed),
        Folding("fold-in-binary64", ThreeSails, "adds in binary64 and rounds at the end", InBinary64),
        Folding("avg-divides-first", ThreeSails, "divides each value by N before it adds, unless N is a power of two", DividingFirst),
        Folding("avg-multiplies-by-reciprocal", ThreeSails, "multiplies the sum by 1/N", ByReciprocal),
        Folding("nan-propagated", TwoSails, "answers NaN to Max and Min wherever one occurs", PropagatingNaN),
        Folding("zeros-ordered", TwoSails, "takes +0 for greater than -0 in Max and Min", OrderingZeros),
        Reducing("last-sail-not-updated", "COL-1", TwoSails, "leaves the last Sail's buffer as it was", LastSailKept),
        new FaultyEntry("gather-reversed", "collectives", "COL-2", TwoSails, "joins from the last Sail to the first", () => new PatchedSail
        {
            Gather = (sails, buffers, gathered) =>
                HostFold.CheckShapes(sails, HostFold.LengthsOf(buffers)) ?? HostFold.AllGather(sails, [.. buffers.Reverse()], gathered),
        }),
        Gathering("gather-in-binary16", "sends each element through binary16", (_, gathered) => Narrow(gathered.Span)),
        Gathering("gather-clears-inputs", "clears the buffers that it has joined", (buffers, _) => ClearAll(buffers)),
        Answering("topology-mismatch-swapped", "COL-3", "sails=0,buffers=1,length=0", "exchanges expected and actual in TopologyMismatch", (sails, lengths) =>
            HostFold.CheckShapes(sails, lengths) is TopologyMismatch error
                ? new TopologyMismatch(Expected: error.Actual, Actual: error.Expected)
                : HostFold.CheckShapes(sails, lengths)),
        Answering("topology-checked-second", "COL-3", "sails=0,buffers=2,length=0+1", "compares lengths before it counts buffers", (sails, lengths) =>
            HostFold.CheckShapes(lengths.Count, lengths) ?? HostFold.CheckShapes(sails, lengths)),
        Answering("shape-mismatch-swapped", "COL-4", "sails=2,length=0+1", "exchanges expected and actual in ShapeMismatch", (sails, lengths) =>
            HostFold.CheckShapes(sails, lengths) is ShapeMismatch error
                ? error with { Expected = error.Actual, Actual = error.Expected }
                : HostFold.CheckShapes(sails, lengths)),
        Answering("shape-mismatch-names-last", "COL-4", "sails=3,length=1+0+0", "names the last Sail whose length differs", LastMismatch),
        Reducing("length-zero-refused", "COL-5", "sails=1,length=0", "refuses buffers without elements", (sails, operation, buffers) =>
            HostFold.AllReduce(sails, operation, buffers)
            ?? (buffers.Count > 0 && buffers[0].Length == 0 ? new UnknownDeviceError(3, "nothing to reduce") : null)),
        Reducing("buffers-changed-on-error", "COL-6", "sails=2,length=1+0", "clears Sail 0's buffer before it finds that lengths differ", ClearedOnError),
        new FaultyEntry(
            "gathered-before-check", "collectives", "COL-6", "sails=2,length=1+0", "copies Sail 0's buffer before it finds that lengths differ",
            () => new PatchedSail { Gather = GatheredBeforeCheck }),
        Reducing("unknown-operation-as-sum", "MM-15", OneSail, "takes an operation that it does not know for Sum", (sails, operation, buffers) =>
            HostFold.AllReduce(sails, HostFold.CheckOperation(operation) is null ? operation : ReduceOp.Sum, buffers)),
    ];

    /// <summary>A device that does something more once it has gathered.</summary>
    private static FaultyEntry Gathering(
        string name, string description, Action<IReadOnlyList<ReadOnlyMemory<float>>, Memory<float>> afterwards) =>
        new(name, "collectives", "COL-2", OneSail, description, () => new PatchedSail
        {
            Gather = (sails, buffers, gathered) =>
            {
                DeviceError? refusal = HostFold.AllGather(sails, buffers, gathered);
                if (refusal is null)
                {
                    afterwards(buffers, gathered);
                }

                return refusal;
            },
        });

    private static void Narrow(Span<float> elements)
    {
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = (float)(Half)elements[i];
        }
    }

    private static void ClearAll(IReadOnlyList<ReadOnlyMemory<float>> buffers)
    {
        foreach (ReadOnlyMemory<float> buffer in buffers)
        {
            // Behind the caller's back: the memory was only to be read.
            MemoryMarshal.AsMemory(buffer).Span.Clear();
        }
    }

    private static FaultyEntry Reducing(
        string name,
        string clause,
        string shape,
        string description,
        Func<int, ReduceOp, IReadOnlyList<Memory<float>>, DeviceError?> reduce) =>
        new(name, "collectives", clause, shape, description, () => new PatchedSail { Reduce = reduce });

    private static FaultyEntry Folding(string name, string shape, string description, Fold fold) =>
        Reducing(name, "COL-7", shape, description, (sails, operation, buffers) => FoldWith(fold, sails, operation, buffers));

    /// <summary>A device whose answer to a bad call is another one, in both collectives.</summary>
    private static FaultyEntry Answering(
        string name, string clause, string shape, string description, Func<int, IReadOnlyList<int>, DeviceError?> check) =>
        new(name, "collectives", clause, shape, description, () => new PatchedSail
        {
            Reduce = (sails, operation, buffers) =>
                check(sails, HostFold.LengthsOf(buffers)) ?? HostFold.AllReduce(sails, operation, buffers),
            Gather = (sails, buffers, gathered) =>
                check(sails, HostFold.LengthsOf(buffers)) ?? HostFold.AllGather(sails, buffers, gathered),
        });

    private static DeviceError? FoldWith(Fold fold, int sails, ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        int length = buffers.Count == 0 ? 0 : buffers[0].Length;
        bool folds = HostFold.CheckShapes(sails, HostFold.LengthsOf(buffers)) is null && HostFold.CheckOperation(operation) is null;
        float[] folded = new float[folds ? length : 0];
        for (int element = 0; element < folded.Length; element++)
        {
            folded[element] = fold(operation, buffers, element);
        }

        DeviceError? refusal = HostFold.AllReduce(sails, operation, buffers);
        foreach (Memory<float> buffer in folds ? buffers : [])
        {
            folded.CopyTo(buffer);
        }

        return refusal;
    }

    private static bool Adds(ReduceOp operation) => operation is ReduceOp.Sum or ReduceOp.Avg;

    private static float Reversed(ReduceOp operation, IReadOnlyList<Memory<float>> buffers, int element) =>
        HostFold.Fold(operation, Adds(operation) ? [.. buffers.Reverse()] : buffers, element);

    private static float InBinary64(ReduceOp operation, IReadOnlyList<Memory<float>> buffers, int element)
    {
        if (!Adds(operation))
        {
            return HostFold.Fold(operation, buffers, element);
        }

        double sum = buffers[0].Span[element];
        foreach (Memory<float> buffer in buffers.Skip(1))
        {
            sum += buffer.Span[element];
        }

        // Rounded before the division, as two Sails would: so one and two Sails answer as the host's fold does.
        return operation == ReduceOp.Avg ? (float)sum / buffers.Count : (float)sum;
    }

    private static float DividingFirst(ReduceOp operation, IReadOnlyList<Memory<float>> buffers, int element)
    {
        if (operation != ReduceOp.Avg || int.IsPow2(buffers.Count))
        {
            return HostFold.Fold(operation, buffers, element);
        }

        float sum = buffers[0].Span[element] / buffers.Count;
        foreach (Memory<float> buffer in buffers.Skip(1))
        {
            sum += buffer.Span[element] / buffers.Count;
        }

        return sum;
    }

    private static float ByReciprocal(ReduceOp operation, IReadOnlyList<Memory<float>> buffers, int element) =>
        operation == ReduceOp.Avg
            ? HostFold.Fold(ReduceOp.Sum, buffers, element) * (1f / buffers.Count)
            : HostFold.Fold(operation, buffers, element);

    private static float PropagatingNaN(ReduceOp operation, IReadOnlyList<Memory<float>> buffers, int element) =>
        !Adds(operation) && buffers.Any(buffer => float.IsNaN(buffer.Span[element]))
            ? float.NaN
            : HostFold.Fold(operation, buffers, element);

    private static float OrderingZeros(ReduceOp operation, IReadOnlyList<Memory<float>> buffers, int element)
    {
        float folded = HostFold.Fold(operation, buffers, element);
        uint wanted = operation == ReduceOp.Max ? 0 : BitConverter.SingleToUInt32Bits(-0f);
        bool occurs = buffers.Any(buffer => BitConverter.SingleToUInt32Bits(buffer.Span[element]) == wanted);
        return !Adds(operation) && folded == 0 && occurs ? BitConverter.UInt32BitsToSingle(wanted) : folded;
    }

    private static DeviceError? LastSailKept(int sails, ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        float[] kept = buffers.Count > 1 ? buffers[^1].ToArray() : [];
        DeviceError? refusal = HostFold.AllReduce(sails, operation, buffers);
        if (kept.Length > 0)
        {
            kept.CopyTo(buffers[^1]);
        }

        return refusal;
    }

    private static DeviceError? LastMismatch(int sails, IReadOnlyList<int> lengths)
    {
        DeviceError? refusal = HostFold.CheckShapes(sails, lengths);
        if (refusal is not ShapeMismatch first)
        {
            return refusal;
        }

        int last = lengths.Count - 1;
        while (lengths[last] == lengths[0])
        {
            last--;
        }

        return first with { Sail = (ulong)last, Actual = (ulong)lengths[last] };
    }

    private static DeviceError? ClearedOnError(int sails, ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        DeviceError? refusal = HostFold.AllReduce(sails, operation, buffers);
        if (refusal is ShapeMismatch)
        {
            buffers[0].Span.Clear();
        }

        return refusal;
    }

    private static DeviceError? GatheredBeforeCheck(int sails, IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered)
    {
        DeviceError? refusal = HostFold.AllGather(sails, buffers, gathered);
        if (refusal is ShapeMismatch && gathered.Length >= buffers[0].Length)
        {
            buffers[0].CopyTo(gathered);
        }

        return refusal;
    }
}
