using System.Globalization;

namespace Spanker.Conformance.Axi4;

/// <summary>The words of one line of golden text, separated by one space each. Faults name the line.</summary>
internal ref struct TextTokens(ReadOnlySpan<char> text, int line)
{
    private ReadOnlySpan<char> rest = text;
    private bool isAtEnd = text.IsEmpty;

    /// <summary>Where the line is, for faults.</summary>
    public readonly string Place => string.Create(CultureInfo.InvariantCulture, $"line {line}");

    /// <summary>The next word, whatever it is.</summary>
    public ReadOnlySpan<char> Take(string expected)
    {
        if (isAtEnd)
        {
            throw Fault($"the line ends where {expected} is expected");
        }

        ReadOnlySpan<char> word = Peek();
        isAtEnd = word.Length == rest.Length;
        rest = isAtEnd ? default : rest[(word.Length + 1)..];
        return word;
    }

    /// <summary>The value of the next word, which is <paramref name="key"/>=VALUE.</summary>
    public ReadOnlySpan<char> Value(string key)
    {
        ReadOnlySpan<char> word = Take($"{key}=");
        return word.StartsWith(key, StringComparison.Ordinal) && word.Length > key.Length && word[key.Length] == '='
            ? word[(key.Length + 1)..]
            : throw Fault($"{AxiTraceException.Quote(word.ToString())} where {key}= is expected");
    }

    /// <summary>Whether the next word is <paramref name="key"/>=VALUE.</summary>
    public readonly bool Has(string key)
    {
        ReadOnlySpan<char> word = Peek();
        return word.StartsWith(key, StringComparison.Ordinal) && word.Length > key.Length && word[key.Length] == '=';
    }

    /// <summary>The value of the next word as a whole number within bounds.</summary>
    public int Number(string key, int least, int most) => NumberOf(Value(key), key, least, most);

    /// <summary>A whole number within bounds, without signs or zeros in front.</summary>
    public readonly int NumberOf(ReadOnlySpan<char> word, string what, int least, int most) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most && (word[0] != '0' || word.Length == 1)
            ? number
            : throw Fault($"{what} {AxiTraceException.Quote(word.ToString())}; expected a whole number from {least} to {most}");

    /// <summary>The place of a value, for faults.</summary>
    public readonly string PlaceOf(string key) => $"{Place}, {key}";

    /// <summary>Nothing more is on the line.</summary>
    public readonly void End()
    {
        if (!isAtEnd)
        {
            throw Fault($"{AxiTraceException.Quote(rest.ToString())} where the line should end");
        }
    }

    /// <summary>A fault of this line.</summary>
    public readonly AxiTraceException Fault(string problem) => new(Place, problem);

    private readonly ReadOnlySpan<char> Peek()
    {
        int space = rest.IndexOf(' ');
        return space < 0 ? rest : rest[..space];
    }
}
