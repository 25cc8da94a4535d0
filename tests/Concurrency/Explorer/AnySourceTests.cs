using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Explorer;

/// <summary>A gather from any source: as many traces as there are orders of arrival.</summary>
public sealed class AnySourceTests
{
    [Theory]
    [InlineData(2, 3, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(3, 2, 6)]
    [InlineData(3, 3, 20)]
    [InlineData(4, 1, 6)]
    [InlineData(4, 2, 90)]
    [InlineData(4, 3, 1680)]
    [InlineData(5, 2, 2520)]
    public void Chunks_that_may_overlap_have_the_multinomial_number_of_traces(int cards, int chunks, long traces)
    {
        ExplorationResult result = Exploration.Explorer.Explore(Gather(cards, chunks, credits: chunks, answers: false), new SourceDpor());

        Assert.True(result.Exhausted);
        Assert.Null(result.First);
        Assert.Equal(traces, result.Schedules);
    }

    [Theory]
    [InlineData(3, 2, 4)]
    [InlineData(3, 3, 8)]
    [InlineData(4, 2, 36)]
    [InlineData(4, 3, 216)]
    [InlineData(5, 2, 576)]
    public void Chunks_that_wait_for_an_answer_have_the_orders_of_each_chunk(int cards, int chunks, long traces)
    {
        ExplorationResult result = Exploration.Explorer.Explore(Gather(cards, chunks, credits: 1, answers: true), new SourceDpor());

        Assert.True(result.Exhausted);
        Assert.Null(result.First);
        Assert.Equal(traces, result.Schedules);
    }

    private static Script Gather(int cards, int chunks, int credits, bool answers)
    {
        Script program = new();
        LinkShape shape = new(credits, FrameElements: 1);
        CardInbox inbox = program.With(new CardInbox(0));
        CardLink[] inward = [.. Enumerable.Range(1, cards - 1).Select(card => program.With(new CardLink(card, 0, shape, inbox: inbox)))];
        CardLink[] outward = [.. Enumerable.Range(1, cards - 1).Select(card => program.With(new CardLink(0, card, shape)))];
        program.Task("root", async host =>
        {
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                for (int arrival = 0; arrival < cards - 1; arrival++)
                {
                    await host.PerformAsync(inbox.ReceiveAny(0));
                    CardLink from = inward[inbox.SourceAt(0) - 1];
                    await host.PerformAsync(from.Receive(0));
                    await host.PerformAsync(from.ReturnCredit(0));
                }

                foreach (CardLink to in answers ? outward : [])
                {
                    await SendAsync(host, to);
                }
            }
        });
        for (int card = 1; card < cards; card++)
        {
            int mine = card - 1;
            program.Task("card " + card, async host =>
            {
                for (int chunk = 0; chunk < chunks; chunk++)
                {
                    await SendAsync(host, inward[mine]);
                    if (answers)
                    {
                        await host.PerformAsync(outward[mine].Receive(0));
                        await host.PerformAsync(outward[mine].ReturnCredit(0));
                    }
                }
            });
        }

        return program;
    }

    private static async ValueTask SendAsync(ITaskHost host, CardLink link)
    {
        await host.PerformAsync(link.TakeCredit(0));
        await host.PerformAsync(link.Send(0));
    }
}
