namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>Which pin a signal's name says it is: prefix + (aw|w|b|ar|r) + [_] + signal + [_i|_o] on AXI4, prefix + [_] + [t] + signal + [_i|_o] on a stream, in any case.</summary>
internal static class PinNames
{
    private static readonly string[] AddressSignals = ["valid", "ready", "id", "addr", "len", "size", "burst", "lock", "cache", "prot", "qos", "region", "user"];

    private static readonly (string Channel, string[] Signals)[] Channels =
    [
        ("aw", AddressSignals),
        ("w", ["valid", "ready", "id", "data", "strb", "last", "user"]),
        ("b", ["valid", "ready", "id", "resp", "user"]),
        ("ar", AddressSignals),
        ("r", ["valid", "ready", "id", "data", "resp", "last", "user"]),
    ];

    /// <summary>Signals of a stream, valid and ready first.</summary>
    private static readonly string[] StreamSignals = ["valid", "ready", "data", "last", "keep", "strb", "user", "id", "dest"];

    // Two letters before one: awvalid is no wvalid with the prefix "a".
    private static readonly (string Channel, string[] Signals)[] Search = [.. Channels.OrderByDescending(channel => channel.Channel.Length)];

    /// <summary>The channels of AXI4 in the order in which they are printed.</summary>
    public static IReadOnlyList<string> ChannelNames { get; } = [.. Channels.Select(channel => channel.Channel)];

    /// <summary>The roles of a kind of interface, in the order in which they are printed.</summary>
    public static IReadOnlyList<string> Roles(VcdInterfaceKind kind) => kind == VcdInterfaceKind.Axi4 ? AxiRoles : StreamSignals;

    private static IReadOnlyList<string> AxiRoles { get; } = [.. Channels.SelectMany(channel => channel.Signals.Select(signal => channel.Channel + signal))];

    /// <summary>The channel that an AXI4 role belongs to.</summary>
    public static string ChannelOf(string role) => Search.First(channel => role.StartsWith(channel.Channel, StringComparison.Ordinal)
        && channel.Signals.Contains(role[channel.Channel.Length..])).Channel;

    /// <summary>Reads a name as an AXI4 pin.</summary>
    public static bool TryAxi(string name, out string prefix, out string role)
    {
        string text = Normal(name);
        foreach ((string channel, string[] signals) in Search)
        {
            foreach (string signal in signals)
            {
                if (text.EndsWith(signal, StringComparison.Ordinal)
                    && text[..^signal.Length] is string left
                    && (left.EndsWith(channel, StringComparison.Ordinal) || left.EndsWith(channel + "_", StringComparison.Ordinal)))
                {
                    prefix = left.TrimEnd('_')[..^channel.Length];
                    role = channel + signal;
                    return true;
                }
            }
        }

        (prefix, role) = ("", "");
        return false;
    }

    /// <summary>Reads a name as a pin of a stream.</summary>
    public static bool TryStream(string name, out string prefix, out string role)
    {
        string text = Normal(name);
        foreach (string signal in StreamSignals)
        {
            if (text.EndsWith(signal, StringComparison.Ordinal))
            {
                string left = text[..^signal.Length];
                bool hasT = left == "t" || left.EndsWith("_t", StringComparison.Ordinal);
                prefix = (hasT ? left[..^1] : left).TrimEnd('_');
                role = signal;
                return true;
            }
        }

        (prefix, role) = ("", "");
        return false;
    }

    /// <summary>Whether a name is one that clocks have.</summary>
    public static bool IsClock(string name) => Normal(name) is string text
        && (text.Contains("clk", StringComparison.Ordinal) || text.Contains("clock", StringComparison.Ordinal) || text == "ck");

    /// <summary>Whether a name is one that resets have, and what it says about the active level.</summary>
    public static bool IsReset(string name, out bool isActiveHigh)
    {
        string text = Normal(name);
        int at = Math.Max(text.LastIndexOf("rst", StringComparison.Ordinal), text.LastIndexOf("reset", StringComparison.Ordinal));
        isActiveHigh = true;
        if (at < 0)
        {
            return false;
        }

        string left = text[..at];
        string right = text[(at + (text[at..].StartsWith("rst", StringComparison.Ordinal) ? 3 : 5))..];
        isActiveHigh = !(left is "n" || left.EndsWith("_n", StringComparison.Ordinal) || right.TrimStart('_').Split('_')[0] is "n" or "ni" or "b" or "l"
            || right.EndsWith("_n", StringComparison.Ordinal));
        return true;
    }

    private static string Normal(string name)
    {
        string text = name.TrimStart('\\').ToLowerInvariant();
        return text.EndsWith("_i", StringComparison.Ordinal) || text.EndsWith("_o", StringComparison.Ordinal) ? text[..^2] : text;
    }
}
