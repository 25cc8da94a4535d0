using Spanker.Conformance.Exploration;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Explorer;

/// <summary>Counts of Mazurkiewicz traces worked out by hand.</summary>
public sealed class TraceCountTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 6)]
    [InlineData(4, 24)]
    [InlineData(5, 120)]
    [InlineData(6, 720)]
    public void N_mutually_dependent_writes_have_n_factorial_traces(int tasks, long traces)
    {
        ExplorationResult result = Exhaust(Writers(tasks, cells: 1));

        Assert.Equal(traces, result.Schedules);
    }

    [Fact]
    public void Writes_to_cells_of_their_own_are_one_trace()
    {
        ExplorationResult result = Exhaust(Writers(5, cells: 5));

        Assert.Equal(1, result.Schedules);
        Assert.Equal(0, result.Blocked);
    }

    [Fact]
    public void A_writer_among_readers_has_a_trace_for_each_set_of_readers_before_it()
    {
        Script program = new();
        SharedCell cell = program.With(new SharedCell("x"));
        program.Task("w", async host => await cell.WriteAsync(host, 1));
        for (int reader = 0; reader < 4; reader++)
        {
            program.Task("r" + reader, async host => await cell.ReadAsync(host));
        }

        Assert.Equal(16, Exhaust(program).Schedules);
    }

    [Fact]
    public void Two_tasks_that_lock_k_times_have_binomial_2k_over_k_traces()
    {
        Script program = new();
        SharedLock gate = program.With(new SharedLock("gate"));
        for (int task = 0; task < 2; task++)
        {
            program.Task("t" + task, async host =>
            {
                for (int i = 0; i < 3; i++)
                {
                    await gate.TakeAsync(host);
                    await gate.GiveAsync(host);
                }
            });
        }

        Assert.Equal(20, Exhaust(program).Schedules);
    }

    [Fact]
    public void A_value_that_is_there_and_goes_and_comes_again_is_waited_for_both_times()
    {
        Script program = new();
        SharedCell cell = program.With(new SharedCell("x"));
        program.Task("toggles", async host =>
        {
            await cell.WriteAsync(host, 1);
            await cell.WriteAsync(host, 0);
        });
        program.Task("waits", async host => await cell.AwaitAsync(host, 0));

        Assert.Equal(2, Exhaust(program).Schedules);
    }

    internal static Script Writers(int tasks, int cells)
    {
        Script program = new();
        SharedCell[] shared = [.. Enumerable.Range(0, cells).Select(cell => program.With(new SharedCell("x" + cell)))];
        for (int task = 0; task < tasks; task++)
        {
            int mine = task;
            program.Task("w" + task, async host => await shared[mine % cells].WriteAsync(host, mine));
        }

        return program;
    }

    private static ExplorationResult Exhaust(ExploredProgram program)
    {
        ExplorationResult result = Exploration.Explorer.Explore(program, new SourceDpor());
        Assert.True(result.Exhausted);
        Assert.Empty(result.Findings);
        return result;
    }
}
