using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Spanker.Conformance.Cli;

/// <summary>Work on a thread of its own that can be left behind, so that Ctrl-C ends a command although a device hangs.</summary>
internal static class DetachedWork
{
    // Ctrl-C ends the command within a second: this long the work may take to stop by itself, and the report is written in what is left.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(600);

    /// <summary>Runs <paramref name="work"/>; what it posts is done on the caller's thread, in order.</summary>
    /// <returns>False if the work was cancelled and did not stop in time; it is then left behind.</returns>
    public static bool TryRun<T>(Func<Action<Action>, T> work, CancellationToken cancellation, [MaybeNullWhen(false)] out T result)
    {
        using BlockingCollection<Action> posted = [];
        Outcome<T> outcome = new();
        new Thread(() => outcome.Fill(work, posted)) { IsBackground = true, Name = "work" }.Start();
        long cancelled = 0;
        while (!posted.IsCompleted)
        {
            if (posted.TryTake(out Action? next, millisecondsTimeout: 50))
            {
                next();
            }

            if (cancellation.IsCancellationRequested)
            {
                cancelled = cancelled == 0 ? Stopwatch.GetTimestamp() : cancelled;
                if (Stopwatch.GetElapsedTime(cancelled) > Grace)
                {
                    result = default;
                    return false;
                }
            }
        }

        result = outcome.Value;
        return true;
    }

    private sealed class Outcome<T>
    {
        private T? value;
        private ExceptionDispatchInfo? failure;

        public T Value
        {
            get
            {
                failure?.Throw();
                return value!;
            }
        }

        public void Fill(Func<Action<Action>, T> work, BlockingCollection<Action> posted)
        {
            try
            {
                value = work(posted.Add);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }

            try
            {
                posted.CompleteAdding();
            }
            catch (ObjectDisposedException)
            {
                // The caller left long ago.
            }
        }
    }
}
