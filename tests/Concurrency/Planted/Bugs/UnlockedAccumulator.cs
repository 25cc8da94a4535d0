using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>Three cards add to one accumulator by reading and writing it; without the lock an addition between the two is lost.</summary>
internal static class UnlockedAccumulator
{
    internal static PlantedBug Bug { get; } =
        new("unlocked-accumulator", "cards read, add and write the accumulator without its lock", FindingKind.WrongResult, Build);

    private static Script Build(bool planted)
    {
        SharedLock gate = new("accumulator's lock");
        SharedCell sum = new("accumulator");
        Script program = new() { OnJudge = () => Wrong.Unless("the accumulator", sum.Value, 111), State = () => (ulong)sum.Value };
        program.With(gate);
        program.With(sum);
        int value = 1;
        for (int card = 0; card < 3; card++, value *= 10)
        {
            int mine = value;
            program.Task($"card {card}", async host =>
            {
                if (!planted)
                {
                    await gate.TakeAsync(host);
                }

                await sum.WriteAsync(host, await sum.ReadAsync(host) + mine);
                if (!planted)
                {
                    await gate.GiveAsync(host);
                }
            });
        }

        return program;
    }
}
