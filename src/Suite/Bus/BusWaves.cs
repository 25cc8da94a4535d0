using System.Globalization;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>What went over a bus while a case was tried.</summary>
/// <param name="Vcd">The dump.</param>
/// <param name="MemoryFirst">First address of memory that only a master writes.</param>
/// <param name="MemoryLast">Its last address.</param>
public sealed record BusWaves(ReadOnlyMemory<byte> Vcd, ulong MemoryFirst, ulong MemoryLast)
{
    /// <summary>The command that holds the dump, as <paramref name="file"/>, against the rules and against what the device promises of its memory.</summary>
    public string CheckLine(string file) =>
        string.Create(CultureInfo.InvariantCulture, $"spanker-conformance axi check {file} --profile generation-a --memory 0x{MemoryFirst:x}-0x{MemoryLast:x}");
}
