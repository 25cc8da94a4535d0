using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Mathematics.OutlierDetection;

namespace Spanker.Conformance.Bench;

/// <summary>Measures the rows of a class, and keeps what BenchmarkDotNet says of them.</summary>
internal static class Measuring
{
    /// <summary>Iterations that come before the measured ones.</summary>
    public const int Warmups = 4;

    /// <summary>Measures all rows of a class of benchmarks.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="iterations">Measured iterations a row.</param>
    /// <param name="log">What it says meanwhile.</param>
    public static IReadOnlyList<Measurement> Run<T>(int iterations, StreamWriter log)
    {
        Summary summary = BenchmarkRunner.Run<T>(Config(iterations, log));
        List<Measurement> measured = [];
        foreach (BenchmarkReport report in summary.Reports)
        {
            if (report is { Success: true, ResultStatistics: { } statistics })
            {
                string row = report.BenchmarkCase.Descriptor.WorkloadMethod.Name;
                int threads = report.BenchmarkCase.HasParameters ? (int)report.BenchmarkCase.Parameters["Threads"] : 1;
                measured.Add(new Measurement(
                    row, threads, statistics.Median / 1e9, statistics.Q1 / 1e9, statistics.Q3 / 1e9, RowLoad.During(row, threads)));
            }
        }

        return measured;
    }

    // In this process: the project that the default toolchain generates would be restored without a committed lock file, and the rows of large operands
    // are about this process's memory. Each iteration calls once, since a call does thousands of turns; nothing that was slow is left out as an outlier.
    private static ManualConfig Config(int iterations, StreamWriter log) => ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false))
            .WithStrategy(RunStrategy.Monitoring)
            .WithLaunchCount(1)
            .WithWarmupCount(Warmups)
            .WithIterationCount(iterations)
            .WithInvocationCount(1)
            .WithUnrollFactor(1)
            .WithOutlierMode(OutlierMode.DontRemove))
        .AddLogger(new StreamLogger(log))
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "spanker-bench-artifacts"));
}

/// <summary>A measured row: seconds a turn.</summary>
/// <param name="Row">The benchmark's name.</param>
/// <param name="Threads">Threads of the runner.</param>
/// <param name="Median">The median.</param>
/// <param name="LowerQuartile">A quarter of the iterations took less.</param>
/// <param name="UpperQuartile">A quarter took more.</param>
/// <param name="Load">What the processors did meanwhile.</param>
internal sealed record Measurement(string Row, int Threads, double Median, double LowerQuartile, double UpperQuartile, RowLoad? Load);
