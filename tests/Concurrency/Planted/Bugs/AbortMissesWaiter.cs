using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>An abort wakes the cards that wait at that moment; a card that begins to wait later is told by nobody, as it does not look at the flag again.</summary>
internal static class AbortMissesWaiter
{
    private const int Cards = 2;

    internal static PlantedBug Bug { get; } =
        new("abort-misses-waiter", "an abort wakes those that wait, and one that begins to wait later does not look", FindingKind.Deadlock, Build);

    private static Script Build(bool planted)
    {
        SharedCell aborted = new("aborted");
        SharedCell[] waits = [.. Enumerable.Range(0, Cards).Select(card => new SharedCell($"card {card} waits"))];
        SharedSignal[] wakes = [.. Enumerable.Range(0, Cards).Select(card => new SharedSignal($"wake of card {card}"))];
        Script program = new();
        program.With(aborted);
        Array.ForEach(waits, cell => program.With(cell));
        Array.ForEach(wakes, signal => program.With(signal));
        for (int card = 0; card < Cards; card++)
        {
            int mine = card;
            program.Task($"card {mine}", async host =>
            {
                await waits[mine].WriteAsync(host, 1);
                if (planted || await aborted.ReadAsync(host) == 0)
                {
                    await wakes[mine].AwaitAsync(host);
                }
            });
        }

        return program.Task("host", async host =>
        {
            await aborted.WriteAsync(host, 1);
            for (int card = 0; card < Cards; card++)
            {
                if (await waits[card].ReadAsync(host) == 1)
                {
                    await wakes[card].GiveAsync(host);
                }
            }
        });
    }
}
