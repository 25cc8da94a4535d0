namespace Spanker.Conformance.Axi4;

/// <summary>
/// Whether all that is outstanding in a direction is known. After a gap, or an x on an address, it is not, and what belongs to what is
/// not judged until the direction has run empty.
/// </summary>
internal sealed class DirectionTrust(int quietCycles, bool isSingle)
{
    private long lastHandshake;
    private long longestWait;

    public bool IsTrusted { get; private set; } = true;

    /// <summary>That of a direction of an interface.</summary>
    public static DirectionTrust Of(AxiCheckOptions options) => new(options.QuietCycles, options.Profile?.MaxOutstanding == 1);

    /// <summary>
    /// Whether an address that is accepted now proves that all before it has ended: one outstanding is the most, and what was outstanding is
    /// not known.
    /// </summary>
    public bool EndsWhatIsOpen => isSingle && !IsTrusted;

    /// <summary>Clocks without a handshake that end a trace: twice the longest wait that the trace showed, and no fewer than asked for.</summary>
    public long QuietWindow => Math.Max(quietCycles, 2 * longestWait);

    public void Lose() => IsTrusted = false;

    /// <summary>A beat or response went by that may be of any of the flights.</summary>
    public void Lose(List<AxiFlight> flights)
    {
        IsTrusted = false;
        foreach (AxiFlight flight in flights)
        {
            flight.IsUnclear = true;
        }
    }

    public void Restart(long cycle, bool isTrusted)
    {
        IsTrusted = isTrusted;
        lastHandshake = cycle;
    }

    /// <summary>Whether a handshake now ends a wait that is longer than all before it; it was a wait only if something was outstanding.</summary>
    public bool EndsLongestWait(long cycle) => cycle - lastHandshake > longestWait;

    /// <summary>A channel of the direction transferred.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="hasWaited">Whether something was outstanding since the handshake before, which was the longest such wait.</param>
    public void OnHandshake(long cycle, bool hasWaited)
    {
        if (hasWaited)
        {
            longestWait = cycle - lastHandshake;
        }

        lastHandshake = cycle;
    }

    public bool IsQuiet(long cycle) => cycle - lastHandshake >= QuietWindow;

    /// <summary>A transaction ended and nothing known is left; where one is the most, nothing unknown is left either.</summary>
    public void OnEmptied() => IsTrusted |= isSingle;

    public void OnIdle(long cycle) => IsTrusted |= IsQuiet(cycle);
}
