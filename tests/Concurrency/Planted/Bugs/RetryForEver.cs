using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>Two cards that want the wire each withdraw when they see that the other wants it, and try again at once: in step with each other, for ever.</summary>
/// <remarks>Without the bug, card 0 stands by its wish and waits, and card 1 withdraws and waits until card 0 is done.</remarks>
internal static class RetryForEver
{
    internal static PlantedBug Bug { get; } =
        new("retry-for-ever", "two cards withdraw for each other and try again, for ever", FindingKind.Livelock, Build) { StepLimit = 12 };

    private static Script Build(bool planted)
    {
        SharedCell[] wishes = [new("wish of card 0"), new("wish of card 1")];
        Script program = new();
        Array.ForEach(wishes, cell => program.With(cell));
        for (int card = 0; card < 2; card++)
        {
            int mine = card;
            program.Task($"card {mine}", host => Use(host, wishes[mine], wishes[1 - mine], withdraws: planted || mine == 1, waits: !planted));
        }

        return program;
    }

    private static async ValueTask Use(ITaskHost host, SharedCell mine, SharedCell theirs, bool withdraws, bool waits)
    {
        await mine.WriteAsync(host, 1);
        while (withdraws && await theirs.ReadAsync(host) == 1)
        {
            await mine.WriteAsync(host, 0);
            if (waits)
            {
                await theirs.AwaitAsync(host, 0);
            }

            await mine.WriteAsync(host, 1);
        }

        if (!withdraws)
        {
            await theirs.AwaitAsync(host, 0);
        }

        await mine.WriteAsync(host, 0);
    }
}
