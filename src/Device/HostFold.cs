namespace Spanker.Conformance.Device;

/// <summary>Collectives as upstream's host mock does them: Sail 0 folded with 1, 2, .. in order in binary32 (CONTRACT COL-1 to COL-7).</summary>
/// <remarks>
/// Checks come in the order topology, shape, nothing to do, operation; a call that fails one changes no buffer.
/// Avg divides the sum by N at the end. Max keeps the accumulator unless the new value is greater, Min unless it is less,
/// so a NaN on Sail 0 stays and a NaN elsewhere is dropped.
/// </remarks>
public static class HostFold
{
    /// <summary>The code of the <see cref="UnknownDeviceError"/> that answers an operation which is not known here (CONTRACT MM-15).</summary>
    public const int UnknownOperationCode = 1;

    /// <summary>Reduces over the buffers in place; afterwards all hold the same bits. Null is success.</summary>
    public static DeviceError? AllReduce(int sailCount, ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        DeviceError? refusal = CheckShapes(sailCount, LengthsOf(buffers));
        if (refusal is not null || buffers.Count == 0 || buffers[0].Length == 0)
        {
            return refusal;
        }

        refusal = CheckOperation(operation);
        if (refusal is not null)
        {
            return refusal;
        }

        for (int element = 0; element < buffers[0].Length; element++)
        {
            float reduced = Fold(operation, buffers, element);
            for (int sail = 0; sail < buffers.Count; sail++)
            {
                buffers[sail].Span[element] = reduced;
            }
        }

        return null;
    }

    /// <summary>Joins the buffers in topology order. Null is success.</summary>
    /// <exception cref="ArgumentException"><paramref name="gathered"/> is not as long as all buffers together.</exception>
    public static DeviceError? AllGather(int sailCount, IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        DeviceError? refusal = CheckShapes(sailCount, LengthsOf(buffers));
        if (refusal is not null)
        {
            return refusal;
        }

        int length = buffers.Count == 0 ? 0 : buffers[0].Length;
        if (gathered.Length != (long)length * buffers.Count)
        {
            throw new ArgumentException(
                $"{gathered.Length} elements cannot hold {buffers.Count} buffers of {length}", nameof(gathered));
        }

        for (int sail = 0; sail < buffers.Count; sail++)
        {
            buffers[sail].CopyTo(gathered[(sail * length)..]);
        }

        return null;
    }

    /// <summary>One buffer a Sail, all as long as Sail 0's; the count is checked first (CONTRACT COL-3, COL-4).</summary>
    public static DeviceError? CheckShapes(int sailCount, IReadOnlyList<int> lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        if (lengths.Count != sailCount)
        {
            return new TopologyMismatch((ulong)sailCount, (ulong)lengths.Count);
        }

        for (int sail = 1; sail < lengths.Count; sail++)
        {
            if (lengths[sail] != lengths[0])
            {
                return new ShapeMismatch((ulong)sail, (ulong)lengths[0], (ulong)lengths[sail]);
            }
        }

        return null;
    }

    /// <summary>An operation that is not known here is refused by name, never guessed at (CONTRACT MM-15).</summary>
    public static DeviceError? CheckOperation(ReduceOp operation) => operation switch
    {
        ReduceOp.Sum or ReduceOp.Max or ReduceOp.Min or ReduceOp.Avg => null,
        _ => new UnknownDeviceError(UnknownOperationCode, $"reduce operation {(int)operation} is not known"),
    };

    /// <summary>One element, folded over the Sails in order.</summary>
    public static float Fold(ReduceOp operation, IReadOnlyList<Memory<float>> buffers, int element)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        float accumulator = buffers[0].Span[element];
        for (int sail = 1; sail < buffers.Count; sail++)
        {
            accumulator = Step(operation, accumulator, buffers[sail].Span[element]);
        }

        return operation == ReduceOp.Avg ? accumulator / buffers.Count : accumulator;
    }

    /// <summary>One step of the fold. A comparison with a NaN is false, so the accumulator stays.</summary>
    public static float Step(ReduceOp operation, float accumulator, float value) => operation switch
    {
        ReduceOp.Sum or ReduceOp.Avg => accumulator + value,
        ReduceOp.Max => value > accumulator ? value : accumulator,
        ReduceOp.Min => value < accumulator ? value : accumulator,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation that can be folded"),
    };

    /// <summary>Elements of each buffer.</summary>
    public static IReadOnlyList<int> LengthsOf(IReadOnlyList<Memory<float>> buffers) => [.. buffers.Select(buffer => buffer.Length)];

    /// <summary>Elements of each buffer.</summary>
    public static IReadOnlyList<int> LengthsOf(IReadOnlyList<ReadOnlyMemory<float>> buffers) => [.. buffers.Select(buffer => buffer.Length)];
}
