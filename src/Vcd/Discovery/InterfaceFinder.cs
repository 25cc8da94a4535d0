namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>Finds interfaces by the names in a header: pins of one scope with one prefix, of which each channel has valid and ready.</summary>
internal static class InterfaceFinder
{
    private const int InterfaceLimit = 1024;
    private const int GroupLimit = 1 << 16;

    private static readonly string[][] WholeDirections = [["aw", "w", "b"], ["ar", "r"]];

    /// <summary>AXI4 interfaces first, then streams, each in the order of the header; groups of the same nets are one.</summary>
    /// <exception cref="VcdException">A pin of an interface could be either of two signals, or there are too many interfaces.</exception>
    public static List<VcdInterface> Find(VcdHeader header, VcdInterfaceKind? only)
    {
        Dictionary<(string Scope, string Prefix), Group> axi = [];
        Dictionary<(string Scope, string Prefix), Group> streams = [];
        foreach (VcdVariable variable in header.Variables)
        {
            if (variable.Kind != VcdVariableKind.Bits || variable.WidthBits == 0 || header.NetOf(variable).IsContradictory)
            {
                continue;
            }

            if (PinNames.TryAxi(variable.Name, out string prefix, out string role))
            {
                Add(axi, prefix, role, variable);
            }

            if (only != VcdInterfaceKind.Axi4 && PinNames.TryStream(variable.Name, out prefix, out role))
            {
                Add(streams, prefix, role, variable);
            }
        }

        if (axi.Values.Count(group => ToAxi(group) is not null) + streams.Values.Count(group => ToStream(group) is not null) > GroupLimit)
        {
            throw TooMany(GroupLimit);
        }

        List<VcdInterface> found = [];
        HashSet<int> taken = [];
        foreach (Group group in axi.Values)
        {
            if (ToAxi(group) is VcdInterface item)
            {
                MergeOrAdd(found, item);
                taken.UnionWith(group.Pins.Values.Select(variable => variable.Net));
            }
        }

        foreach (Group group in streams.Values)
        {
            if (ToStream(group) is VcdInterface item && !taken.Contains(group.Pins["valid"].Net))
            {
                MergeOrAdd(found, item);
            }
        }

        // A stream is none that is a channel of AXI4, so these are looked for in either case.
        _ = only == VcdInterfaceKind.Stream ? found.RemoveAll(item => item.Kind != only) : 0;
        return found;
    }

    private static void Add(Dictionary<(string Scope, string Prefix), Group> groups, string prefix, string role, VcdVariable variable)
    {
        if (!groups.TryGetValue((variable.Scope, prefix), out Group? group))
        {
            group = new Group(variable.Scope, prefix);
            groups.Add((variable.Scope, prefix), group);
        }

        if (!group.Pins.TryAdd(role, variable) && group.Pins[role].Net != variable.Net)
        {
            group.Ties.Add((role, variable));
        }
    }

    private static VcdInterface? ToAxi(Group group)
    {
        List<string> whole = [.. PinNames.ChannelNames.Where(channel => IsOneBit(group, channel + "valid") && IsOneBit(group, channel + "ready"))];
        string[] claimed = [.. WholeDirections.Where(direction => direction.All(whole.Contains)).SelectMany(direction => direction)];
        if (claimed.Length == 0)
        {
            return null;
        }

        List<string> notes = [.. PinNames.ChannelNames
            .Where(channel => !claimed.Contains(channel) && group.Pins.Keys.Any(role => PinNames.ChannelOf(role) == channel))
            .Select(channel => whole.Contains(channel)
                ? $"channel {channel} is left out: its direction needs {string.Join(", ", WholeDirections.First(direction => direction.Contains(channel)))}"
                : $"channel {channel} is left out: it has not both valid and ready")];
        return ToInterface(group, VcdInterfaceKind.Axi4, role => claimed.Contains(PinNames.ChannelOf(role)), notes);
    }

    private static VcdInterface? ToStream(Group group) => IsOneBit(group, "valid") && IsOneBit(group, "ready")
        ? ToInterface(group, VcdInterfaceKind.Stream, _ => true, [])
        : null;

    private static bool IsOneBit(Group group, string role) => group.Pins.TryGetValue(role, out VcdVariable variable) && variable.WidthBits == 1;

    private static VcdInterface ToInterface(Group group, VcdInterfaceKind kind, Func<string, bool> isClaimed, List<string> notes)
    {
        foreach ((string role, VcdVariable other) in group.Ties)
        {
            if (isClaimed(role))
            {
                throw new VcdException(
                    $"{role} of {group.Name} could be {VcdException.Quote(group.Pins[role].ToString())} or {VcdException.Quote(other.ToString())}", "a map that names the one that is meant");
            }
        }

        return new VcdInterface
        {
            Name = group.Name,
            Kind = kind,
            Scope = group.Scope,
            Ports = [.. PinNames.Roles(kind).Where(role => group.Pins.ContainsKey(role) && isClaimed(role)).Select(role => new VcdPort(role, group.Pins[role]))],
            Notes = notes,
        };
    }

    /// <summary>A port that is wired through scopes shows up in each of them; the outermost, which comes first, gives the name.</summary>
    private static void MergeOrAdd(List<VcdInterface> found, VcdInterface item)
    {
        int same = found.FindIndex(other => other.Kind == item.Kind && IsSame(other, item));
        if (same >= 0)
        {
            found[same] = Merge(found[same], item);
            return;
        }

        if (found.Count >= InterfaceLimit)
        {
            throw TooMany(InterfaceLimit);
        }

        found.Add(item);
    }

    private static VcdException TooMany(int limit) => new($"the dump has more than {limit} interfaces", "a map that names those that are meant");

    /// <summary>Whether all handshake signals that both have are the same nets, and there are some.</summary>
    private static bool IsSame(VcdInterface a, VcdInterface b)
    {
        int common = 0;
        foreach (VcdPort port in b.Ports.Where(port => port.Role.EndsWith("valid", StringComparison.Ordinal) || port.Role.EndsWith("ready", StringComparison.Ordinal)))
        {
            if (a.Find(port.Role) is VcdVariable other)
            {
                if (other.Net != port.Variable.Net)
                {
                    return false;
                }

                common++;
            }
        }

        return common > 0;
    }

    private static VcdInterface Merge(VcdInterface first, VcdInterface other)
    {
        string[] others = [.. other.Ports.Where(port => first.Find(port.Role) is VcdVariable known && known.Net != port.Variable.Net).Select(port => port.Role)];
        string note = $"also {other.Name}{(others.Length == 0 ? "" : $", with {string.Join(", ", others)} as nets of their own")}";
        IEnumerable<VcdPort> ports = PinNames.Roles(first.Kind)
            .Select(role => (Role: role, Variable: first.Find(role) ?? other.Find(role)))
            .Where(port => port.Variable is not null)
            .Select(port => new VcdPort(port.Role, port.Variable!.Value));
        return first with { Ports = [.. ports], Notes = [.. first.Notes, note] };
    }

    private sealed class Group(string scope, string prefix)
    {
        public string Scope { get; } = scope;

        public Dictionary<string, VcdVariable> Pins { get; } = new(StringComparer.Ordinal);

        public List<(string Role, VcdVariable Variable)> Ties { get; } = [];

        public string Name { get; } = (scope, prefix.TrimEnd('_')) switch
        {
            ("", "") => "top",
            ("", string shortened) => shortened,
            (_, "") => scope,
            (_, string shortened) => $"{scope}.{shortened}",
        };
    }
}
