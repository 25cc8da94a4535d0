namespace Spanker.Conformance.Exploration;

/// <summary>Finds two accesses to the same elements of a buffer, at least one of them a write, that no synchronisation orders.</summary>
/// <remarks>
/// Happens-before detection over regions of arrays: an access bears its thread's next event as stamp, and a later access by another thread is ordered
/// after it once that thread knows of the stamp. Other than detectors that shadow each element, it keeps one entry a region, in a list for each buffer.
/// </remarks>
internal sealed class RegionRaces(ClockTable clocks, ThreadMap threads)
{
    private readonly Dictionary<int, List<Seen>> buffers = [];

    internal void Reset()
    {
        foreach (List<Seen> seen in buffers.Values)
        {
            seen.Clear();
        }
    }

    /// <summary>Notes an access; the finding, if it races with an earlier one.</summary>
    internal Finding? Note(int thread, int buffer, int first, int count, bool writes)
    {
        Finding? race = null;
        if (!buffers.TryGetValue(buffer, out List<Seen>? seen))
        {
            seen = [];
            buffers.Add(buffer, seen);
        }

        for (int i = seen.Count - 1; i >= 0; i--)
        {
            Seen other = seen[i];
            if (other.First >= first + count || first >= other.First + other.Count)
            {
                continue;
            }

            bool ordered = other.Thread == thread || clocks.Knows(thread, other.Thread) >= other.Stamp;
            if (!ordered && (writes || other.Writes))
            {
                int from = Math.Max(first, other.First);
                int to = Math.Min(first + count, other.First + other.Count) - 1;
                race ??= new Finding(
                    FindingKind.Race,
                    $"{threads.NameOf(other.Thread)} {Verb(other.Writes)} and {threads.NameOf(thread)} {Verb(writes)} elements {from} to {to} of buffer {buffer}, and nothing orders the two");
            }
            else if (ordered && (writes || !other.Writes) && first <= other.First && other.First + other.Count <= first + count)
            {
                // Whatever races with the old access races with this one too.
                seen.RemoveAt(i);
            }
        }

        seen.Add(new Seen(thread, clocks.CountOf(thread) + 1, first, count, writes));
        return race;
    }

    private static string Verb(bool writes) => writes ? "writes" : "reads";

    private readonly record struct Seen(int Thread, int Stamp, int First, int Count, bool Writes);
}
