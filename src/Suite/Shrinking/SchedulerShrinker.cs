namespace Spanker.Conformance.Suite;

/// <summary>Shrinks a tile or a transfer that shows a failure: each number in turn, until none can be made smaller.</summary>
public static class SchedulerShrinker
{
    /// <summary>Shrinks the cards, then e, n, k and m; of a transfer the bytes, then the rate.</summary>
    public static void Shrink(CaseShrinker shrinker)
    {
        ArgumentNullException.ThrowIfNull(shrinker);
        bool shrank = true;
        while (shrank)
        {
            shrank = shrinker.Best.Case is TileCase
                ? ShrinkTile(shrinker)
                : Any(shrinker, ((TransferCase)shrinker.Best.Case).Bytes, bytes => (TransferCase)shrinker.Best.Case with { Bytes = bytes })
                    | Any(shrinker, ((TransferCase)shrinker.Best.Case).BytesPerSecond, rate => (TransferCase)shrinker.Best.Case with { BytesPerSecond = rate });
        }
    }

    private static bool ShrinkTile(CaseShrinker shrinker)
    {
        bool shrank = Any(shrinker, Tile().Cards, cards => Tile() with { Cards = cards });
        shrank |= Any(shrinker, Tile().Tile.ElementBytes, e => Tile() with { Tile = Tile().Tile with { ElementBytes = e } });
        shrank |= Any(shrinker, Tile().Tile.N, n => Tile() with { Tile = Tile().Tile with { N = n } });
        shrank |= Any(shrinker, Tile().Tile.K, k => Tile() with { Tile = Tile().Tile with { K = k } });
        return shrank | Any(shrinker, Tile().Tile.M, m => Tile() with { Tile = Tile().Tile with { M = m } });

        TileCase Tile() => (TileCase)shrinker.Best.Case;
    }

    private static bool Any(CaseShrinker shrinker, ulong current, Func<ulong, Case> with) =>
        SmallerNumbers.Than(current, least: 0).Any(value => shrinker.Keeps(with(value)));
}
