using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A sender that has a credit when the host calls the collective off ends without giving it back: it is neither with the link nor with a frame.</summary>
internal static class AbortLeaksCredit
{
    internal static PlantedBug Bug { get; } =
        new("abort-leaks-credit", "a sender that is called off keeps the credit that it has taken", FindingKind.LeakedCredit, Build);

    private static Script Build(bool planted)
    {
        AbortFlag abort = new();
        CardLink link = new(0, 1, new LinkShape(Credits: 1, FrameElements: 1), abort);
        Script program = new() { OnJudge = () => Wrong.UnlessCredits(link.Name, link.CreditsAt(0) + link.FramesOnTheWay(0), link.Shape.Credits) };
        program.With(abort);
        program.With(link);
        return program
            .Task("card 0", async host =>
            {
                if (await host.PerformAsync(link.TakeCredit(0)) == LinkOutcome.Aborted)
                {
                    return;
                }

                link.WriteSlot(host, sequence: 0, value: 1);
                if (await host.PerformAsync(link.Send(0)) == LinkOutcome.Aborted && !planted)
                {
                    await host.PerformAsync(link.ReturnCredit(0));
                }
            })
            .Task("card 1", async host =>
            {
                if (await host.PerformAsync(link.Receive(0)) == LinkOutcome.Done)
                {
                    link.ReadSlot(host);
                    await host.PerformAsync(link.ReturnCredit(0));
                }
            })
            .Task("host", async host => await abort.RaiseAsync(host));
    }
}
