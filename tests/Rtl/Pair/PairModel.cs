using System.Globalization;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>The testbench rtl/axi_pair_tb.sv, built once for each simulator and run with the number of a fault.</summary>
internal static class PairModel
{
    private static readonly string[] Sources =
    [
        "axi_faults", "axi_program", "axi_write_master", "axi_read_master", "axi_traffic", "axi_faulty_traffic", "axi_memory", "axi_faulty_memory", "axi_pair_tb",
    ];

    private static readonly Lazy<string> Icarus = new(BuildIcarus);
    private static readonly Lazy<string> Verilated = new(BuildVerilated);

    /// <summary>Simulates; the dump is at <paramref name="dumpPath"/> afterwards.</summary>
    /// <returns>The lines of the log.</returns>
    public static string[] Run(Simulator simulator, int fault, string dumpPath)
    {
        string[] options = [string.Create(CultureInfo.InvariantCulture, $"+FAULT={fault}"), $"+DUMP={dumpPath}"];
        string log = simulator == Simulator.Icarus
            ? ToolRun.OutputOf("vvp", "iverilog", BuildFolder.Root, [Icarus.Value, .. options])
            : ToolRun.OutputOf(Verilated.Value, "verilator", BuildFolder.Root, options);
        return log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> SourcePaths() => Sources.Select(name => RepositoryRoot.File($"rtl/{name}.sv"));

    private static string BuildIcarus()
    {
        string program = BuildFolder.PathOf("pair.vvp");
        _ = ToolRun.OutputOf("iverilog", "iverilog", BuildFolder.Root, ["-g2012", "-s", "axi_pair_tb", "-o", program, .. SourcePaths()]);
        return program;
    }

    private static string BuildVerilated()
    {
        string folder = BuildFolder.PathOf("pair");
        _ = ToolRun.OutputOf(
            "verilator",
            "verilator, g++ and make",
            BuildFolder.Root,
            ["--binary", "--trace", "--top-module", "axi_pair_tb", "--Mdir", folder, "-j", "2", "-CFLAGS", "-O0", "-MAKEFLAGS", "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0", .. SourcePaths()]);
        return BuildFolder.Keep(folder, "Vaxi_pair_tb");
    }
}
