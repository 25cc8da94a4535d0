namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>Watches one bit for being a clock: how often it rises, whether at equal distances.</summary>
internal sealed class PeriodWatch
{
    private const int FewestRises = 4;

    private bool isKnown;
    private ulong lastRise;
    private bool hasLastRise;
    private ulong period;
    private int votes;
    private long matches;
    private long intervals;

    public bool IsHigh { get; private set; }

    public long Rises { get; private set; }

    /// <summary>A hash of the times of all rises: equal for two nets that always rise together.</summary>
    public ulong Wave { get; private set; } = 0xCBF2_9CE4_8422_2325;

    /// <summary>Whether at least three of four distances between rises are the same within a sixteenth, which clocks of rounded periods and pauses still are.</summary>
    public bool IsPeriodic => Rises >= FewestRises && matches * 4 >= intervals * 3;

    /// <summary>Takes the state at the end of a timestamp; true if the bit rose in it.</summary>
    public bool Update(ulong time, bool isHigh, bool isUnknown)
    {
        bool rose = isKnown && !IsHigh && isHigh && !isUnknown;
        (IsHigh, isKnown) = (isHigh && !isUnknown, !isUnknown);
        if (isUnknown)
        {
            hasLastRise = false;
        }

        if (rose)
        {
            Rises++;
            CountInterval(time);
            (lastRise, hasLastRise) = (time, true);

            // unchecked: modular arithmetic is what a hash is made of.
            Wave = unchecked((Wave ^ time) * 0x0000_0100_0000_01B3);
        }

        return rose;
    }

    /// <summary>The majority vote of Boyer and Moore over the distances, and how many of them agree with the winner since it leads.</summary>
    private void CountInterval(ulong time)
    {
        if (!hasLastRise)
        {
            return;
        }

        ulong interval = time - lastRise;
        intervals++;
        if (votes == 0)
        {
            (period, matches) = (interval, 0);
        }

        bool isSame = Math.Max(interval, period) - Math.Min(interval, period) <= period / 16;
        votes += isSame ? 1 : -1;
        matches += isSame ? 1 : 0;
    }
}
