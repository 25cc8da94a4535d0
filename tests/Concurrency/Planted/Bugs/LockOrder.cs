using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>One task locks the link and then the call, the other the call and then the link.</summary>
internal static class LockOrder
{
    internal static PlantedBug Bug { get; } =
        new("lock-order", "two tasks take two locks in opposite orders", FindingKind.Deadlock, Build);

    private static Script Build(bool planted)
    {
        SharedLock link = new("link's lock");
        SharedLock call = new("call's lock");
        Script program = new();
        program.With(link);
        program.With(call);
        return program
            .Task("submit", host => Both(host, link, call))
            .Task("complete", host => planted ? Both(host, call, link) : Both(host, link, call));
    }

    private static async ValueTask Both(ITaskHost host, SharedLock first, SharedLock second)
    {
        await first.TakeAsync(host);
        await second.TakeAsync(host);
        await second.GiveAsync(host);
        await first.GiveAsync(host);
    }
}
