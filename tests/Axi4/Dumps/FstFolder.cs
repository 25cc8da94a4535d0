using System.Diagnostics;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Dumps;

/// <summary>A folder of one test, in which GTKWave's vcd2fst makes FST files.</summary>
internal sealed class FstFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("spanker-");

    /// <summary>The names of the files in it.</summary>
    public string[] Files => [.. folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    /// <summary>When a file was made or removed in it last.</summary>
    public DateTime LastWrite => Directory.GetLastWriteTimeUtc(folder.FullName);

    public string File(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Makes an FST file of a dump.</summary>
    public string Convert(string vcd, string name)
    {
        using Process process = Process.Start(new ProcessStartInfo("vcd2fst") { ArgumentList = { vcd, File(name) }, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string words = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, words);
        return File(name);
    }

    /// <summary>Makes an FST file of random traffic, whose VCD is several megabytes: more than a pipe holds.</summary>
    public string Traffic(string name)
    {
        AxiBusShape shape = new(dataBits: 256, addressBits: 32, idBits: 4);
        LegalTraffic traffic = new(seed: 2, new(shape, Transactions: 150));
        System.IO.File.WriteAllBytes(File("traffic.vcd"), DumpVerdicts.Record(shape, probe =>
        {
            foreach (AxiCycle pins in traffic.Cycles())
            {
                probe.Push(pins);
            }
        }));
        string path = Convert(File("traffic.vcd"), name);
        System.IO.File.Delete(File("traffic.vcd"));
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
