using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Spanker.Conformance.Bench.Axi;

/// <summary>rtl/axi_memory.sv as a shared library for <see cref="VerilatedSlave"/>, made by Verilator.</summary>
internal static class VerilatedMemory
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Builds it.</summary>
    /// <param name="sourceFolder">The folder rtl/, or one with axi_memory.sv and abi/ of it.</param>
    /// <param name="buildFolder">Where it is made; the folder may be missing.</param>
    /// <param name="latencyCycles">Clocks added before B and before the first R.</param>
    /// <param name="stalls">READY is withheld, and RVALID paused, in so many of 16 clocks.</param>
    /// <param name="isOptimized">Whether it is to run fast, or to be built fast.</param>
    /// <returns>The path of the library.</returns>
    /// <exception cref="InvalidOperationException">Verilator, g++ or make is missing, or complains.</exception>
    public static string Build(string sourceFolder, string buildFolder, int latencyCycles, int stalls, bool isOptimized)
    {
        _ = Directory.CreateDirectory(buildFolder);
        string abi = Path.Combine(sourceFolder, "abi");
        string library = Path.Combine(buildFolder, "libaxi_memory.so");
        ProcessStartInfo start = new("verilator")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = buildFolder,
            ArgumentList =
            {
                "--cc", "--exe", "--build", "-j", "2", "--top-module", "axi_memory", "--Mdir", buildFolder,
                string.Create(CultureInfo.InvariantCulture, $"-GLATENCY={latencyCycles}"), string.Create(CultureInfo.InvariantCulture, $"-GSTALL={stalls}"),
                "-CFLAGS", $"-fPIC -I{abi}", "-LDFLAGS", "-shared",
                "-MAKEFLAGS", isOptimized ? "OPT_FAST=-O3 OPT_SLOW=-O1 OPT_GLOBAL=-O2" : "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0",
                "-o", library, Path.Combine(sourceFolder, "axi_memory.sv"), Path.Combine(abi, "axi_memory_slave.cpp"),
            },
        };
        if (isOptimized)
        {
            start.ArgumentList.Add("-O3");
        }

        using Process process = Start(start);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"verilator did not end within {Limit}");
        }

        return process.ExitCode == 0 && File.Exists(library)
            ? library
            : throw new InvalidOperationException($"verilator ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}{output.GetAwaiter().GetResult()}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("verilator does not start");
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("verilator is needed for the slave of rtl/ (Debian: verilator, g++ and make)", missing);
        }
    }
}
