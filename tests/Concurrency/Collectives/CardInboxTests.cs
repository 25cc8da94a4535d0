using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Collectives;

/// <summary>An inbox reads the state of links that are not under its lock.</summary>
public sealed class CardInboxTests
{
    [Fact]
    public void A_receiver_let_go_because_a_link_was_down_is_told_so_although_the_link_is_up_again()
    {
        CardInbox inbox = new(0);
        CardLink link = new(1, 0, new LinkShape(Credits: 1, FrameElements: 1), inbox: inbox);
        link.Reset();
        link.Perform(new Operation(link, OperationKind.Fault));
        bool permitted = inbox.Permits(inbox.ReceiveAny(0));
        link.Perform(new Operation(link, OperationKind.Arrive, 1));

        Assert.Equal((true, LinkOutcome.NotUp), (permitted, inbox.Perform(inbox.ReceiveAny(0))));
    }
}
