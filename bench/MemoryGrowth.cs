namespace Spanker.Conformance.Bench;

/// <summary>By how much a runner and its worker grew over a call on large operands: the most that was seen, looked at every millisecond.</summary>
/// <param name="Runner">The runner's growth.</param>
/// <param name="Worker">The worker's growth.</param>
internal sealed record MemoryGrowth(PrivateMemory Runner, PrivateMemory Worker)
{
    /// <summary>Lays large operands out and calls, twice, and watches both processes from before the one to after the other.</summary>
    public static MemoryGrowth Watch()
    {
        using LargeOperands operands = new();
        int worker = PrivateMemory.FindWorker();
        GC.Collect();
        Watched runner = new(Environment.ProcessId);
        Watched other = new(worker);
        using ManualResetEventSlim isOver = new();
        Thread watcher = new(() =>
        {
            while (!isOver.Wait(1))
            {
                runner.Look();
                other.Look();
            }
        });
        watcher.Start();
        try
        {
            operands.Lay();
            operands.Call();
            operands.Call();
        }
        finally
        {
            isOver.Set();
            watcher.Join();
        }

        runner.Look();
        other.Look();
        return new MemoryGrowth(runner.Growth, other.Growth);
    }

    private sealed class Watched(int pid)
    {
        private readonly PrivateMemory before = PrivateMemory.Of(pid);
        private PrivateMemory most = PrivateMemory.Of(pid);

        public PrivateMemory Growth => new(most.AnonymousBytes - before.AnonymousBytes, most.SharedBytes - before.SharedBytes);

        public void Look()
        {
            PrivateMemory now = PrivateMemory.Of(pid);
            most = new PrivateMemory(Math.Max(most.AnonymousBytes, now.AnonymousBytes), Math.Max(most.SharedBytes, now.SharedBytes));
        }
    }
}
