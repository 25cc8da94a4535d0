using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>The clock that limits of devices are measured by.</summary>
public sealed class RunningTimeTests
{
    private TimeSpan machine = TimeSpan.FromHours(1);

    [Fact]
    public void A_clock_that_is_looked_at_often_shows_the_machines_time()
    {
        RunningTime time = new(() => machine);
        for (int look = 0; look < 100; look++)
        {
            machine += TimeSpan.FromMilliseconds(50);
            time.Look();
        }

        Assert.Equal(TimeSpan.FromSeconds(5), time.Look());
    }

    [Fact]
    public void An_hour_in_which_the_process_was_stopped_counts_as_one_look()
    {
        RunningTime time = new(() => machine);
        machine += TimeSpan.FromHours(1);

        Assert.Equal(RunningTime.LongestLook, time.Look());
    }
}
