using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Collectives;

/// <summary>Two collectives at once on one topology.</summary>
public sealed class AtOnceTests
{
    [Fact]
    public void A_gather_from_any_source_is_not_told_of_the_frames_of_another_collective()
    {
        CollectiveProgram program = new(new CollectiveSetup(new DirectAllReduce(), Cards: 3, Chunks: 1, Credits: 1) { AtOnce = 2 });

        // Card 1 sends both of its frames, and the first collective looks twice before card 2 has sent any.
        (Finding? finding, _) = Exploration.Explorer.Replay(program, Schedule.Parse("2b2e3a2c2f"));

        Assert.Null(finding);
    }

    [Fact]
    public void Two_direct_collectives_at_once_end_right_however_they_are_interleaved()
    {
        CollectiveProgram program = new(new CollectiveSetup(new DirectAllReduce(), Cards: 3, Chunks: 2, Credits: 1) { AtOnce = 2 });

        foreach (Strategy strategy in (Strategy[])[new SourceDpor(), new RandomWalk(seed: 1), new PartialOrderSampling(seed: 1)])
        {
            ExplorationResult result = Exploration.Explorer.Explore(program, strategy, new ExplorationOptions { MostSchedules = 2_000 });
            Assert.Null(result.First?.Finding.Message);
        }
    }
}
