namespace Spanker.Conformance.Exploration;

/// <summary>Vector clocks of a run: which event happened before which, by program order, by what events touched, and by the tokens that they handed on.</summary>
/// <remarks>
/// Lamport 1978 and Mattern 1989. With <c>synchronisingOnly</c> an order counts only where memory follows it: two frames that reach one receiver in some
/// order did not thereby order their senders, so a race between these is still one.
/// </remarks>
internal sealed class ClockTable
{
    private readonly int threads;
    private readonly bool synchronisingOnly;
    private readonly int[] current;
    private readonly int[] counts;
    private readonly int[] lastWrite;
    private readonly ulong[] readers;
    private readonly int[] lastRead;
    private readonly int[][] producers;
    private readonly int[] producerCounts;
    private int[] rows = new int[256];
    private int[] threadOf = new int[64];
    private int[] indexOf = new int[64];

    internal ClockTable(int threads, int keys, bool synchronisingOnly)
    {
        this.threads = threads;
        this.synchronisingOnly = synchronisingOnly;
        current = new int[threads * threads];
        counts = new int[threads];
        lastWrite = new int[keys];
        readers = new ulong[keys];
        lastRead = new int[keys * threads];
        producers = new int[keys][];
        producerCounts = new int[keys];
        Reset();
    }

    /// <summary>Number of events so far.</summary>
    internal int Count { get; private set; }

    internal void Reset()
    {
        Array.Clear(current);
        Array.Clear(counts);
        Array.Fill(lastWrite, -1);
        Array.Clear(readers);
        Array.Clear(producerCounts);
        Count = 0;
    }

    /// <summary>The thread of an event.</summary>
    internal int ThreadOf(int step) => threadOf[step];

    /// <summary>Number of events of a thread so far.</summary>
    internal int CountOf(int thread) => counts[thread];

    /// <summary>How much of <paramref name="other"/> a thread knows.</summary>
    internal int Knows(int thread, int other) => current[thread * threads + other];

    /// <summary>The clock of an event.</summary>
    internal ReadOnlySpan<int> RowOf(int step) => rows.AsSpan(step * threads, threads);

    /// <summary>Place of an event within its thread, from 1.</summary>
    internal int IndexOf(int step) => indexOf[step];

    /// <summary>True if the earlier event happened before whatever has that clock.</summary>
    internal bool Before(int earlier, ReadOnlySpan<int> clock) => clock[threadOf[earlier]] >= indexOf[earlier];

    /// <summary>The clock of the thread as it stands.</summary>
    internal ReadOnlySpan<int> ClockOf(int thread) => current.AsSpan(thread * threads, threads);

    /// <summary>A thread begins with what another knows: a timer knows what its task knew when it was armed.</summary>
    internal void Inherit(int child, int parent)
    {
        Span<int> target = current.AsSpan(child * threads, threads);
        int own = counts[child];
        current.AsSpan(parent * threads, threads).CopyTo(target);
        target[child] = own;
    }

    /// <summary>Calls <paramref name="report"/> for each event that conflicts with the footprint and has none in between on that facet.</summary>
    internal void ForEachConflict(int thread, in Footprint footprint, Action<int> report)
    {
        for (int i = 0; i < footprint.TouchedCount; i++)
        {
            (int key, bool writes, bool synchronises) = footprint.Touched(i);
            if (synchronisingOnly && !synchronises)
            {
                continue;
            }

            if (writes && readers[key] != 0)
            {
                for (ulong left = readers[key]; left != 0; left &= left - 1)
                {
                    int reader = System.Numerics.BitOperations.TrailingZeroCount(left);
                    if (reader != thread)
                    {
                        report(lastRead[key * threads + reader]);
                    }
                }
            }
            else if (lastWrite[key] >= 0 && threadOf[lastWrite[key]] != thread)
            {
                report(lastWrite[key]);
            }
        }
    }

    /// <summary>Joins into <paramref name="clock"/> what an operation with this footprint would come after, its tokens aside.</summary>
    internal void JoinConflicts(Span<int> clock, in Footprint footprint)
    {
        for (int i = 0; i < footprint.TouchedCount; i++)
        {
            (int key, bool writes, bool synchronises) = footprint.Touched(i);
            if (synchronisingOnly && !synchronises)
            {
                continue;
            }

            if (lastWrite[key] >= 0)
            {
                Join(clock, RowOf(lastWrite[key]));
            }

            if (writes)
            {
                for (ulong left = readers[key]; left != 0; left &= left - 1)
                {
                    Join(clock, RowOf(lastRead[key * threads + System.Numerics.BitOperations.TrailingZeroCount(left)]));
                }
            }
        }
    }

    /// <summary>Joins the clock of an event into <paramref name="clock"/>.</summary>
    internal void Join(Span<int> clock, int step) => Join(clock, RowOf(step));

    /// <summary>Adds an event.</summary>
    /// <param name="thread">Whose.</param>
    /// <param name="footprint">What it touches.</param>
    /// <param name="afterAll">True if it comes after everything so far: time passed because nothing else could go on.</param>
    internal void Add(int thread, in Footprint footprint, bool afterAll)
    {
        int step = Count++;
        Reserve(step);
        Span<int> clock = current.AsSpan(thread * threads, threads);
        if (afterAll)
        {
            for (int other = 0; other < threads; other++)
            {
                clock[other] = Math.Max(clock[other], counts[other]);
            }
        }

        JoinConflicts(clock, footprint);
        for (int i = 0; i < footprint.ConsumedCount; i++)
        {
            (int key, int number) = footprint.Consumed(i);
            if (number < producerCounts[key])
            {
                Join(clock, RowOf(producers[key][number]));
            }
        }

        clock[thread] = ++counts[thread];
        clock.CopyTo(rows.AsSpan(step * threads, threads));
        threadOf[step] = thread;
        indexOf[step] = counts[thread];
        Note(step, thread, footprint);
    }

    private static void Join(Span<int> clock, ReadOnlySpan<int> other)
    {
        for (int i = 0; i < clock.Length; i++)
        {
            if (other[i] > clock[i])
            {
                clock[i] = other[i];
            }
        }
    }

    private void Note(int step, int thread, in Footprint footprint)
    {
        for (int i = 0; i < footprint.TouchedCount; i++)
        {
            (int key, bool writes, bool synchronises) = footprint.Touched(i);
            if (synchronisingOnly && !synchronises)
            {
                continue;
            }

            if (writes)
            {
                lastWrite[key] = step;
                readers[key] = 0;
            }
            else
            {
                lastRead[key * threads + thread] = step;
                readers[key] |= 1UL << thread;
            }
        }

        for (int i = 0; i < footprint.ProducedCount; i++)
        {
            int key = footprint.Produced(i);
            int[] made = producers[key] ??= new int[8];
            if (producerCounts[key] == made.Length)
            {
                Array.Resize(ref producers[key], made.Length * 2);
            }

            producers[key][producerCounts[key]++] = step;
        }
    }

    private void Reserve(int step)
    {
        if (threadOf.Length <= step)
        {
            Array.Resize(ref threadOf, threadOf.Length * 2);
            Array.Resize(ref indexOf, indexOf.Length * 2);
        }

        if (rows.Length < (step + 1) * threads)
        {
            Array.Resize(ref rows, Math.Max(rows.Length * 2, (step + 1) * threads));
        }
    }
}
