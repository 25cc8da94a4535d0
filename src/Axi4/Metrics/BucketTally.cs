using System.Runtime.CompilerServices;

namespace Spanker.Conformance.Axi4;

/// <summary>The counts of one stretch of a trace while they grow.</summary>
internal struct BucketTally
{
    public long Active;
    public long Gaps;
    public long WriteCycles;
    public long ReadCycles;
    public int MaxWrites;
    public int MaxReads;
    private Uses uses;

    /// <summary>What a channel does in a cycle.</summary>
    public enum Use
    {
        Transfer,
        Stall,
        Starve,
    }

    public void Count(AxiChannel channel, Use use) => uses[((int)channel * 3) + (int)use]++;

    public void Add(in BucketTally other)
    {
        Active += other.Active;
        Gaps += other.Gaps;
        WriteCycles += other.WriteCycles;
        ReadCycles += other.ReadCycles;
        MaxWrites = Math.Max(MaxWrites, other.MaxWrites);
        MaxReads = Math.Max(MaxReads, other.MaxReads);
        for (int i = 0; i < 15; i++)
        {
            uses[i] += other.uses[i];
        }
    }

    public readonly AxiChannelUse UseOf(AxiChannel channel)
    {
        int first = (int)channel * 3;
        return new(channel, uses[first], uses[first + 1], uses[first + 2], Active - uses[first] - uses[first + 1] - uses[first + 2]);
    }

    [InlineArray(15)]
    private struct Uses
    {
        private long first;
    }
}
