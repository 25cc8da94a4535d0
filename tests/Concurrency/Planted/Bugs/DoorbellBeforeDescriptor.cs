using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>The host rings the doorbell and writes the descriptor after it: a card that is quick works on the descriptor of the call before.</summary>
internal static class DoorbellBeforeDescriptor
{
    internal static PlantedBug Bug { get; } =
        new("doorbell-before-descriptor", "the doorbell is rung before the descriptor is written", FindingKind.WrongResult, Build);

    private static Script Build(bool planted)
    {
        SharedSignal doorbell = new("doorbell");
        SharedCell descriptor = new("descriptor", initial: 1);
        int worked = 0;
        Script program = new() { OnReset = () => worked = 0, OnJudge = () => Wrong.Unless("the descriptor that the card worked on", worked, 2) };
        program.With(doorbell);
        program.With(descriptor);
        return program
            .Task("host", async host =>
            {
                if (planted)
                {
                    await doorbell.GiveAsync(host);
                    await descriptor.WriteAsync(host, 2);
                    return;
                }

                await descriptor.WriteAsync(host, 2);
                await doorbell.GiveAsync(host);
            })
            .Task("card", async host =>
            {
                await doorbell.AwaitAsync(host);
                worked = await descriptor.ReadAsync(host);
            });
    }
}
