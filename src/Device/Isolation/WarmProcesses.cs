using System.Collections.Concurrent;

namespace Spanker.Conformance.Device;

/// <summary>Processes that served a device and wait for another, and what their calls taught about the time to give them.</summary>
internal sealed class WarmProcesses<TProcess> : IDisposable
    where TProcess : class, IDisposable
{
    private const int MostPatientHangs = 4;
    private static readonly int MostIdle = Environment.ProcessorCount;
    private static readonly TimeSpan ShortestImpatientLimit = TimeSpan.FromSeconds(1);

    private readonly ConcurrentBag<TProcess> idle = [];
    private int hangs;
    private bool isDisposed;

    /// <summary>A process for a device: a waiting one, or one that <paramref name="start"/> starts.</summary>
    public TProcess Take(bool isFresh, Func<TProcess> start)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        WorkerMarker.EndLeavingsOnce();
        return isFresh || !idle.TryTake(out TProcess? kept) ? start() : kept;
    }

    /// <summary>Takes a process back, or ends it.</summary>
    public void Return(TProcess process, bool isReusable)
    {
        if (isReusable && !isDisposed && idle.Count < MostIdle)
        {
            idle.Add(process);
        }
        else
        {
            process.Dispose();
        }
    }

    /// <summary>Notes a call that ran beyond its limit.</summary>
    public void NoteHang() => Interlocked.Increment(ref hangs);

    /// <summary>The time that a call may take. After a few hangs the rest is given less, so that a device that always hangs is judged in bearable time.</summary>
    public CallLimit LimitOf(TimeSpan declared)
    {
        bool isPatient = Volatile.Read(ref hangs) < MostPatientHangs;
        return isPatient ? CallLimit.Of(declared) : new(Max(Min(declared, ShortestImpatientLimit), declared / 10), declared);
    }

    private static TimeSpan Min(TimeSpan x, TimeSpan y) => x < y ? x : y;

    private static TimeSpan Max(TimeSpan x, TimeSpan y) => x > y ? x : y;

    /// <summary>Ends the processes that wait.</summary>
    public void EndIdle()
    {
        while (idle.TryTake(out TProcess? process))
        {
            process.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isDisposed = true;
        EndIdle();
    }
}
