using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>Interrupt handler and poller both look whether the call is completed, then complete it: between look and mark the other looks too.</summary>
internal static class DoubleCompletion
{
    internal static PlantedBug Bug { get; } =
        new("double-completion", "interrupt and poll both complete a call, since look and mark are not one", FindingKind.WrongResult, Build);

    private static Script Build(bool planted)
    {
        SharedLock gate = new("call");
        SharedCell completed = new("completed");
        int completions = 0;
        Script program = new() { OnReset = () => completions = 0, OnJudge = () => Wrong.Unless("the number of completions", completions, 1) };
        program.With(gate);
        program.With(completed);
        return program.Task("interrupt", Complete).Task("poll", Complete);

        async ValueTask Complete(ITaskHost host)
        {
            if (!planted)
            {
                await gate.TakeAsync(host);
            }

            if (await completed.ReadAsync(host) == 0)
            {
                await completed.WriteAsync(host, 1);
                completions++;
            }

            if (!planted)
            {
                await gate.GiveAsync(host);
            }
        }
    }
}
