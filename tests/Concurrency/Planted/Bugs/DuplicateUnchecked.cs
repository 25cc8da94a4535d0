using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>The wire doubles a frame; a receiver that counts frames instead of looking at their sequence takes the double for the next one.</summary>
internal static class DuplicateUnchecked
{
    internal static PlantedBug Bug { get; } =
        new("duplicate-unchecked", "a doubled frame is taken for the next one, since its sequence is not checked", FindingKind.WrongResult, Build);

    private static Script Build(bool planted)
    {
        LinkFault doubled = new(LinkFaultKind.Duplicate, From: 0, To: 1, Frame: 0);
        CardLink link = new(0, 1, new LinkShape(Credits: 1, FrameElements: 1)) { Fault = doubled };
        float[] got = new float[2];
        Script program = new()
        {
            OnReset = () => Array.Clear(got),
            OnJudge = () => Wrong.Unless("the buffer", (got[0], got[1]), (3, 4)),
        };
        program.With(link);
        return program
            .Task("card 0", async host =>
            {
                await link.SendFrameAsync(host, sequence: 0, value: 3);
                await link.SendFrameAsync(host, sequence: 1, value: 4);
            })
            .Task("card 1", async host =>
            {
                for (int due = 0; due < 2;)
                {
                    await host.PerformAsync(link.Receive(0));
                    if (!planted && link.Received(0).Sequence < due)
                    {
                        // What the wire doubled had no credit.
                        continue;
                    }

                    got[due] = link.ReadSlot(host);
                    due++;
                    await host.PerformAsync(link.ReturnCredit(0));
                }
            });
    }
}
