namespace Spanker.Conformance.Reference;

/// <summary>Which claim's results another claim always accepts: a partial order, proved in docs/numerics.md, section 7.</summary>
/// <remarks>
/// Wherever both claims are exercised, the bound of the lower end of an edge is at most that of its upper end. Claims that no
/// path joins are incomparable: each accepts, on some rows, what the other rejects.
/// <code>
///            f16-accumulate   bf16-accumulate   q8k
///                        \        |            /
///                         `----- f32 ---------'
///             ________________/  /  \  \__________________
///            /                  /    \                    \
///   f32-pairwise    f32-blocks32      f32-blocks256    f32-sequential    subblock-int
///            \__________________\____/____________________/_______________/
///                               exact
/// </code>
/// </remarks>
public static class ArithmeticClassOrder
{
    /// <summary>The covering pairs by canonical name: every result that the first accepts, the second accepts too.</summary>
    public static IReadOnlyList<(string Tighter, string Wider)> Edges { get; } = Array.AsReadOnly<(string, string)>(
    [
        ("exact", "f32-pairwise"),
        ("exact", "f32-blocks32"),
        ("exact", "f32-blocks256"),
        ("exact", "f32-sequential"),
        ("exact", "subblock-int"),
        ("f32-pairwise", "f32"),
        ("f32-blocks32", "f32"),
        ("f32-blocks256", "f32"),
        ("f32-sequential", "f32"),
        ("f32", "f16-accumulate"),
        ("f32", "bf16-accumulate"),
        ("f32", "q8k"),
    ]);

    /// <summary>Whether every result that <paramref name="tighter"/> accepts is accepted by <paramref name="wider"/>, where both are exercised.</summary>
    public static bool Includes(ArithmeticClaim wider, ArithmeticClaim tighter) =>
        wider.Weights == tighter.Weights && Reaches(tighter.ToString(), wider.ToString());

    /// <summary>Those of several claims below which none of the others lies: the tightest that were met, mostly one.</summary>
    public static IReadOnlyList<ArithmeticClaim> Tightest(IReadOnlyCollection<ArithmeticClaim> met) =>
        [.. met.Where(claim => !met.Any(other => other != claim && Includes(wider: claim, tighter: other)))];

    private static bool Reaches(string from, string to) =>
        from == to || Edges.Any(edge => edge.Tighter == from && Reaches(edge.Wider, to));
}
