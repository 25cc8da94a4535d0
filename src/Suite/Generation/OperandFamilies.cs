namespace Spanker.Conformance.Suite;

/// <summary>All operand families by name.</summary>
public static class OperandFamilies
{
    /// <summary>Every family.</summary>
    public static IReadOnlyList<OperandFamily> All { get; } =
    [
        PlacementFamilies.Placement,
        .. CodeSpaceFamilies.All,
        DenseFamilies.Dense,
        DenseFamilies.Eighth,
        DenseFamilies.Quantized,
        DenseFamilies.Cancelling,
        DenseFamilies.Maximal,
        NumericFamilies.DecodeOfA,
        NumericFamilies.DecodeOfB,
        NumericFamilies.Definitions,
        NumericFamilies.Sparse1,
        NumericFamilies.Sparse4,
        NumericFamilies.Subnormal,
        NumericFamilies.NonFinite,
    ];

    private static readonly Dictionary<string, OperandFamily> ByName = All.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>The family of that name, or null.</summary>
    public static OperandFamily? Find(string name) => ByName.GetValueOrDefault(name);
}
