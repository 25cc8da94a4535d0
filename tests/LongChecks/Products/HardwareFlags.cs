using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>What instructions a process has, by the names that .NET gives them, written as <c>Vector128=True Ssse3=True ...</c>.</summary>
internal sealed class HardwareFlags
{
    private readonly SortedDictionary<string, bool> flags = new(StringComparer.Ordinal);

    private HardwareFlags(string line)
    {
        foreach (string pair in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int sign = pair.IndexOf('=', StringComparison.Ordinal);
            if (sign < 1 || !bool.TryParse(pair[(sign + 1)..], out bool has))
            {
                throw new FormatException($"a child's first line is its flags as NAME=True or NAME=False, not '{line}'");
            }

            flags[pair[..sign]] = has;
        }
    }

    /// <summary>Those of this process.</summary>
    public static string Here => string.Create(
        CultureInfo.InvariantCulture,
        $"Vector128={Vector128.IsHardwareAccelerated} Vector256={Vector256.IsHardwareAccelerated} Vector512={Vector512.IsHardwareAccelerated} "
        + $"Sse2={Sse2.IsSupported} Ssse3={Ssse3.IsSupported} Sse41={Sse41.IsSupported} Sse42={Sse42.IsSupported} "
        + $"Avx={Avx.IsSupported} Avx2={Avx2.IsSupported} Fma={Fma.IsSupported} "
        + $"Avx512F={Avx512F.IsSupported} Avx512BW={Avx512BW.IsSupported} AdvSimd={AdvSimd.IsSupported} AdvSimd.Arm64={AdvSimd.Arm64.IsSupported}");

    /// <summary>The names.</summary>
    public IEnumerable<string> Names => flags.Keys;

    /// <summary>Whether the process has what is named.</summary>
    public bool Has(string name) => flags.GetValueOrDefault(name);

    /// <summary>The widest registers for which there are instructions on bytes, as the tiled product wants them, and whose they are.</summary>
    public (int Bits, string Name) Registers =>
        Has("Avx512BW") ? (512, "AVX-512")
        : Has("Avx2") ? (256, "AVX2")
        : Has("Ssse3") ? (128, "SSSE3")
        : Has("AdvSimd.Arm64") ? (128, "AdvSimd")
        : (128, "portable");

    /// <summary>Reads what <see cref="Here"/> is in another process.</summary>
    public static HardwareFlags Parse(string line) => new(line);
}
