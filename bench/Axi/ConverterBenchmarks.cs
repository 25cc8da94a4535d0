using System.Diagnostics;
using BenchmarkDotNet.Attributes;

namespace Spanker.Conformance.Bench;

/// <summary>The converter that comes with GTKWave, on the same file.</summary>
public class ConverterBenchmarks
{
    private const string Program = "vcd2fst";

    private string path = string.Empty;
    private string output = string.Empty;

    /// <summary>Whether the converter is installed.</summary>
    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <summary>Prepares the row.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        path = GeneratedDump.Here.FilePath;
        output = GeneratedDump.Here.OutputPath;
        RowLoad.Begin(nameof(Convert), 1);
    }

    /// <summary>From VCD to FST.</summary>
    [Benchmark]
    public void Convert()
    {
        RowLoad.Count(1);
        ProcessStartInfo start = new(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(path);
        start.ArgumentList.Add(output);
        using Process converter = Process.Start(start) ?? throw new InvalidOperationException($"{Program} does not start");
        _ = converter.StandardOutput.ReadToEndAsync();
        string complaint = converter.StandardError.ReadToEnd();
        converter.WaitForExit();
        if (converter.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Program}: {complaint}");
        }
    }

    /// <summary>Ends the row.</summary>
    [GlobalCleanup]
    public void End()
    {
        RowLoad.End();
        File.Delete(output);
    }
}
