namespace Spanker.Conformance.Axi4;

/// <summary>How often each duration occurred. It holds at most <paramref name="mostKeys"/> different ones; beyond that it halves its resolution.</summary>
internal sealed class CycleHistogram(int mostKeys)
{
    private Dictionary<long, long> counts = [];
    private int shift;
    private long count;
    private long sum;
    private long min = long.MaxValue;
    private long max = long.MinValue;

    public void Add(long cycles)
    {
        count++;
        sum += cycles;
        min = Math.Min(min, cycles);
        max = Math.Max(max, cycles);
        Add(counts, cycles >> shift, 1);
        while (counts.Count > mostKeys)
        {
            Coarsen();
        }
    }

    public AxiLatency Summary(AxiStage stage)
    {
        if (count == 0)
        {
            return new(stage, 0, 0, 0, 0, 0, 0, 0, ResolutionCycles: 1);
        }

        KeyValuePair<long, long>[] ascending = [.. counts.OrderBy(pair => pair.Key)];
        return new(stage, count, sum, min, Percentile(ascending, 50), Percentile(ascending, 95), Percentile(ascending, 99), max, 1L << shift);
    }

    private static void Add(Dictionary<long, long> counts, long key, long times) => counts[key] = counts.GetValueOrDefault(key) + times;

    private void Coarsen()
    {
        Dictionary<long, long> coarser = [];
        foreach ((long key, long times) in counts)
        {
            Add(coarser, key >> 1, times);
        }

        counts = coarser;
        shift++;
    }

    private long Percentile(KeyValuePair<long, long>[] ascending, int percent)
    {
        // ceil(percent * count / 100) without the product, which could overflow.
        long rank = (count / 100 * percent) + (((count % 100 * percent) + 99) / 100);
        long seen = 0;
        foreach ((long key, long times) in ascending)
        {
            seen += times;
            if (seen >= rank)
            {
                return Math.Clamp(key << shift, min, max);
            }
        }

        return max;
    }
}
