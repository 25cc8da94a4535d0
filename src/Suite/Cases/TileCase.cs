using System.Globalization;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>A scheduler asked for a tile: its bytes, its times, and how it would spread it over the cards.</summary>
/// <param name="Clause">The clause that the case is about.</param>
/// <param name="Tile">The tile.</param>
/// <param name="Cards">How many cards; any number, which clauses about bytes leave aside.</param>
public sealed record TileCase(string Clause, Tile Tile, ulong Cards) : Case(Clause)
{
    /// <inheritdoc/>
    public override string ShapeText =>
        string.Create(CultureInfo.InvariantCulture, $"cards={Cards},m={Tile.M},n={Tile.N},k={Tile.K},e={Tile.ElementBytes}");

    /// <inheritdoc/>
    protected override string TokenBody =>
        string.Create(CultureInfo.InvariantCulture, $"tile-m{Tile.M}n{Tile.N}k{Tile.K}e{Tile.ElementBytes}-c{Cards}");
}
