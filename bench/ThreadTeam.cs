namespace Spanker.Conformance.Bench;

/// <summary>Does something many times, on one thread or shared out among several.</summary>
internal static class ThreadTeam
{
    /// <summary>Does it <paramref name="count"/> times.</summary>
    /// <param name="threads">On how many threads; one is the caller's.</param>
    /// <param name="count">How often, all threads together.</param>
    /// <param name="work">What, given the thread's index and the turn's.</param>
    public static void Run(int threads, int count, Action<int, int> work)
    {
        Exception? failure = null;
        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(index => new Thread(() => Take(index)))];
        Array.ForEach(others, thread => thread.Start());
        Take(0);
        Array.ForEach(others, thread => thread.Join());
        if (failure is not null)
        {
            throw new InvalidOperationException($"what is measured failed: {failure.Message}", failure);
        }

        void Take(int thread)
        {
            try
            {
                for (int turn = thread; turn < count; turn += threads)
                {
                    work(thread, turn);
                }
            }
            catch (Exception thrown)
            {
                Interlocked.CompareExchange(ref failure, thrown, null);
            }
        }
    }
}
