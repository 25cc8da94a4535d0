namespace Spanker.Conformance.Suite;

/// <summary>Shrinks failing traffic: the fewest requests of the same sequence, and a master that never waits if that is enough.</summary>
public static class BusShrinker
{
    // Where a fault shows only by chance, the fewest requests may lie below some that do not show it: small numbers are tried one by one.
    private const int TriedOneByOne = 64;

    /// <summary>Shrinks the case; candidates are tried in ascending order, so the first that fails is the smallest tried.</summary>
    public static void Shrink(CaseShrinker shrinker, BusCase failing)
    {
        ArgumentNullException.ThrowIfNull(shrinker);
        ArgumentNullException.ThrowIfNull(failing);
        for (int requests = 0; requests < Math.Min(failing.Requests, TriedOneByOne); requests++)
        {
            if (shrinker.Keeps(failing with { Requests = requests, Pace = 0 }) || shrinker.Keeps(failing with { Requests = requests }))
            {
                return;
            }
        }

        (int low, int high) = (TriedOneByOne, failing.Requests);
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (shrinker.Keeps(failing with { Requests = middle }))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }
    }
}
