using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>Runs programs on real tasks: an operation that is not permitted yet waits in its object's queue and is done by whoever makes it permitted.</summary>
/// <remarks>
/// One lock an object, a queue and a completion source a waiter: constructs that Microsoft.Coyote controls too. An operation is done under its object's
/// lock for whoever waits longest, so no wake-up can come between a look and a wait.
/// </remarks>
/// <param name="limit">How long a limited wait lasts.</param>
public sealed class RealTasks(TimeSpan limit) : ITaskHost
{
    private static readonly Waiter NoWaiter = new(default);

    /// <inheritdoc/>
    public ValueTask<int> PerformAsync(Operation operation, bool limited = false)
    {
        SharedObject target = operation.Target;
        if (Started(operation, out Waiter waiter) is { } outcome)
        {
            foreach (SharedObject other in target.Wakes)
            {
                lock (other)
                {
                    ReleaseWaiters(other);
                }
            }

            return new ValueTask<int>(outcome);
        }

        return new ValueTask<int>(limited ? WithLimitAsync(waiter) : waiter.Source.Task);
    }

    /// <inheritdoc/>
    public void Access(int buffer, int first, int count, bool writes)
    {
    }

    /// <summary>Does the operation if it is permitted; otherwise it waits in the queue.</summary>
    private static int? Started(in Operation operation, out Waiter waiter)
    {
        SharedObject target = operation.Target;
        lock (target)
        {
            if (target.Permits(operation))
            {
                int outcome = target.Perform(operation);
                ReleaseWaiters(target);
                waiter = NoWaiter;
                return outcome;
            }

            waiter = new Waiter(operation);
            QueueOf(target).Enqueue(waiter);
            return null;
        }
    }

    private static Queue<Waiter> QueueOf(SharedObject target) => (Queue<Waiter>)(target.Waiting ??= new Queue<Waiter>());

    /// <summary>Does what has become permitted, longest wait first; the lock is held.</summary>
    private static void ReleaseWaiters(SharedObject target)
    {
        if (target.Waiting is not Queue<Waiter> { Count: > 0 } waiting)
        {
            return;
        }

        for (bool again = true; again;)
        {
            again = false;
            for (int left = waiting.Count; left > 0; left--)
            {
                Waiter waiter = waiting.Dequeue();
                if (waiter.GaveUp)
                {
                    continue;
                }

                if (target.Permits(waiter.Operation))
                {
                    waiter.Source.SetResult(target.Perform(waiter.Operation));
                    again = true;
                }
                else
                {
                    waiting.Enqueue(waiter);
                }
            }
        }
    }

    private async Task<int> WithLimitAsync(Waiter waiter)
    {
        using CancellationTokenSource cancellation = new();
        Task late = Task.Delay(limit, cancellation.Token);
        if (await Task.WhenAny(waiter.Source.Task, late) == late)
        {
            lock (waiter.Operation.Target)
            {
                if (!waiter.Source.Task.IsCompleted)
                {
                    waiter.GaveUp = true;
                    return StepOutcome.TimedOut;
                }
            }
        }

        await cancellation.CancelAsync();
        return await waiter.Source.Task;
    }

    private sealed class Waiter(Operation operation)
    {
        internal Operation Operation { get; } = operation;

        internal bool GaveUp { get; set; }

        internal TaskCompletionSource<int> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
