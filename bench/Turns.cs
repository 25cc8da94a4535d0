using System.Diagnostics;

namespace Spanker.Conformance.Bench;

/// <summary>Times of work that takes turns with its peers.</summary>
internal static class Turns
{
    /// <summary>Seconds that one of so many runs in a row takes.</summary>
    public static double Seconds(Action work, int times = 1)
    {
        long start = Stopwatch.GetTimestamp();
        for (int time = 0; time < times; time++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
    }

    /// <summary>The middle of the values, NaN of none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }
}
