using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>Two collectives that need two credits each take them from one pool of two: each may hold one and wait for the other's for ever.</summary>
internal static class SharedCredits
{
    internal static PlantedBug Bug { get; } =
        new("shared-credits", "two collectives take the credits that each needs from one pool", FindingKind.Deadlock, Build);

    private static Script Build(bool planted)
    {
        CreditPool[] pools = [new("credits of 1", 2), new("credits of 2", 2)];
        Script program = new();
        Array.ForEach(pools, pool => program.With(pool));
        for (int collective = 0; collective < 2; collective++)
        {
            CreditPool pool = pools[planted ? 0 : collective];
            program.Task($"collective {collective + 1}", async host =>
            {
                await pool.TakeAsync(host);
                await pool.TakeAsync(host);
                await pool.GiveAsync(host);
                await pool.GiveAsync(host);
            });
        }

        return program;
    }
}
