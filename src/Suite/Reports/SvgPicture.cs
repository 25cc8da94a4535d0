using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Suite.Reports;

/// <summary>An SVG picture that grows an element a line, and gets its frame (size, title, white ground) once its size is known. It needs nothing but itself.</summary>
/// <remarks>What is drawn with <see cref="Line"/> is markup as it stands: foreign text goes through <see cref="Text"/> or <see cref="Escape"/>.</remarks>
internal sealed class SvgPicture
{
    /// <summary>The colour of letters.</summary>
    internal const string Ink = "#222222";

    private readonly StringBuilder elements = new();

    /// <summary>An element, or a part of one.</summary>
    internal void Line(FormattableString markup) => AppendLine(elements, markup);

    /// <summary>Letters whose left end stands at (<paramref name="x"/>, <paramref name="y"/>), whatever is in them.</summary>
    internal void Text(double x, double y, string text) =>
        Line($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" fill=\"{Ink}\" xml:space=\"preserve\">{Escape(text)}</text>");

    /// <summary>The whole document.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="title">What it shows; foreign text may be in it.</param>
    internal string Framed(double width, double height, string title)
    {
        StringBuilder svg = new();
        AppendLine(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Number(width)}\" height=\"{Number(height)}\" viewBox=\"0 0 {Number(width)} {Number(height)}\" role=\"img\" font-family=\"monospace\" font-size=\"12\">");
        AppendLine(svg, $"<title>{Escape(title)}</title>");
        AppendLine(svg, $"<rect width=\"{Number(width)}\" height=\"{Number(height)}\" fill=\"#ffffff\"/>");
        return svg.Append(elements).Append("</svg>\n").ToString();
    }

    /// <summary>A coordinate, to a hundredth of a pixel.</summary>
    internal static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Foreign text as the content of an element.</summary>
    internal static string Escape(string text) => PrintableText.Of(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    private static void AppendLine(StringBuilder svg, FormattableString markup) => svg.Append(markup.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
