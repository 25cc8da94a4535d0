using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite.Reports;

/// <summary>Where and when a run took place: the only part of a report that differs between two runs of one seed, device and version.</summary>
/// <param name="Dotnet">The runtime, such as .NET 10.0.1.</param>
/// <param name="OperatingSystem">The operating system.</param>
/// <param name="Architecture">The process's architecture.</param>
/// <param name="ProcessorCount">Processors that this process may use.</param>
/// <param name="Threads">Cases tried at a time.</param>
/// <param name="HardwarePaths">Vector instruction sets that the runtime would use here.</param>
/// <param name="Start">When the run began.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ReportEnvironment(
    string Dotnet,
    string OperatingSystem,
    string Architecture,
    int ProcessorCount,
    int Threads,
    IReadOnlyList<string> HardwarePaths,
    DateTimeOffset Start,
    TimeSpan Duration)
{
    /// <summary>What reports say beside <see cref="HardwarePaths"/>: which of them the oracle uses.</summary>
    public static string VectorNote => string.Create(CultureInfo.InvariantCulture, $"large exact products in registers of {ExactTiles.RegisterBits} bits");

    /// <summary>This process's environment.</summary>
    /// <param name="threads">Cases tried at a time.</param>
    /// <param name="start">When the run began.</param>
    /// <param name="duration">How long it took.</param>
    public static ReportEnvironment Capture(int threads, DateTimeOffset start, TimeSpan duration) => new(
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        threads,
        FindHardwarePaths(),
        start,
        duration);

    /// <summary>When the run began, in ISO 8601, to the second.</summary>
    public string StartText => Start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The hardware paths in a line.</summary>
    public string HardwareText => $"{(HardwarePaths.Count == 0 ? "none" : string.Join(", ", HardwarePaths))}; {VectorNote}";

    private static List<string> FindHardwarePaths()
    {
        (string Name, bool IsThere)[] paths =
        [
            ("Sse42", Sse42.IsSupported), ("Avx", Avx.IsSupported), ("Avx2", Avx2.IsSupported), ("Fma", Fma.IsSupported),
            ("Avx512F", Avx512F.IsSupported), ("Avx512BW", Avx512BW.IsSupported), ("AdvSimd", AdvSimd.IsSupported), ("Dp", Dp.IsSupported),
            ("Vector128", Vector128.IsHardwareAccelerated), ("Vector256", Vector256.IsHardwareAccelerated), ("Vector512", Vector512.IsHardwareAccelerated),
        ];
        return [.. paths.Where(path => path.IsThere).Select(path => path.Name)];
    }
}
