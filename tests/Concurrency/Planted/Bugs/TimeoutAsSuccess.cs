using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A receiver goes on after its limit as if the frame had come: right when the late frame is quicker than the limit, wrong when it is not.</summary>
internal static class TimeoutAsSuccess
{
    internal static PlantedBug Bug { get; } =
        new("timeout-as-success", "a receiver takes the end of its limit for the frame", FindingKind.WrongResult, Build);

    private static Script Build(bool planted)
    {
        LinkFault late = new(LinkFaultKind.Delay, From: 0, To: 1, Frame: 0);
        CardLink link = new(0, 1, new LinkShape(Credits: 1, FrameElements: 1)) { Fault = late };
        float got = 0;
        bool failed = false;
        Script program = new()
        {
            Limits = true,
            OnReset = () => (got, failed) = (0, false),
            OnJudge = () => failed ? null : Wrong.Unless("the element, with success,", got, 5),
        };
        program.With(link);
        foreach (EnvironmentAction action in link.ActionsOf(late))
        {
            program.Beside(action);
        }

        return program
            .Task("card 0", async host => await link.SendFrameAsync(host, sequence: 0, value: 5))
            .Task("card 1", async host =>
            {
                if (await host.PerformAsync(link.Receive(0), limited: true) == StepOutcome.TimedOut)
                {
                    failed = !planted;
                    return;
                }

                got = link.ReadSlot(host);
                await host.PerformAsync(link.ReturnCredit(0));
            });
    }
}
