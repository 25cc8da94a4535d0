using System.Globalization;
using System.Text;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Suite;

/// <summary>A sequence diagram in plain letters, at most 100 columns wide.</summary>
/// <remarks>
/// <code>
///       card 0    card 1
///    1  *         |          take credit link 0-&gt;1
///    2  *--------&gt;|          send link 0-&gt;1
///    3  |         *          receive link 0-&gt;1
/// </code>
/// <c>~</c> across all columns is a step of the environment.
/// </remarks>
public static class SequenceText
{
    /// <summary>The widest line.</summary>
    public const int Width = 100;

    private const int Left = 7;
    private const int LabelWidth = 40;
    private const int WidestColumn = 12;
    private const int NarrowestColumn = 2;

    /// <summary>Draws the diagram.</summary>
    /// <param name="diagram">The diagram.</param>
    /// <param name="mostRows">More steps are left out in the middle, and a line says how many.</param>
    public static string Draw(SequenceDiagram diagram, int mostRows = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(diagram);
        int columns = Math.Max(1, diagram.Columns.Count);
        int spacing = Math.Clamp((Width - Left - LabelWidth) / columns, NarrowestColumn, WidestColumn);
        StringBuilder text = new();
        WriteHeads(text, diagram, spacing);
        int head = diagram.Rows.Count <= mostRows ? diagram.Rows.Count : mostRows / 2;
        int tail = diagram.Rows.Count <= mostRows ? diagram.Rows.Count : diagram.Rows.Count - (mostRows - head);
        for (int row = 0; row < head; row++)
        {
            WriteRow(text, diagram, row, spacing);
        }

        if (tail > head)
        {
            text.Append(CultureInfo.InvariantCulture, $"  ...  {tail - head} steps more").Append('\n');
        }

        for (int row = tail; row < diagram.Rows.Count; row++)
        {
            WriteRow(text, diagram, row, spacing);
        }

        return text.ToString();
    }

    private static void WriteHeads(StringBuilder text, SequenceDiagram diagram, int spacing)
    {
        // A name that does not fit above its column stands in a list, its number above the column.
        bool fit = diagram.Columns.All(name => name.Length < spacing);
        StringBuilder line = new(new string(' ', Left));
        for (int column = 0; column < diagram.Columns.Count; column++)
        {
            if (!fit)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {column} is {PrintableText.Of(diagram.Columns[column])}").Append('\n');
            }

            line.Append((fit ? PrintableText.Of(diagram.Columns[column]) : column.ToString(CultureInfo.InvariantCulture)).PadRight(spacing));
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    private static void WriteRow(StringBuilder text, SequenceDiagram diagram, int number, int spacing)
    {
        SequenceRow row = diagram.Rows[number];
        char[] lanes = new char[diagram.Columns.Count * spacing];
        Array.Fill(lanes, row.Column < 0 ? '~' : ' ');
        for (int column = 0; column < diagram.Columns.Count; column++)
        {
            lanes[column * spacing] = '|';
        }

        if (row.To is int to && to != row.Column)
        {
            (int from, int end) = (row.Column * spacing, to * spacing);
            int step = Math.Sign(end - from);
            for (int at = from + step; at != end; at += step)
            {
                lanes[at] = '-';
            }

            lanes[end - step] = step > 0 ? '>' : '<';
        }

        if (row.Column >= 0)
        {
            lanes[row.Column * spacing] = '*';
        }

        string line = string.Create(CultureInfo.InvariantCulture, $"{number + 1,5}  {new string(lanes)} {PrintableText.Of(row.Text)}");
        text.Append(line.Length <= Width ? line : line[..(Width - 2)] + "..").Append('\n');
    }
}
