using Spanker.Conformance.Suite.Reports;
using static Spanker.Conformance.Suite.Reports.SvgPicture;

namespace Spanker.Conformance.Suite;

/// <summary>A sequence diagram as one SVG picture. It needs nothing but itself, and the same run gives the same bytes.</summary>
/// <remarks>
/// <code>
///      card 0   card 1
///   1    o--------&gt;|     send link 0-&gt;1       an arrow: a frame is sent to the card at its head
///   2    |         o     receive link 0-&gt;1    a dot: whose step it is
///   3  - - - - - - - -   link 0-&gt;1 goes down   dashes: a step of the environment
/// </code>
/// </remarks>
public static class SequenceSvg
{
    /// <summary>The most steps that are drawn; a line says how many more there are.</summary>
    public const int MostRows = 2_000;

    private const double Left = 60;
    private const double ColumnStep = 110;
    private const double RowStep = 18;
    private const double LabelWidth = 420;
    private const double CharacterWidth = 7.3;
    private const int MostRemarkLetters = 400;

    /// <summary>Draws the diagram.</summary>
    public static string Draw(SequenceDiagram diagram)
    {
        ArgumentNullException.ThrowIfNull(diagram);
        int rows = Math.Min(diagram.Rows.Count, MostRows);
        double labels = Left + (diagram.Columns.Count * ColumnStep);
        double top = 40;
        double bottom = top + (rows * RowStep) + 6;
        string remark = diagram.Remark is null ? "no finding" : diagram.Remark.Length <= MostRemarkLetters ? diagram.Remark : diagram.Remark[..MostRemarkLetters] + "..";
        string[] lines = [.. Wrap(remark, (int)((labels + LabelWidth - 24) / CharacterWidth))];
        double width = labels + LabelWidth;
        double height = bottom + ((lines.Length + 2) * RowStep);
        SvgPicture svg = new();
        for (int column = 0; column < diagram.Columns.Count; column++)
        {
            DrawColumn(svg, diagram.Columns[column], X(column), top - 10, bottom, raised: column % 2 == 1 && diagram.Columns[column].Length * CharacterWidth > ColumnStep);
        }

        for (int row = 0; row < rows; row++)
        {
            DrawRow(svg, diagram, row, top + (row * RowStep) + 8, labels);
        }

        double y = bottom + RowStep;
        if (rows < diagram.Rows.Count)
        {
            svg.Text(12, y, FormattableString.Invariant($"and {diagram.Rows.Count - rows} steps more"));
            y += RowStep;
        }

        foreach (string line in lines)
        {
            svg.Text(12, y, line);
            y += RowStep;
        }

        return svg.Framed(width, height, remark);
    }

    private static void DrawColumn(SvgPicture svg, string name, double x, double top, double bottom, bool raised)
    {
        svg.Line($"<text x=\"{Number(x)}\" y=\"{Number(raised ? top - 15 : top - 3)}\" text-anchor=\"middle\" fill=\"{Ink}\">{Escape(name)}</text>");
        svg.Line($"<path stroke=\"#b0b0b0\" d=\"M{Number(x)} {Number(top)}V{Number(bottom)}\"/>");
    }

    private static void DrawRow(SvgPicture svg, SequenceDiagram diagram, int number, double y, double labels)
    {
        SequenceRow row = diagram.Rows[number];
        svg.Line($"<text x=\"40\" y=\"{Number(y + 4)}\" text-anchor=\"end\" fill=\"#888888\" font-size=\"10\">{number + 1}</text>");
        if (row.Column < 0)
        {
            svg.Line($"<path stroke=\"#c02020\" stroke-dasharray=\"3 3\" d=\"M{Number(X(0) - 10)} {Number(y)}H{Number(X(diagram.Columns.Count - 1) + 10)}\"/>");
        }
        else
        {
            if (row.To is int to && to != row.Column)
            {
                double back = to > row.Column ? -6 : 6;
                svg.Line($"<path fill=\"none\" stroke=\"#2c6fbb\" d=\"M{Number(X(row.Column))} {Number(y)}H{Number(X(to))}m{Number(back)} -4l{Number(-back)} 4l{Number(back)} 4\"/>");
            }

            svg.Line($"<circle cx=\"{Number(X(row.Column))}\" cy=\"{Number(y)}\" r=\"3.5\" fill=\"#2c6fbb\"/>");
        }

        svg.Text(labels, y + 4, row.Text);
    }

    private static IEnumerable<string> Wrap(string text, int letters)
    {
        for (int at = 0; at < text.Length; at += letters)
        {
            yield return text.Substring(at, Math.Min(letters, text.Length - at));
        }
    }

    private static double X(int column) => Left + (ColumnStep * column) + (ColumnStep / 2);
}
