using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>How long a thread has been inside the device that it tries. The suite's own work, such as judging a large result, is never held against the device, and neither is
/// time in which the suite was stopped (<see cref="RunningTime"/>).</summary>
/// <remarks>Each thread that tries cases has one; a thread without one (a replay, a test) is not watched.</remarks>
public sealed class CallClock
{
    [ThreadStatic]
    private static CallClock? current;

    private static readonly TimeSpan Outside = TimeSpan.MinValue;

    private long entered = Outside.Ticks;

    private CallClock()
    {
    }

    /// <summary>The time since the thread went into the device; zero while it is outside.</summary>
    public TimeSpan InCall => Volatile.Read(ref entered) is var start && start != Outside.Ticks ? RunningTime.Now - TimeSpan.FromTicks(start) : TimeSpan.Zero;

    /// <summary>Gives the calling thread a clock.</summary>
    public static CallClock ForThisThread() => current = new CallClock();

    /// <summary>The calling thread goes into a device; it comes out when the scope is disposed.</summary>
    public static Scope Enter()
    {
        CallClock? clock = current;
        if (clock is not null)
        {
            Volatile.Write(ref clock.entered, RunningTime.Now.Ticks);
        }

        return new Scope(clock);
    }

    /// <summary>The time inside a device.</summary>
    public readonly ref struct Scope
    {
        private readonly CallClock? clock;

        internal Scope(CallClock? clock) => this.clock = clock;

        /// <summary>The thread comes out of the device.</summary>
        public void Dispose()
        {
            if (clock is not null)
            {
                Volatile.Write(ref clock.entered, Outside.Ticks);
            }
        }
    }
}
