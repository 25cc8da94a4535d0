namespace Spanker.Conformance.Vcd;

/// <summary>One <c>$var</c> of a header. Variables of the same <see cref="Net"/> share an id code and always have the same value.</summary>
/// <param name="Scope">Names of the scopes around it, outermost first, with dots between; empty at the top.</param>
/// <param name="Name">Its reference without the range; an escaped identifier keeps its backslash.</param>
/// <param name="WidthBits">Bits of its value.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Net">Number of its net in the header's order of first appearance of id codes.</param>
/// <param name="Msb">Left bound of the range <c>[msb:lsb]</c>, or the index of <c>[index]</c>; null without a range.</param>
/// <param name="Lsb">Right bound of the range, or the index; null without a range.</param>
public readonly record struct VcdVariable(string Scope, string Name, int WidthBits, VcdVariableKind Kind, int Net, int? Msb, int? Lsb)
{
    /// <summary>Scope and name with a dot between: <c>tb.dut.s_axi_awvalid</c>.</summary>
    public string Path => Scope.Length == 0 ? Name : $"{Scope}.{Name}";

    /// <summary>The path with its range, as it is printed: <c>tb.dut.s_axi_awaddr[31:0]</c>.</summary>
    public override string ToString() => (Msb, Lsb) switch
    {
        (int msb, int lsb) when msb != lsb => $"{Path}[{msb}:{lsb}]",
        (int msb, not null) => $"{Path}[{msb}]",
        _ => Path,
    };
}
