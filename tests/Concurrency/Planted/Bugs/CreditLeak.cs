using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A receiver that is told to hurry leaves a frame out, and its credit with it: the link has one less from then on.</summary>
internal static class CreditLeak
{
    internal static PlantedBug Bug { get; } =
        new("credit-leak", "a receiver that leaves a frame out does not give its credit back", FindingKind.LeakedCredit, Build);

    private static Script Build(bool planted)
    {
        CardLink link = new(0, 1, new LinkShape(Credits: 2, FrameElements: 1));
        SharedCell hurry = new("hurry");
        Script program = new() { OnJudge = () => Wrong.UnlessCredits(link.Name, link.CreditsAt(0), link.Shape.Credits) };
        program.With(link);
        program.With(hurry);
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
                    await host.PerformAsync(link.Receive(0));
                    bool hurries = await hurry.ReadAsync(host) == 1;
                    if (!hurries)
                    {
                        link.ReadSlot(host);
                    }

                    if (!hurries || !planted)
                    {
                        await host.PerformAsync(link.ReturnCredit(0));
                    }
                }
            })
            .Task("host", async host => await hurry.WriteAsync(host, 1));
    }
}
