namespace Spanker.Conformance.Suite;

/// <summary>A control node, probed.</summary>
/// <param name="Clause">The clause that the case is about.</param>
public sealed record ControlNodeCase(string Clause) : Case(Clause)
{
    /// <inheritdoc/>
    public override string ShapeText => "-";

    /// <inheritdoc/>
    protected override string TokenBody => "node";
}
