namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>A hardware path that .NET can be held to.</summary>
/// <param name="Name">Its name in <c>--paths</c>.</param>
/// <param name="Variable">The variable that is 0 in the environment; empty for the machine's own path.</param>
/// <param name="SwitchedOff">What instructions are gone then, in words.</param>
/// <param name="Deciding">Flags of which the machine itself must have one, or there is nothing to switch off.</param>
/// <param name="Gone">Flags that must be off.</param>
internal sealed record HardwarePath(string Name, string Variable, string SwitchedOff, string[] Deciding, string[] Gone)
{
    private static readonly string[] Avx512 = ["Vector512", "Avx512F", "Avx512BW"];
    private static readonly string[] Avx2 = [.. Avx512, "Vector256", "Avx2", "Fma"];
    private static readonly string[] Vectors = [.. Avx2, "Vector128", "Sse2", "Ssse3", "Sse41", "Sse42", "Avx", "AdvSimd", "AdvSimd.Arm64"];

    /// <summary>All of them, the machine's own first.</summary>
    public static IReadOnlyList<HardwarePath> All { get; } =
    [
        new("own", "", "", [], []),
        new("avx512-off", "DOTNET_EnableAVX512", "AVX-512", ["Avx512BW"], Avx512),
        new("avx2-off", "DOTNET_EnableAVX2", "AVX2", ["Avx2"], Avx2),
        new("all-off", "DOTNET_EnableHWIntrinsic", "SSSE3 and AdvSimd", ["Ssse3", "AdvSimd.Arm64"], Vectors),
    ];

    /// <summary>Whether the machine has none of the instructions, so that the path is its own.</summary>
    public bool IsAbsent(HardwareFlags own) => Deciding.Length > 0 && !Deciding.Any(own.Has);

    /// <summary>Why a child is not on this path, or null: what is to be gone must be, and what is not to be must be as in the machine's own.</summary>
    public string? Mismatch(HardwareFlags own, HardwareFlags child) => own.Names
        .Where(name => child.Has(name) != (own.Has(name) && !Gone.Contains(name)))
        .Select(name => $"{name} is {child.Has(name)}")
        .FirstOrDefault();
}
