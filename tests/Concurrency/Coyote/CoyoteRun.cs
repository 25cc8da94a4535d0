using Microsoft.Coyote;
using Microsoft.Coyote.Specifications;
using Microsoft.Coyote.SystematicTesting;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Coyote;

/// <summary>A program of tasks on the host of real tasks, run again and again by Coyote's scheduler and judged as the explorer judges it.</summary>
internal static class CoyoteRun
{
    private const uint Seed = 1;

    // Coyote makes of any limit a number of scheduling points of its own choice: this says only that there is a limit.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(1);

    /// <summary>Runs it from the start until a bug is found or <paramref name="schedules"/> were tried.</summary>
    /// <returns>The first line of what was found, or null.</returns>
    internal static string? FirstBugOf(Func<ExploredProgram> build, uint schedules)
    {
        // Code that was not rewritten runs as ever, and nothing found would say nothing.
        Assert.All(RewrittenAssemblies.All, assembly => Assert.True(RewrittenAssemblies.IsRewritten(assembly), assembly.FullName));
        Configuration configuration = Configuration.Create()
            .WithTestingIterations(schedules)
            .WithRandomGeneratorSeed(Seed)
            .WithTelemetryEnabled(false)
            .WithConsoleLoggingEnabled(false);
        using TestingEngine engine = TestingEngine.Create(configuration, () => RunAsync(build()));
        engine.Run();

        TestReport report = engine.TestReport;
        Assert.Empty(report.InternalErrors);
        Assert.Empty(report.UncontrolledInvocations);
        string? bug = report.BugReports.FirstOrDefault();
        Assert.True(bug is not null || report.NumOfExploredFairPaths + report.NumOfExploredUnfairPaths == schedules, "schedules were left out");
        return bug?.Split('\n')[0];
    }

    private static async Task RunAsync(ExploredProgram program)
    {
        ProgramTasks host = new(program, new RealTasks(Limit));
        foreach (SharedObject shared in program.Objects)
        {
            shared.Reset();
        }

        program.Reset();
        foreach (EnvironmentAction action in program.Environment)
        {
            // It comes at any moment or never: nobody waits for it.
            _ = Task.Run(async () => await host.PerformAsync(action.Operation));
        }

        Task[] tasks = new Task[program.Tasks.Count];
        for (int index = 0; index < tasks.Length; index++)
        {
            int task = index;
            tasks[task] = Task.Run(async () => await program.RunTaskAsync(task, host));
        }

        await Task.WhenAll(tasks);
        Finding? finding = program.Judge();
        Specification.Assert(finding is null, $"{finding?.KindText}: {finding?.Message}");
    }
}
