using System.Globalization;

namespace Spanker.Conformance.Suite;

/// <summary>A topology of some Sails, formed and looked at.</summary>
/// <param name="Clause">The clause that the case is about.</param>
/// <param name="Sails">How many.</param>
public sealed record TopologyCase(string Clause, int Sails) : Case(Clause)
{
    /// <inheritdoc/>
    public override string ShapeText => string.Create(CultureInfo.InvariantCulture, $"sails={Sails}");

    /// <inheritdoc/>
    protected override string TokenBody => string.Create(CultureInfo.InvariantCulture, $"mesh-c{Sails}");
}
