using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>The card completes after the first of two words of its result: a host that is quick reads an old second word.</summary>
internal static class EarlyCompletion
{
    internal static PlantedBug Bug { get; } =
        new("early-completion", "the card completes before the last word of the result is written", FindingKind.WrongResult, Build);

    private static Script Build(bool planted)
    {
        SharedSignal doorbell = new("doorbell");
        SharedSignal completion = new("completion");
        SharedCell[] words = [new("word 0"), new("word 1")];
        (int, int) got = default;
        Script program = new() { OnReset = () => got = default, OnJudge = () => Wrong.Unless("the result", got, (7, 9)) };
        program.With(doorbell);
        program.With(completion);
        program.With(words[0]);
        program.With(words[1]);
        return program
            .Task("host", async host =>
            {
                await doorbell.GiveAsync(host);
                await completion.AwaitAsync(host);
                int low = await words[0].ReadAsync(host);
                got = (low, await words[1].ReadAsync(host));
            })
            .Task("card", async host =>
            {
                await doorbell.AwaitAsync(host);
                await words[0].WriteAsync(host, 7);
                if (planted)
                {
                    await completion.GiveAsync(host);
                }

                await words[1].WriteAsync(host, 9);
                if (!planted)
                {
                    await completion.GiveAsync(host);
                }
            });
    }
}
