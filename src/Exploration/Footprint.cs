using System.Runtime.CompilerServices;

namespace Spanker.Conformance.Exploration;

/// <summary>
/// What an operation touches. Two operations may be swapped unless both touch one facet and at least one of them writes it. Beside that, an operation
/// consumes tokens that others produced: the k-th receive of a link needs its k-th send, whatever the schedule, so the two are ordered and are no choice.
/// </summary>
/// <remarks>
/// Facets say what commutes. A send touches the tail of its link and a receive the head: both enabled, they commute. Two sends to one any-source
/// receiver both write its tail: they do not. `synchronises` says that the order is also one that memory follows (a lock does, an arrival order does not).
/// </remarks>
public struct Footprint
{
    private const int Capacity = 8;

    private Entries touched;
    private Entries consumed;
    private Entries produced;

    /// <summary>Number of facets touched.</summary>
    public int TouchedCount { get; private set; }

    /// <summary>Number of tokens consumed.</summary>
    public int ConsumedCount { get; private set; }

    /// <summary>Number of channels that get a token.</summary>
    public int ProducedCount { get; private set; }

    /// <summary>Notes that a facet is read.</summary>
    public void Reads(SharedObject target, int facet, bool synchronises = true) => Touch(target, facet, 0, synchronises);

    /// <summary>Notes that a facet is written.</summary>
    public void Writes(SharedObject target, int facet, bool synchronises = true) => Touch(target, facet, 1, synchronises);

    /// <summary>Notes that the token with this number on a channel is consumed; a number below 0 was there from the start.</summary>
    public void Consumes(SharedObject target, int channel, int number)
    {
        if (number >= 0)
        {
            consumed[Checked(ConsumedCount++)] = new Entry(Key(target, channel), number);
        }
    }

    /// <summary>Notes that the next token of a channel is produced.</summary>
    public void Produces(SharedObject target, int channel) => produced[Checked(ProducedCount++)] = new Entry(Key(target, channel), 0);

    /// <summary>True if the two may not be swapped.</summary>
    public readonly bool ConflictsWith(in Footprint other)
    {
        for (int mine = 0; mine < TouchedCount; mine++)
        {
            for (int theirs = 0; theirs < other.TouchedCount; theirs++)
            {
                Entry a = touched[mine];
                Entry b = other.touched[theirs];
                if (a.Key == b.Key && ((a.Value | b.Value) & 1) == 1)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Touches nothing again; cheaper than a new one, whose entries would be zeroed.</summary>
    internal void Clear()
    {
        TouchedCount = 0;
        ConsumedCount = 0;
        ProducedCount = 0;
    }

    internal readonly (int Key, bool Writes, bool Synchronises) Touched(int index) =>
        (touched[index].Key, (touched[index].Value & 1) == 1, (touched[index].Value & 2) == 2);

    internal readonly (int Key, int Number) Consumed(int index) => (consumed[index].Key, consumed[index].Value);

    internal readonly int Produced(int index) => produced[index].Key;

    internal void WritesKey(int key) => touched[Checked(TouchedCount++)] = new Entry(key, 1);

    private static int Key(SharedObject target, int facet)
    {
        if (target.Index < 0)
        {
            throw new InvalidOperationException($"{target.Name} was not registered with its program");
        }

        return target.Index * SharedObject.FacetCount + facet;
    }

    private static int Checked(int count) => count < Capacity ? count : throw new InvalidOperationException($"an operation touches at most {Capacity} facets");

    private void Touch(SharedObject target, int facet, int writes, bool synchronises) =>
        touched[Checked(TouchedCount++)] = new Entry(Key(target, facet), writes | (synchronises ? 2 : 0));

    private readonly record struct Entry(int Key, int Value);

    [InlineArray(Capacity)]
    private struct Entries
    {
        private Entry first;
    }
}
