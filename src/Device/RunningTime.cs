using System.Diagnostics;

namespace Spanker.Conformance.Device;

/// <summary>A clock that stands still while this process does not run, as when it is stopped (SIGSTOP) or its container is frozen.</summary>
/// <remarks>
/// A limit that is held against a device is measured by it. By the machine's own clock, a runner that was stopped for longer than the limit would find every call that
/// was under way overdue, although it was not there to take the answer. A thread looks at the machine's clock twenty times a second, and whatever lies between two
/// looks counts for <see cref="LongestLook"/> at most; so a stop costs a device no more than that, and on a crowded machine a limit is longer, never shorter.
/// </remarks>
public sealed class RunningTime
{
    /// <summary>The most that passes between two looks at the machine's clock.</summary>
    public static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private static readonly Lazy<RunningTime> OfProcess = new(StartLooking);

    private readonly Func<TimeSpan> machineClock;
    private readonly Lock gate = new();
    private TimeSpan lastLook;
    private TimeSpan passed;

    /// <summary>A clock over another one.</summary>
    /// <param name="machineClock">The time that has passed since some moment; it never goes back.</param>
    public RunningTime(Func<TimeSpan> machineClock)
    {
        ArgumentNullException.ThrowIfNull(machineClock);
        this.machineClock = machineClock;
        lastLook = machineClock();
    }

    /// <summary>The time that this process has run since some moment.</summary>
    public static TimeSpan Now => OfProcess.Value.Look();

    /// <summary>Looks at the machine's clock; the time that has passed.</summary>
    public TimeSpan Look()
    {
        lock (gate)
        {
            TimeSpan now = machineClock();
            TimeSpan since = now - lastLook;
            passed += since < LongestLook ? since : LongestLook;
            lastLook = now;
            return passed;
        }
    }

    private static RunningTime StartLooking()
    {
        RunningTime time = new(() => Stopwatch.GetElapsedTime(0));
        new Thread(() =>
        {
            while (true)
            {
                Thread.Sleep(BetweenLooks);
                time.Look();
            }
        })
        {
            IsBackground = true,
            Name = "running time",
        }.Start();
        return time;
    }
}
