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
                if (waiter.Ended)
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
        using CancellationTokenSource ended = new();
        _ = GiveUpLateAsync(waiter, ended.Token);
        int outcome = await waiter.Source.Task;
        ended.Cancel();
        return outcome;
    }

    /// <summary>Ends the wait if the limit passes first.</summary>
    private async Task GiveUpLateAsync(Waiter waiter, CancellationToken ended)
    {
        // Of the delay alone, and by the overload that Coyote knows: awaiting the delay would throw when it is cancelled.
        Task late = Task.Delay(limit, ended);
        await Task.WhenAny((Task[])[late]);
        lock (waiter.Operation.Target)
        {
            if (!waiter.Ended)
            {
                waiter.Source.SetResult(StepOutcome.TimedOut);
            }
        }
    }

    private sealed class Waiter(Operation operation)
    {
        internal Operation Operation { get; } = operation;

        /// <summary>True once it is done or has given up; changes under its object's lock alone.</summary>
        internal bool Ended => Source.Task.IsCompleted;

        internal TaskCompletionSource<int> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
