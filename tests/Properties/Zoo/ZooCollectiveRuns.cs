using Spanker.Conformance.Device;

namespace Spanker.Conformance.Tests.Properties.Zoo;

/// <summary>What a device answers to many small collectives of one shape, as text that can be compared.</summary>
internal static class ZooCollectiveRuns
{
    private static readonly float[] Values =
        [1, 16777216, 3, float.NaN, -0f, 0f, 1e-3f, -16777216, 5, 0.1f, 1e10f, -7];

    public static IEnumerable<string> Of(Func<ICollectiveDevice> open, int sails, int length)
    {
        foreach (int count in new[] { sails, sails + 1, Math.Max(sails - 1, 0) })
        {
            foreach (int[] lengths in Lengths(count, length))
            {
                for (int seed = 0; seed < 24; seed++)
                {
                    foreach (int operation in new[] { 0, 1, 2, 3, 200 })
                    {
                        yield return Reduce(open, sails, lengths, seed, (ReduceOp)operation);
                    }

                    yield return Gather(open, sails, lengths, seed);
                }
            }
        }
    }

    private static IEnumerable<int[]> Lengths(int count, int length)
    {
        int[] equal = [.. Enumerable.Repeat(length, count)];
        yield return equal;
        for (int sail = 1; sail < count; sail++)
        {
            yield return [.. equal.Select((value, index) => index >= sail ? value + index : value)];
        }
    }

    private static string Reduce(Func<ICollectiveDevice> open, int sails, int[] lengths, int seed, ReduceOp operation)
    {
        using ICollectiveDevice device = open();
        device.FormTopology(sails);
        float[][] buffers = Data(lengths, seed);
        DeviceError? error = device.AllReduce(operation, [.. buffers.Select(buffer => buffer.AsMemory())]);
        return $"reduce {operation} over {string.Join(' ', lengths)}: {error} {string.Join(' ', buffers.SelectMany(Bits))}";
    }

    private static string Gather(Func<ICollectiveDevice> open, int sails, int[] lengths, int seed)
    {
        using ICollectiveDevice device = open();
        device.FormTopology(sails);
        float[][] buffers = Data(lengths, seed);
        float[] gathered = new float[lengths.Sum()];
        DeviceError? error = device.AllGather([.. buffers.Select(buffer => (ReadOnlyMemory<float>)buffer)], gathered);
        return $"gather over {string.Join(' ', lengths)}: {error} {string.Join(' ', Bits(gathered))}";
    }

    private static float[][] Data(int[] lengths, int seed) =>
        [.. lengths.Select((length, sail) => Enumerable.Range(0, length).Select(i => Pick(seed, sail, i)).ToArray())];

    /// <summary>The first four seeds are zeros of both signs in both orders, sums that overflow, and a NaN on Sail 0; the others draw from the pool.</summary>
    private static float Pick(int seed, int sail, int element) => seed switch
    {
        0 => sail % 2 == 0 ? -0f : 0f,
        1 => sail % 2 == 0 ? 0f : -0f,
        2 => 3e38f,
        3 => sail == 0 ? float.NaN : 2,
        _ => Values[(int)(Device.SimOperands.Hash((ulong)((seed * 1000) + (sail * 100) + element)) % (ulong)Values.Length)],
    };

    private static IEnumerable<string> Bits(float[] values) =>
        values.Select(value => float.IsNaN(value) ? "NaN" : $"{BitConverter.SingleToUInt32Bits(value):x8}");
}
