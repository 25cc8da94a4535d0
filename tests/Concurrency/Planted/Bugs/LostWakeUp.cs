using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>The waiter looks at the flag and enlists afterwards: a pulse in between wakes nobody, and none comes again.</summary>
internal static class LostWakeUp
{
    internal static PlantedBug Bug { get; } =
        new("lost-wake-up", "a waiter enlists after it has looked, and the pulse comes in between", FindingKind.LostWakeUp, Build);

    private static Script Build(bool planted)
    {
        SharedCell flag = new("done");
        SharedSignal pulse = new("interrupt", stays: false);
        Script program = new();
        program.With(flag);
        program.With(pulse);
        return program
            .Task("host", async host =>
            {
                if (!planted)
                {
                    await pulse.EnlistAsync(host, 0);
                }

                if (await flag.ReadAsync(host) == 1)
                {
                    return;
                }

                if (planted)
                {
                    await pulse.EnlistAsync(host, 0);
                }

                await pulse.AwaitAsync(host, 0);
            })
            .Task("card", async host =>
            {
                await flag.WriteAsync(host, 1);
                await pulse.GiveAsync(host);
            });
    }
}
