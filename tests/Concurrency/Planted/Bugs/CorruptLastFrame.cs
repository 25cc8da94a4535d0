using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A receiver checks a frame when the next one comes; the last one is checked by nobody, and a flipped bit in it is taken.</summary>
internal static class CorruptLastFrame
{
    private const int Frames = 2;

    internal static PlantedBug Bug { get; } =
        new("corrupt-last-frame", "the check of the last frame is not looked at", FindingKind.WrongResult, Build);

    private static Script Build(bool planted)
    {
        LinkFault flipped = new(LinkFaultKind.Corrupt, From: 0, To: 1, Frame: Frames - 1);
        CardLink link = new(0, 1, new LinkShape(Credits: 2, FrameElements: 1)) { Fault = flipped };
        float sum = 0;
        bool failed = false;
        Script program = new()
        {
            OnReset = () => (sum, failed) = (0, false),
            OnJudge = () => failed ? null : Wrong.Unless("the sum, with success,", sum, 3),
        };
        program.With(link);
        return program
            .Task("card 0", async host =>
            {
                await link.SendFrameAsync(host, sequence: 0, value: 1);
                await link.SendFrameAsync(host, sequence: 1, value: 2);
            })
            .Task("card 1", async host =>
            {
                for (int frame = 0; frame < Frames; frame++)
                {
                    await host.PerformAsync(link.Receive(0));
                    bool isChecked = frame < Frames - 1 || !planted;
                    failed |= isChecked && !link.Received(0).IsIntact;
                    sum += link.ReadSlot(host);
                    await host.PerformAsync(link.ReturnCredit(0));
                }
            });
    }
}
