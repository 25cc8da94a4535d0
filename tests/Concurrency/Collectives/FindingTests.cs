using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Collectives;

/// <summary>What a finding shows: two tasks that take two locks in opposite orders.</summary>
public sealed class FindingTests
{
    [Fact]
    public void A_deadlock_is_shrunk_to_the_steps_that_it_takes_and_drawn()
    {
        ExplorationSummary summary = Explored("random");

        Assert.NotNull(summary.Finding);
        Assert.Equal("deadlock", summary.Finding.Found.Finding.KindText);
        Assert.Equal("ab", summary.Finding.Found.Schedule.ToString());
        Assert.Equal(
            """
                   left        right
                1  *           |            lock A
                2  |           *            lock B

            """,
            SequenceText.Draw(summary.Finding.Diagram));
    }

    [Fact]
    public void A_replay_of_a_finding_is_the_same_finding()
    {
        ExplorationFinding found = Explored("exhaustive").Finding!;

        ExplorationFinding replayed = Explored("exhaustive", found.Found.Schedule).Finding!;

        Assert.Equal((found.Found.Finding, found.Found.Schedule), (replayed.Found.Finding, replayed.Found.Schedule));
    }

    [Fact]
    public void A_schedule_of_another_program_is_refused_with_its_step()
    {
        FormatException wrong = Assert.Throws<FormatException>(() => Explored("exhaustive", Schedule.Parse("5a")));

        Assert.StartsWith("does not fit: at step 5", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guarantee_is_withheld_where_a_run_was_longer_than_k()
    {
        Assert.False(new PctGuarantee(Threads: 2, StepBound: 9, Depth: 2, Runs: 100, LongestRun: 10).Holds);
    }

    private static ExplorationSummary Explored(string strategy, Schedule? replay = null) => CollectiveExploration.Run(
        new ExplorationPlan(new CollectiveSetup(new RingAllReduce(), Cards: 2, Chunks: 1, Credits: 1), _ => new OppositeOrders(), StrategyChoice.Parse(strategy))
        {
            Data = [CollectiveDataKind.Exact],
            Seed = 1,
            Replay = replay,
        });

    private sealed class OppositeOrders : ExploredProgram
    {
        private readonly SharedLock a;
        private readonly SharedLock b;

        internal OppositeOrders()
        {
            a = Share(new SharedLock("A"));
            b = Share(new SharedLock("B"));
            AddTask("left");
            AddTask("right");
        }

        public override string Name => "two locks in opposite orders";

        public override bool LimitsWaits => false;

        public override void Reset()
        {
        }

        public override async ValueTask RunTaskAsync(int task, ITaskHost host)
        {
            (SharedLock first, SharedLock second) = task == 0 ? (a, b) : (b, a);
            await first.TakeAsync(host);
            await second.TakeAsync(host);
            await second.GiveAsync(host);
            await first.GiveAsync(host);
        }

        public override Finding? Judge() => null;
    }
}
