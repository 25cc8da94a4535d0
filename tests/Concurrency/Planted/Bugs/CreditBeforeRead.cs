using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A receiver gives the credit back and reads the slot after it: the sender may be writing the next frame there.</summary>
internal static class CreditBeforeRead
{
    internal static PlantedBug Bug { get; } =
        new("credit-before-read", "a receiver gives the credit back before it reads the slot", FindingKind.Race, Build);

    private static Script Build(bool planted)
    {
        CardLink link = new(0, 1, new LinkShape(Credits: 1, FrameElements: 1));
        float sum = 0;
        Script program = new() { OnReset = () => sum = 0, OnJudge = () => Wrong.Unless("the sum of the frames", sum, 3) };
        program.With(link);
        return program
            .Task("card 0", async host =>
            {
                await link.SendFrameAsync(host, sequence: 0, value: 1);
                await link.SendFrameAsync(host, sequence: 1, value: 2);
            })
            .Task("card 1", async host =>
            {
                for (int frame = 0; frame < 2; frame++)
                {
                    if (!planted)
                    {
                        sum += (await link.TakeFrameAsync(host)).Value;
                        continue;
                    }

                    await host.PerformAsync(link.Receive(0));
                    await host.PerformAsync(link.ReturnCredit(0));
                    sum += link.ReadSlot(host);
                }
            });
    }
}
