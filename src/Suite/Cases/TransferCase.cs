using System.Globalization;

namespace Spanker.Conformance.Suite;

/// <summary>A scheduler asked for the time of a transfer.</summary>
/// <param name="Clause">The clause that the case is about.</param>
/// <param name="Bytes">How many bytes.</param>
/// <param name="BytesPerSecond">The rate; 0 takes forever.</param>
public sealed record TransferCase(string Clause, ulong Bytes, ulong BytesPerSecond) : Case(Clause)
{
    /// <inheritdoc/>
    public override string ShapeText => string.Create(CultureInfo.InvariantCulture, $"bytes={Bytes},rate={BytesPerSecond}");

    /// <inheritdoc/>
    protected override string TokenBody => string.Create(CultureInfo.InvariantCulture, $"transfer-b{Bytes}-r{BytesPerSecond}");
}
