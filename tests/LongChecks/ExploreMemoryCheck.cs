using System.Diagnostics;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Tests.LongChecks;

/// <summary>Runs many short schedules by each kind of strategy in turn, and looks at the working set after each million: it must stay flat.</summary>
internal sealed class ExploreMemoryCheck(ulong seed, long count)
{
    private const long Interval = 1_000_000;
    private const long MostGrowthBytes = 32L << 20;

    /// <summary>Runs; the exit code is 1 if memory grew after the first million, or a schedule showed a finding.</summary>
    public int Run(TextWriter output)
    {
        output.WriteLine($"{count} schedules of a direct sum over 2 cards, seed {seed}");
        CollectiveProgram program = new(new CollectiveSetup(new DirectAllReduce(), Cards: 2, Chunks: 1, Credits: 1));
        ReachedSources sources = new();
        long started = Stopwatch.GetTimestamp();
        long first = 0;
        for (long done = 0; done < count; done += Interval)
        {
            ulong part = unchecked(seed + ((ulong)(done / Interval) * 0x9E3779B97F4A7C15));
            Strategy strategy = (done / Interval % 3) switch
            {
                0 => new RandomWalk(part),
                1 => new Pct(part, depth: 3, steps: 9),
                _ => new PartialOrderSampling(part),
            };
            ExplorationResult result = Explorer.Explore(
                program, strategy, new ExplorationOptions { MostSchedules = Math.Min(Interval, count - done), Watches = [sources, sources.Choices, new TraceDigests(1_000)] });
            if (result.First is not null)
            {
                output.WriteLine($"{strategy.Name}, schedule {result.First.Number}: {result.First.Finding.Message}");
                return 1;
            }

            long bytes = Process.GetCurrentProcess().WorkingSet64;
            first = done == 0 ? bytes : first;
            output.WriteLine(FormattableString.Invariant(
                $"{done + result.Schedules,10} schedules, {strategy.Name,-6}: working set {bytes / 1048576.0:F1} MiB, {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s"));
            if (bytes > first + MostGrowthBytes)
            {
                output.WriteLine($"the working set grew by {bytes - first} bytes since the first million; at most {MostGrowthBytes} are let pass");
                return 1;
            }
        }

        return 0;
    }
}
