namespace Spanker.Conformance.Suite;

/// <summary>Shrinks an exploration that shows a failure: fewer cards, fewer chunks, no fault or one at an earlier frame.</summary>
public static class InterleavingShrinker
{
    /// <summary>Shrinks the cards, then the chunks, then the fault.</summary>
    public static void Shrink(CaseShrinker shrinker)
    {
        ArgumentNullException.ThrowIfNull(shrinker);
        _ = Enumerable.Range(2, Math.Max(0, Best().Cards - 2)).Any(cards => Fits(cards) && shrinker.Keeps(Best() with { Cards = cards }));
        _ = Enumerable.Range(1, Best().Chunks - 1).Any(chunks => shrinker.Keeps(Best() with { Chunks = chunks }));
        if (Best().Fault is { } fault && !shrinker.Keeps(Best() with { Fault = null }))
        {
            _ = Enumerable.Range(0, fault.Frame).Any(frame => shrinker.Keeps(Best() with { Fault = fault with { Frame = frame } }));
        }

        InterleavingCase Best() => (InterleavingCase)shrinker.Best.Case;

        bool Fits(int cards) => Best().Fault is null || (Best().Fault!.From < cards && Best().Fault!.To < cards);
    }
}
