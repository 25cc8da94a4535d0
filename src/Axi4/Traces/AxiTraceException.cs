namespace Spanker.Conformance.Axi4;

/// <summary>A document that is no trace. The message is one line: where in the document, what is wrong, what would be right.</summary>
public sealed class AxiTraceException : Exception
{
    /// <summary>A fault of a document.</summary>
    /// <param name="place">Where in the document: a path as <c>transactions[3].addr</c>, or a line; empty for the document itself.</param>
    /// <param name="problem">What is wrong, and what would be right.</param>
    public AxiTraceException(string place, string problem)
        : base(string.IsNullOrEmpty(place) ? problem : $"{place}: {problem}")
    {
        Place = place;
        Problem = problem;
    }

    /// <summary>Where in the document.</summary>
    public string Place { get; }

    /// <summary>What is wrong, and what would be right.</summary>
    public string Problem { get; }

    /// <summary>The same fault, seen from the member <paramref name="outer"/> that holds it.</summary>
    internal AxiTraceException Below(string outer) =>
        new(Place.Length == 0 ? outer : Place[0] == '[' ? $"{outer}{Place}" : $"{outer}.{Place}", Problem);

    /// <summary>Foreign text, quoted so that it cannot break the line, drive a terminal or fill the screen.</summary>
    internal static string Quote(string text)
    {
        const int Shown = 40;
        string start = text.Length <= Shown ? text : text[..Shown];
        string plain = string.Concat(start.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:x4}"));
        return text.Length <= Shown ? $"'{plain}'" : $"'{plain}' (and {text.Length - Shown} characters more)";
    }
}
