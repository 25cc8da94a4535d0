namespace Spanker.Conformance.Suite;

/// <summary>Shrinks a failing collective: fewer Sails, then fewer buffers, then fewer elements.</summary>
public static class CollectiveShrinker
{
    // One element shows a fault about rare values only under some seeds; more elements are more chances.
    private const int SeedsForOneElement = 256;
    private const int SeedsForMore = 8;
    private const int MostBuffers = 4;
    private const int MostElements = 2;

    /// <summary>Shrinks the case; candidates are tried in ascending order, so the first that fails is the smallest tried.</summary>
    public static void Shrink(CaseShrinker shrinker, CollectiveCase failing)
    {
        ArgumentNullException.ThrowIfNull(shrinker);
        ArgumentNullException.ThrowIfNull(failing);
        bool isUniform = failing.Lengths.Count == failing.Sails && failing.Lengths.Distinct().Count() <= 1;
        if (isUniform)
        {
            ShrinkUniform(shrinker, failing);
        }
        else
        {
            _ = RefusedShapes(failing.Sails).Any(shape => shrinker.Keeps(failing with { Sails = shape.Sails, Lengths = shape.Lengths, Seed = 0 }));
        }
    }

    // Which values show a fault depends on the seed and on the kind of data, so a shape gets several chances.
    private static void ShrinkUniform(CaseShrinker shrinker, CollectiveCase failing)
    {
        int length = failing.Lengths.Count > 0 ? failing.Lengths[0] : 0;
        var shapes =
            from sails in Enumerable.Range(0, failing.Sails + 1)
            from elements in Lengths(length)
            where (sails, elements) != (failing.Sails, length)
            select (sails, elements);
        _ = shapes.Any(shape => Variants(failing, shape.elements).Any(variant => shrinker.Keeps(
            variant with { Sails = shape.sails, Lengths = EquatableLengths.Uniform(shape.sails, shape.elements) })));
    }

    private static IEnumerable<int> Lengths(int length) => length == 0 ? [0] : Enumerable.Range(1, Math.Min(length, 8)).Append(length);

    private static IEnumerable<CollectiveCase> Variants(CollectiveCase failing, int elements)
    {
        int seeds = elements == 1 ? SeedsForOneElement : SeedsForMore;
        for (int seed = 0; seed < seeds; seed++)
        {
            foreach (CollectiveData data in Enum.GetValues<CollectiveData>())
            {
                yield return failing with { Data = data, Seed = (ulong)seed };
            }
        }
    }

    // What is refused depends on numbers and lengths alone: all small ones, the fewest Sails first, then the fewest buffers and elements.
    private static IEnumerable<(int Sails, EquatableLengths Lengths)> RefusedShapes(int mostSails) =>
        from sails in Enumerable.Range(0, mostSails + 1)
        from buffers in Enumerable.Range(0, MostBuffers + 1)
        from lengths in LengthsOf(buffers).OrderBy(lengths => lengths.Sum())
        where buffers != sails || lengths.Distinct().Count() > 1
        select (sails, lengths);

    private static IEnumerable<EquatableLengths> LengthsOf(int buffers)
    {
        int count = (int)Math.Pow(MostElements + 1, buffers);
        for (int code = 0; code < count; code++)
        {
            int rest = code;
            int[] lengths = new int[buffers];
            for (int i = buffers - 1; i >= 0; i--)
            {
                (rest, lengths[i]) = Math.DivRem(rest, MostElements + 1);
            }

            yield return new EquatableLengths(lengths);
        }
    }
}
