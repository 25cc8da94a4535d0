namespace Spanker.Conformance.Vcd;

/// <summary>What stands before <c>$enddefinitions</c>.</summary>
public sealed class VcdHeader
{
    private readonly VcdNet[] nets;

    internal VcdHeader(string? date, string? version, VcdTimescale? timescale, VcdVariable[] variables, VcdNet[] nets, int unknownKeywords)
    {
        Date = date;
        Version = version;
        Timescale = timescale;
        Variables = variables;
        this.nets = nets;
        UnknownKeywords = unknownKeywords;
    }

    /// <summary>The text of <c>$date</c>, shortened to 200 characters; null without one (Verilator writes none).</summary>
    public string? Date { get; }

    /// <summary>The text of <c>$version</c>, shortened to 200 characters; null without one.</summary>
    public string? Version { get; }

    /// <summary>The unit of the timestamps; null without <c>$timescale</c>.</summary>
    public VcdTimescale? Timescale { get; }

    /// <summary>All variables, in the order of the file.</summary>
    public IReadOnlyList<VcdVariable> Variables { get; }

    /// <summary>How many distinct id codes there are.</summary>
    public int Nets => nets.Length;

    /// <summary>Sections with a keyword that the standard does not know, which were stepped over.</summary>
    public int UnknownKeywords { get; }

    /// <summary>The variable of that path, spelled exactly; false if the header has none, or several that are different nets (bits dumped one by one).</summary>
    public bool TryFind(string path, out VcdVariable variable)
    {
        ArgumentNullException.ThrowIfNull(path);
        bool isFound = false;
        variable = default;
        foreach (VcdVariable candidate in Variables)
        {
            if (path.EndsWith(candidate.Name, StringComparison.Ordinal) && path == candidate.Path)
            {
                if (isFound && candidate.Net != variable.Net)
                {
                    return false;
                }

                variable = candidate;
                isFound = true;
            }
        }

        return isFound;
    }

    /// <summary>The variable of that path, spelled exactly.</summary>
    /// <exception cref="VcdException">The header has none, or several that are different nets.</exception>
    public VcdVariable Find(string path) => TryFind(path, out VcdVariable variable)
        ? variable
        : throw new VcdException($"the header has no single variable {VcdException.Quote(path)}", NearestNames(path));

    internal VcdNet NetOf(VcdVariable variable) => (uint)variable.Net < (uint)nets.Length
        ? nets[variable.Net]
        : throw new ArgumentException($"{variable.Path} has net {variable.Net}; this header has {nets.Length}", nameof(variable));

    internal int NetWidth(int net) => nets[net].WidthBits;

    private string NearestNames(string path)
    {
        string name = path[(path.LastIndexOf('.') + 1)..];
        string[] near = [.. Variables.Where(v => v.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(4).Select(v => VcdException.Quote(v.ToString()))];
        return near.Length == 0 ? "the full path of a variable, scopes with dots between" : $"a full path, such as {string.Join(", ", near)}";
    }
}
