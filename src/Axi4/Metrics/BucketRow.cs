namespace Spanker.Conformance.Axi4;

/// <summary>A trace in at most so many stretches of equal length: where they do not suffice, two and two become one.</summary>
internal sealed class BucketRow
{
    private readonly BucketTally[] buckets;
    private int last;
    private long lastEnd = 1;

    /// <summary>A row of at most <paramref name="most"/> stretches, an even number.</summary>
    public BucketRow(int most) => buckets = new BucketTally[most];

    public long BucketCycles { get; private set; } = 1;

    /// <summary>The stretch of a cycle; cycles come in order.</summary>
    public ref BucketTally At(long cycle)
    {
        while (cycle >= lastEnd)
        {
            if (last == buckets.Length - 1)
            {
                Halve();
            }
            else
            {
                last++;
                lastEnd += BucketCycles;
            }
        }

        return ref buckets[last];
    }

    public ReadOnlySpan<BucketTally> Of(long cycles) => buckets.AsSpan(0, cycles == 0 ? 0 : last + 1);

    private void Halve()
    {
        for (int i = 0; i < buckets.Length / 2; i++)
        {
            BucketTally both = buckets[2 * i];
            both.Add(buckets[(2 * i) + 1]);
            buckets[i] = both;
        }

        Array.Clear(buckets, buckets.Length / 2, buckets.Length / 2);
        last = (buckets.Length / 2) - 1;
        BucketCycles *= 2;
    }
}
