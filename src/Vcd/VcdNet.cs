namespace Spanker.Conformance.Vcd;

/// <summary>What the declarations of one id code say together.</summary>
/// <param name="WidthBits">Bits of the first declaration.</param>
/// <param name="Kind">Kind of the first declaration.</param>
/// <param name="IsContradictory">Whether a later declaration gave another width or kind; such a net is stepped over and cannot be tracked.</param>
internal readonly record struct VcdNet(int WidthBits, VcdVariableKind Kind, bool IsContradictory);
