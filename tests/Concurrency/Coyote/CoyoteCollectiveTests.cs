using Spanker.Conformance.Collectives;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Coyote;

/// <summary>Small collectives on real tasks, in schedules that Coyote draws.</summary>
public sealed class CoyoteCollectiveTests
{
    private const uint Schedules = 100;

    public static TheoryData<string, int, int, int> Shapes
    {
        get
        {
            TheoryData<string, int, int, int> shapes = [];
            foreach (ICollectiveAlgorithm algorithm in CollectiveAlgorithms.AllReduce)
            {
                for (int cards = 2; cards <= 3; cards++)
                {
                    for (int chunks = 1; chunks <= 2; chunks++)
                    {
                        shapes.Add(algorithm.Name, cards, chunks, 1);
                        shapes.Add(algorithm.Name, cards, chunks, 2);
                    }
                }
            }

            return shapes;
        }
    }

    public static TheoryData<string, LinkFaultKind> Failures
    {
        get
        {
            TheoryData<string, LinkFaultKind> failures = [];
            foreach (ICollectiveAlgorithm algorithm in CollectiveAlgorithms.AllReduce)
            {
                foreach (LinkFaultKind kind in Enum.GetValues<LinkFaultKind>())
                {
                    failures.Add(algorithm.Name, kind);
                }
            }

            return failures;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Without_failures_every_card_ends_with_the_right_bits_and_every_credit_is_back(string name, int cards, int chunks, int credits)
    {
        CollectiveSetup setup = new(Find(name), cards, chunks, credits);

        Assert.Null(CoyoteRun.FirstBugOf(() => new CollectiveProgram(setup), Schedules));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failure_and_limits_that_pass_at_any_moment_give_a_typed_error_or_the_right_bits(string name, LinkFaultKind kind)
    {
        foreach ((int from, int to) in Find(name).Links(3))
        {
            CollectiveSetup setup = new(Find(name), Cards: 3, Chunks: 2, Credits: 1) { Fault = new LinkFault(kind, from, to) };

            Assert.Null(CoyoteRun.FirstBugOf(() => new CollectiveProgram(setup), Schedules));
        }
    }

    private static ICollectiveAlgorithm Find(string name) => CollectiveAlgorithms.Find(name, gathers: false)!;
}
