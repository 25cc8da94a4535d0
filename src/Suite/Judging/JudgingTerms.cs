using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>What a device is held to: its own description, or the class that the user says it claims.</summary>
/// <param name="Description">What the device declares.</param>
/// <param name="Claim">The arithmetic claimed.</param>
public sealed record JudgingTerms(DeviceDescription Description, ArithmeticClaim Claim)
{
    /// <summary>The device's bus; null if it has none that can be watched.</summary>
    public Axi4.AxiBusShape? Bus { get; init; }

    /// <summary>What a device is held to by its own description.</summary>
    public static JudgingTerms Of(DeviceDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        SummationOrder order = description.Class == ArithmeticClass.F32 ? description.Order : SummationOrder.Any;
        return new(description, new ArithmeticClaim(description.Class, order, description.Weights));
    }

    /// <summary>The same device held to another class, by its canonical name, with the weights that the class means.</summary>
    /// <exception cref="ArgumentException">The name is no class.</exception>
    public JudgingTerms WithClass(string name)
    {
        ArithmeticClaim claim = ArithmeticClaim.Parse(name, Claim.Weights);
        return this with { Claim = new ArithmeticClaim(claim.Class, claim.Order, WeightsOf(claim.Class, Claim.Weights)) };
    }

    /// <summary>The definition of a weight that a class is about; class exact means whichever is declared (docs/numerics.md).</summary>
    public static WeightDefinition WeightsOf(ArithmeticClass arithmetic, WeightDefinition declared) => arithmetic switch
    {
        ArithmeticClass.Exact => declared,
        ArithmeticClass.SubblockInt or ArithmeticClass.Q8K => WeightDefinition.Rational,
        _ => WeightDefinition.RoundedToBinary32,
    };
}
