using System.Text.RegularExpressions;

namespace Spanker.Conformance.Suite;

/// <summary>A glob on clause ids: <c>MM-*</c>, <c>NUM-?</c>; several may be joined by commas.</summary>
public sealed class ClauseFilter
{
    private readonly List<Regex> patterns;

    /// <summary>A filter of the text given.</summary>
    public ClauseFilter(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        patterns =
        [
            .. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(glob => new Regex(
                "^" + Regex.Escape(glob).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)),
        ];
    }

    /// <summary>Every clause.</summary>
    public static ClauseFilter Everything { get; } = new("*");

    /// <summary>Every clause but some.</summary>
    public static ClauseFilter AllBut(IReadOnlySet<string> clauses) =>
        new(string.Join(',', RequirementCatalogue.All.Select(r => r.Id).Where(id => !clauses.Contains(id))));

    /// <summary>The glob.</summary>
    public string Text { get; }

    /// <summary>Whether a clause is judged.</summary>
    public bool Selects(string clause) => patterns.Exists(p => p.IsMatch(clause));

    /// <summary>Whether any clause of the contract is judged.</summary>
    public bool SelectsAny => RequirementCatalogue.All.Any(r => Selects(r.Id));
}
