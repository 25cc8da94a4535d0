namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>A text that names the signals of interfaces, where names in a dump do not say it by themselves.</summary>
/// <remarks>
/// One item a line, words between blanks, <c>#</c> to the end of a line is a comment:
/// <code>
/// interface s_axi                     # an AXI4 interface and its name; the lines below are its own
///   clock   tb.clk                    # optional: found by what the dump shows if left out
///   reset   tb.rst_n low              # optional; low or high is the active level
///   arvalid tb.dut.rd_req             # roles are pins without prefix in lower case
///   arready tb.dut.rd_ack             # whole channels: AR and R, or AW, W and B
///   ..
/// stream tx                           # a valid/ready stream
///   valid   tb.dut.tx_v
///   ready   tb.dut.tx_r
///   data    tb.dut.tx_d
/// </code>
/// Paths are scopes and name with dots between, spelled as in the dump and without the range. What discovery prints is such a map, so a choice can be saved, edited and given back.
/// </remarks>
public sealed class VcdMap
{
    private const int LengthLimit = 1 << 20;

    private readonly List<Entry> entries;

    private VcdMap(List<Entry> entries)
    {
        this.entries = entries;
    }

    /// <summary>Reads a map.</summary>
    /// <exception cref="VcdException">A line is wrong; the message names it.</exception>
    public static VcdMap Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LengthLimit)
        {
            throw new VcdException($"the map has {text.Length} characters", $"at most {LengthLimit}");
        }

        List<Entry> entries = [];
        int line = 0;
        foreach (string whole in text.Split('\n'))
        {
            line++;
            string[] words = whole.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                Read(entries, line, words);
            }
        }

        return entries.Count > 0 ? new VcdMap(entries) : throw new VcdException("the map names no interface", "a line such as 'interface s_axi' or 'stream tx', then its signals");
    }

    /// <summary>The map of interfaces, one after another, as <see cref="Parse"/> reads it.</summary>
    public static string Format(IEnumerable<VcdInterface> interfaces)
    {
        ArgumentNullException.ThrowIfNull(interfaces);
        return string.Concat(interfaces.Select(item => item.ToString()));
    }

    /// <summary>The interfaces with the variables of a dump.</summary>
    /// <exception cref="VcdException">The dump does not have a variable, or a channel is not whole.</exception>
    public IReadOnlyList<VcdInterface> Resolve(VcdHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return [.. entries.Select(entry => Resolve(header, entry))];
    }

    private static void Read(List<Entry> entries, int line, string[] words)
    {
        if (words[0] is "interface" or "stream")
        {
            if (words.Length != 2 || entries.Any(known => known.Name == words[1]))
            {
                throw Fault(line, words, $"'{words[0]}' and a name that is used once");
            }

            entries.Add(new Entry(words[1], words[0] == "interface" ? VcdInterfaceKind.Axi4 : VcdInterfaceKind.Stream, line));
            return;
        }

        if (entries.Count == 0)
        {
            throw Fault(line, words, "'interface NAME' or 'stream NAME' first");
        }

        Entry entry = entries[^1];
        bool isReset = words[0] == "reset";
        if (!isReset && words[0] != "clock" && !PinNames.Roles(entry.Kind).Contains(words[0]))
        {
            throw Fault(line, words, $"clock, reset, or a role such as {string.Join(", ", PinNames.Roles(entry.Kind).Take(3))}");
        }

        if (words.Length != (isReset ? 3 : 2) || (isReset && words[2] is not ("low" or "high")))
        {
            throw Fault(line, words, isReset ? "'reset PATH low' or 'reset PATH high'" : $"'{words[0]} PATH'");
        }

        if (!entry.Signals.TryAdd(words[0], words[1]))
        {
            throw Fault(line, words, $"{words[0]} once in {VcdException.Quote(entry.Name)}");
        }

        entry.IsResetHigh |= isReset && words[2] == "high";
    }

    private static VcdException Fault(int line, string[] words, string expected) =>
        new($"line {line} of the map is {VcdException.Quote(string.Join(' ', words))}", expected);

    private static VcdInterface Resolve(VcdHeader header, Entry entry)
    {
        string[] handshakes = entry.Kind == VcdInterfaceKind.Stream
            ? ["valid", "ready"]
            : [.. entry.Signals.Keys.Where(role => role is not ("clock" or "reset")).Select(PinNames.ChannelOf).Distinct().SelectMany(channel => new[] { channel + "valid", channel + "ready" })];
        string? missing = handshakes.FirstOrDefault(role => !entry.Signals.ContainsKey(role));
        bool hasRead = handshakes.Contains("arvalid") && handshakes.Contains("rvalid");
        bool hasWrite = handshakes.Contains("awvalid") && handshakes.Contains("wvalid") && handshakes.Contains("bvalid");
        if (missing is not null || (entry.Kind == VcdInterfaceKind.Axi4 && !hasRead && !hasWrite))
        {
            throw new VcdException(
                $"{VcdException.Quote(entry.Name)} in line {entry.Line} of the map has no whole channels{(missing is null ? "" : $": {missing} is missing")}",
                entry.Kind == VcdInterfaceKind.Stream ? "valid and ready" : "valid and ready of AR and R, or of AW, W and B");
        }

        return new VcdInterface
        {
            Name = entry.Name,
            Kind = entry.Kind,
            Scope = header.Find(entry.Signals[handshakes[0]]).Scope,
            Ports = [.. PinNames.Roles(entry.Kind).Where(entry.Signals.ContainsKey).Select(role => new VcdPort(role, Variable(header, entry, role)))],
            Clock = entry.Signals.ContainsKey("clock") ? Variable(header, entry, "clock") : null,
            Reset = entry.Signals.ContainsKey("reset") ? new VcdReset(Variable(header, entry, "reset"), entry.IsResetHigh, IsConfirmed: false) : null,
        };
    }

    private static VcdVariable Variable(VcdHeader header, Entry entry, string role)
    {
        VcdVariable variable = header.Find(entry.Signals[role]);
        bool mustBeOneBit = role is "clock" or "reset" || role.EndsWith("valid", StringComparison.Ordinal) || role.EndsWith("ready", StringComparison.Ordinal);
        return mustBeOneBit && variable.WidthBits != 1
            ? throw new VcdException($"{role} of {VcdException.Quote(entry.Name)} is {VcdException.Quote(variable.ToString())} of {variable.WidthBits} bits", "one bit")
            : variable;
    }

    private sealed class Entry(string name, VcdInterfaceKind kind, int line)
    {
        public string Name { get; } = name;

        public VcdInterfaceKind Kind { get; } = kind;

        public int Line { get; } = line;

        public Dictionary<string, string> Signals { get; } = new(StringComparer.Ordinal);

        public bool IsResetHigh { get; set; }
    }
}
