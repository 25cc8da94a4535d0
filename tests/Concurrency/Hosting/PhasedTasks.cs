using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Tests.Concurrency.Hosting;

/// <summary>Real tasks whose limit is short while a fault lies and long otherwise, so that a busy machine fails no clean call.</summary>
internal sealed class PhasedTasks : ITaskHost
{
    private static readonly RealTasks Patient = new(TimeSpan.FromMinutes(5));
    private static readonly RealTasks Hasty = new(TimeSpan.FromMilliseconds(20));

    internal volatile bool IsHasty;

    public ValueTask<int> PerformAsync(Operation operation, bool limited = false) => (IsHasty ? Hasty : Patient).PerformAsync(operation, limited);

    public void Access(int buffer, int first, int count, bool writes)
    {
    }
}
