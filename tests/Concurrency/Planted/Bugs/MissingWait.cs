using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>The host rings the doorbell and reads the result without waiting for the card's completion: it sees the old value unless the card was quick.</summary>
internal static class MissingWait
{
    internal static PlantedBug Bug { get; } =
        new("missing-wait", "the host reads the result without waiting for completion", FindingKind.WrongResult, Build);

    private static Script Build(bool planted)
    {
        SharedSignal doorbell = new("doorbell");
        SharedSignal completion = new("completion");
        SharedCell result = new("result");
        int got = 0;
        Script program = new() { OnReset = () => got = 0, OnJudge = () => Wrong.Unless("the result", got, 42) };
        program.With(doorbell);
        program.With(completion);
        program.With(result);
        return program
            .Task("host", async host =>
            {
                await doorbell.GiveAsync(host);
                if (!planted)
                {
                    await completion.AwaitAsync(host);
                }

                got = await result.ReadAsync(host);
            })
            .Task("card", async host =>
            {
                await doorbell.AwaitAsync(host);
                await result.WriteAsync(host, 42);
                await completion.GiveAsync(host);
            });
    }
}
