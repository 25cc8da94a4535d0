using System.Globalization;
using System.Runtime.InteropServices;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Bench;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    /// <summary>Processor, memory, system and runtime in a line.</summary>
    public static string Line()
    {
        string processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            ?? "unnamed processor";
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{processor}, {Environment.ProcessorCount} hardware threads, {memory:0} GiB; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}");
    }

    /// <summary>The vector instruction sets that the runtime uses here.</summary>
    public static string HardwarePaths() =>
        string.Join(", ", ReportEnvironment.Capture(threads: 1, DateTimeOffset.UnixEpoch, TimeSpan.Zero).HardwarePaths);
}
