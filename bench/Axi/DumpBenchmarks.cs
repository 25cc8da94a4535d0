using BenchmarkDotNet.Attributes;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Bench;

/// <summary>A large VCD file: read through, sampled, checked; beside them what any reader pays.</summary>
public class DumpBenchmarks
{
    private readonly byte[] buffer = new byte[256 << 10];
    private string path = string.Empty;

    /// <summary>Reads a dump through with the pins of its interface tracked.</summary>
    /// <returns>Its timestamps.</returns>
    public static long ReadThrough(string path)
    {
        using FileStream file = VcdReader.OpenFile(path);
        VcdReader reader = new(file);
        foreach (VcdPort port in VcdDiscovery.FindInterfaces(reader.Header)[0].Ports)
        {
            _ = reader.Track(port.Variable);
        }

        while (reader.ReadTimestamp())
        {
        }

        return reader.Statistics.Timestamps;
    }

    /// <summary>Holds a dump against the rules, as <c>axi check</c> does.</summary>
    /// <returns>Its cycles.</returns>
    public static long CheckAll(string path)
    {
        BusVerdict verdict = VcdBusCheck.Check(() => VcdReader.OpenFile(path), map: null, AxiCheckOptions.GenerationA, keepsTransactions: false, CancellationToken.None)[0];
        AxiRuleResult? broken = verdict.Verdict.Rules.FirstOrDefault(rule => rule.Outcome == AxiOutcome.Fail && rule.Rule.Severity != AxiSeverity.Warning);
        return broken is null ? verdict.Verdict.Cycles : throw new InvalidOperationException($"legal traffic broke {broken.Rule.Id}: {broken.Findings[0]}");
    }

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Bytes))]
    public void PrepareBytes() => Begin(nameof(Bytes));

    /// <summary>The file into memory, nothing looked at.</summary>
    [Benchmark]
    public void Bytes()
    {
        RowLoad.Count(1);
        using FileStream file = VcdReader.OpenFile(path);
        while (file.Read(buffer) > 0)
        {
        }
    }

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Read))]
    public void PrepareRead() => Begin(nameof(Read));

    /// <summary>The reader, with all pins of the interface tracked.</summary>
    [Benchmark]
    public void Read()
    {
        RowLoad.Count(1);
        _ = ReadThrough(path);
    }

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Check))]
    public void PrepareCheck() => Begin(nameof(Check));

    /// <summary>Discovery, reading, sampling, all rules.</summary>
    [Benchmark]
    public void Check()
    {
        RowLoad.Count(1);
        _ = CheckAll(path);
    }

    /// <summary>Ends the row.</summary>
    [GlobalCleanup]
    public void End()
    {
        RowLoad.End();
        path = string.Empty;
    }

    private void Begin(string row)
    {
        path = GeneratedDump.Here.FilePath;
        RowLoad.Begin(row, 1);
    }
}
