namespace Spanker.Conformance.Exploration;

/// <summary>Numbers for schedules from a seed and the number of the run: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), so that each run can be made alone.</summary>
internal struct ScheduleRandom
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong state;

    internal ScheduleRandom(ulong seed, long run)
    {
        unchecked
        {
            state = Mixed(seed + Gamma * ((ulong)run + 1));
        }
    }

    internal ulong Next()
    {
        unchecked
        {
            state += Gamma;
            return Mixed(state);
        }
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1; the bias is below bound / 2^64.</summary>
    internal int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    private static ulong Mixed(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
