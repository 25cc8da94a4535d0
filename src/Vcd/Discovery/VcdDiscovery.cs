namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>Finds the interfaces of a dump, their clocks and their resets. What it finds prints as a map (<see cref="VcdMap.Format"/>).</summary>
/// <remarks>
/// Interfaces are found by names (prefix + channel + signal), clocks by what the dump shows, resets by name and by VALID being 0 while they are active. Where two answers
/// are as good as one another, nothing is guessed: a <see cref="VcdException"/> names both, and a map decides.
/// <code>
/// IReadOnlyList&lt;VcdInterface&gt; found = VcdDiscovery.Discover(() => VcdReader.OpenFile(path));
/// VcdInterface axi = found[0];
/// using FileStream file = VcdReader.OpenFile(path);
/// var sampler = new VcdSampler(new VcdReader(file), axi.Clock!.Value, [.. axi.Ports.Select(port => port.Variable)]);
/// </code>
/// </remarks>
public static class VcdDiscovery
{
    /// <summary>How much of a dump is looked at to find clocks and resets.</summary>
    public const long SurveyBytes = 64L << 20;

    /// <summary>Interfaces by the names in a header, without clocks and resets: AXI4 first, then streams, each in the order of the header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="only">The kind that is looked for; null for all.</param>
    /// <exception cref="VcdException">A pin could be either of two signals.</exception>
    public static IReadOnlyList<VcdInterface> FindInterfaces(VcdHeader header, VcdInterfaceKind? only = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        return InterfaceFinder.Find(header, only);
    }

    /// <summary>All interfaces of a dump, or those of a map, with clocks and resets.</summary>
    /// <param name="open">Opens the dump at its beginning; called several times, and each stream is closed again.</param>
    /// <param name="map">Names the interfaces; null to find them.</param>
    /// <param name="limits">What to accept of the file.</param>
    /// <param name="only">The kind that is looked for; null for all. A doubt about interfaces of the other kind is then none.</param>
    /// <returns>Empty if the dump has no interface.</returns>
    /// <exception cref="VcdException">The file is wrong, an interface has no clock, or there is a tie.</exception>
    public static IReadOnlyList<VcdInterface> Discover(Func<Stream> open, VcdMap? map = null, VcdLimits? limits = null, VcdInterfaceKind? only = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        using Stream stream = open();
        var reader = new VcdReader(stream, limits);
        VcdInterface[] found = [.. map?.Resolve(reader.Header).Where(item => only is null || item.Kind == only) ?? FindInterfaces(reader.Header, only)];
        int[] clockless = [.. Enumerable.Range(0, found.Length).Where(i => found[i].Clock is null)];
        VcdVariable?[] clocks = clockless.Length == 0 ? [] : new ClockSurvey(reader, clockless.Select(i => found[i])).Choose(SurveyBytes);
        foreach ((int i, VcdVariable? clock) in clockless.Zip(clocks))
        {
            found[i] = found[i] with
            {
                Clock = clock ?? throw new VcdException(
                    $"no clock of {VcdException.Quote(found[i].Name)}: no bit in its scope or around it is periodic", "four rising edges or more, or a map with a line 'clock PATH'"),
            };
        }

        foreach (IGrouping<int, int> sameClock in Enumerable.Range(0, found.Length).GroupBy(i => found[i].Clock!.Value.Net))
        {
            using Stream again = open();
            VcdReset?[] resets = new ResetSurvey(new VcdReader(again, limits), [.. sameClock.Select(i => found[i])]).Choose(SurveyBytes);
            foreach ((int i, VcdReset? reset) in sameClock.Zip(resets))
            {
                found[i] = found[i] with { Reset = reset };
            }
        }

        return found;
    }
}
