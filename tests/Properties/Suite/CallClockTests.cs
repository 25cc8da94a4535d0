using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

public sealed class CallClockTests
{
    private static readonly Case[] ThreeCases = [new TopologyCase("TOP-1", 0), new TopologyCase("TOP-1", 1), new TopologyCase("TOP-1", 2)];

    [Fact]
    public void Only_the_time_inside_a_device_counts_against_the_limit()
    {
        // Not disposed of: the thread that was given up may still be waking.
        ManualResetEventSlim outside = new();
        ManualResetEventSlim hung = new();

        // Case 0 stays outside the device until case 2 has run, which it can only do once case 1 was given up: the limit of zero has long passed by then.
        IReadOnlyList<CaseRecord?> records = CasePool.Run(ThreeCases, Try, threads: 2, limit: TimeSpan.Zero);
        hung.Set();

        Assert.Null(records[0]?.DeviationFrom("PROC-1"));
        Assert.NotNull(records[1]?.DeviationFrom("PROC-1"));
        Assert.Null(records[2]?.DeviationFrom("PROC-1"));
        Assert.All(records, Assert.NotNull);

        CaseRecord Try(Case tried)
        {
            switch (((TopologyCase)tried).Sails)
            {
                case 0:
                    outside.Wait();
                    break;
                case 1:
                    using (CallClock.Enter())
                    {
                        hung.Wait();
                    }

                    break;
                default:
                    outside.Set();
                    break;
            }

            return new CaseRecord(tried);
        }
    }

    [Fact]
    public void A_thread_is_outside_again_when_the_scope_ends()
    {
        CallClock clock = CallClock.ForThisThread();
        using (CallClock.Enter())
        {
            Assert.True(clock.InCall >= TimeSpan.Zero);
        }

        Assert.Equal(TimeSpan.Zero, clock.InCall);
    }
}
