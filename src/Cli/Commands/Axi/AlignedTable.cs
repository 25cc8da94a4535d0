namespace Spanker.Conformance.Cli;

/// <summary>Rows of words in columns: the first column to the left, the others to the right.</summary>
internal sealed class AlignedTable
{
    private readonly List<string[]> rows = [];

    /// <summary>Adds a row; all have the same number of words.</summary>
    public void Add(params string[] words) => rows.Add(words);

    /// <summary>Writes the rows with an indent before each.</summary>
    public void Write(TextWriter output, string indent)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            output.WriteLine((indent + string.Join("  ", row.Select((word, column) => column == 0 ? word.PadRight(widths[column]) : word.PadLeft(widths[column])))).TrimEnd());
        }
    }
}
