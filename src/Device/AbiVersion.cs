namespace Spanker.Conformance.Device;

/// <summary>The driver's version record: four u16, 8 bytes, host byte order (CONTRACT DRV-3).</summary>
/// <param name="Major">Another major is incompatible.</param>
/// <param name="Minor">A newer minor is compatible.</param>
/// <param name="Patch">Carries no meaning for compatibility.</param>
/// <param name="Reserved">Zero.</param>
public readonly record struct AbiVersion(ushort Major, ushort Minor, ushort Patch, ushort Reserved)
{
    /// <summary>The ABI that this runtime is built for: 0.1.0.</summary>
    public static AbiVersion Current => new(Major: 0, Minor: 1, Patch: 0, Reserved: 0);

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}.{Patch}";
}
