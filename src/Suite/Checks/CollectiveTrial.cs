using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>The buffers of one collective case, and a call on them.</summary>
public sealed class CollectiveTrial
{
    private const int Guard = 16;
    private const float Canary = -3.25e30f;
    private const float Unwritten = 7.5e29f;

    private readonly CollectiveCase tried;
    private readonly float[][] before;
    private readonly float[][] buffers;
    private readonly float[] gathered;

    /// <summary>Lays out the buffers of <paramref name="tried"/>.</summary>
    public CollectiveTrial(CollectiveCase tried)
    {
        ArgumentNullException.ThrowIfNull(tried);
        this.tried = tried;
        before = [.. tried.Lengths.Select((length, card) => CollectiveValues.Make(tried, card, length))];
        buffers = [.. before.Select(Guarded)];
        float[] unwritten = new float[tried.Lengths.Sum()];
        unwritten.AsSpan().Fill(Unwritten);
        gathered = Guarded(unwritten);
    }

    /// <summary>What each card held before the call.</summary>
    public IReadOnlyList<float[]> Before => before;

    /// <summary>What the device answered.</summary>
    public DeviceError? Error { get; private set; }

    /// <summary>What a card holds now.</summary>
    public ReadOnlySpan<float> Buffer(int card) => buffers[card].AsSpan(Guard, before[card].Length);

    /// <summary>The joined buffers of a gather.</summary>
    public ReadOnlySpan<float> Gathered => gathered.AsSpan(Guard, gathered.Length - (2 * Guard));

    /// <summary>Forms the topology and calls.</summary>
    public void Call(ICollectiveDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        using CallClock.Scope call = CallClock.Enter();
        device.FormTopology(tried.Sails);
        Error = tried.Operation is int code
            ? device.AllReduce((ReduceOp)code, [.. buffers.Select(b => b.AsMemory(Guard, b.Length - (2 * Guard)))])
            : device.AllGather(
                [.. buffers.Select(b => (ReadOnlyMemory<float>)b.AsMemory(Guard, b.Length - (2 * Guard)))],
                gathered.AsMemory(Guard, gathered.Length - (2 * Guard)));
    }

    /// <summary>Where a buffer changed, in words; null if none did.</summary>
    public string? FindChange()
    {
        for (int card = 0; card < buffers.Length; card++)
        {
            for (int i = 0; i < before[card].Length; i++)
            {
                if (!SameBits(Buffer(card)[i], before[card][i]))
                {
                    return $"element {i} of card {card} changed from {NumberText.Of(before[card][i])} to {NumberText.Of(Buffer(card)[i])}";
                }
            }
        }

        int gatheredAt = Gathered.IndexOfAnyExcept(Unwritten);
        if (gatheredAt >= 0)
        {
            return $"element {gatheredAt} of the gathered buffer was written: {NumberText.Of(Gathered[gatheredAt])}";
        }

        return FindDamage();
    }

    /// <summary>Where a guard round a buffer changed, in words; null if none did.</summary>
    public string? FindDamage()
    {
        for (int card = 0; card < buffers.Length; card++)
        {
            if (IsDamaged(buffers[card]))
            {
                return $"elements outside the buffer of card {card} changed";
            }
        }

        return IsDamaged(gathered) ? "elements outside the gathered buffer changed" : null;
    }

    /// <summary>Equal bits; any NaN equals any NaN.</summary>
    public static bool SameBits(float x, float y) =>
        BitConverter.SingleToUInt32Bits(x) == BitConverter.SingleToUInt32Bits(y) || (float.IsNaN(x) && float.IsNaN(y));

    private static float[] Guarded(float[] values)
    {
        float[] buffer = new float[values.Length + (2 * Guard)];
        buffer.AsSpan().Fill(Canary);
        values.CopyTo(buffer.AsSpan(Guard));
        return buffer;
    }

    private static bool IsDamaged(float[] buffer) =>
        buffer.AsSpan(0, Guard).ContainsAnyExcept(Canary) || buffer.AsSpan(buffer.Length - Guard).ContainsAnyExcept(Canary);
}
