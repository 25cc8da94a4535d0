using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>Two collectives share a card's inbox; frames are handed out in the order of arrival instead of by the collective that they bear.</summary>
internal static class SwappedCollectives
{
    internal static PlantedBug Bug { get; } =
        new("swapped-collectives", "frames of two collectives are handed out in the order of arrival", FindingKind.MixedCollectives, Build);

    private static Script Build(bool planted)
    {
        CardInbox inbox = new(0);
        LinkShape shape = new(Credits: 1, FrameElements: 1);
        CardLink[] links = [new(1, 0, shape, inbox: inbox), new(2, 0, shape, inbox: inbox)];
        int[] got = new int[2];
        Script program = new()
        {
            OnReset = () => Array.Clear(got),
            OnJudge = () => got is [1, 2] ? null : new Finding(FindingKind.MixedCollectives, $"collective 1 has a frame of {got[0]}, collective 2 one of {got[1]}"),
        };
        program.With(inbox);
        Array.ForEach(links, link => program.With(link));
        return program
            .Task("card 0", async host =>
            {
                for (int arrival = 0; arrival < 2; arrival++)
                {
                    await host.PerformAsync(inbox.ReceiveAny(0));
                    (_, _, int bears) = await links[inbox.SourceAt(0) - 1].TakeFrameAsync(host);
                    got[planted ? arrival : bears - 1] = bears;
                }
            })
            .Task("card 1", async host => await links[0].SendFrameAsync(host, sequence: 0, value: 1, collective: 1))
            .Task("card 2", async host => await links[1].SendFrameAsync(host, sequence: 0, value: 2, collective: 2));
    }
}
