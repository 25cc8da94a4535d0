namespace Spanker.Conformance.Axi4;

/// <summary>How much of a direction is followed at once, and what was said when that did not suffice.</summary>
internal sealed class OutstandingLimit(int limit)
{
    /// <summary>The first time the limit was hit, with its likely cause; null if it never was.</summary>
    public string? Hit { get; private set; }

    /// <summary>Whether there is no room for one more.</summary>
    public bool IsReached(int count, long cycle, string what)
    {
        if (count < limit)
        {
            return false;
        }

        Hit ??= $"cycle {cycle}: {limit} {what}, or the limit is too low for this interface";
        return true;
    }
}
