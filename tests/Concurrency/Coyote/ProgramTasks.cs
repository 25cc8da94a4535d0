using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Tests.Concurrency.Coyote;

/// <summary>Real tasks on which a wait has a limit only where the program's waits have: under Coyote a limit may pass at any moment.</summary>
internal sealed class ProgramTasks(ExploredProgram program, ITaskHost tasks) : ITaskHost
{
    public ValueTask<int> PerformAsync(Operation operation, bool limited = false) => tasks.PerformAsync(operation, limited && program.LimitsWaits);

    public void Access(int buffer, int first, int count, bool writes) => tasks.Access(buffer, first, count, writes);
}
