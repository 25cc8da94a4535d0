namespace Spanker.Conformance.Suite;

/// <summary>A scheduler asked for its rates.</summary>
/// <param name="Clause">The clause that the case is about.</param>
public sealed record RatesCase(string Clause) : Case(Clause)
{
    /// <inheritdoc/>
    public override string ShapeText => "-";

    /// <inheritdoc/>
    protected override string TokenBody => "rates";
}
