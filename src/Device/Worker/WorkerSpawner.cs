using System.Collections.Concurrent;

namespace Spanker.Conformance.Device;

/// <summary>Starts processes on one thread that lives as long as this process.</summary>
/// <remarks>
/// A worker asks the kernel to be killed when its parent dies (PR_SET_PDEATHSIG), and "parent" there is the thread that started it, not the process:
/// one started from a thread of the case pool would be killed as soon as the pool is done.
/// </remarks>
internal static class WorkerSpawner
{
    private static readonly BlockingCollection<Action> Orders = StartThread();

    /// <summary>Runs <paramref name="start"/> on that thread.</summary>
    public static T Run<T>(Func<T> start)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Orders.Add(() =>
        {
            try
            {
                done.SetResult(start());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }

    private static BlockingCollection<Action> StartThread()
    {
        BlockingCollection<Action> orders = [];
        new Thread(() =>
        {
            foreach (Action order in orders.GetConsumingEnumerable())
            {
                order();
            }
        })
        {
            IsBackground = true,
            Name = "worker spawner",
        }.Start();
        return orders;
    }
}
