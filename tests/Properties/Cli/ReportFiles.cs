using System.Text.RegularExpressions;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>The three reports of a run, and the same without what differs by time and place.</summary>
/// <param name="Json">report.json.</param>
/// <param name="JUnit">junit.xml.</param>
/// <param name="Markdown">report.md.</param>
public sealed partial record ReportFiles(string Json, string JUnit, string Markdown)
{
    /// <summary>Reads the reports of a folder.</summary>
    public static ReportFiles Read(string folder) => new(
        File.ReadAllText(Path.Combine(folder, "report.json")),
        File.ReadAllText(Path.Combine(folder, "junit.xml")),
        File.ReadAllText(Path.Combine(folder, "report.md")));

    /// <summary>The reports without their environment.</summary>
    public ReportFiles Scrubbed => new(
        JsonEnvironment().Replace(Json, "\"environment\": {}"),
        JUnit,
        MarkdownEnvironment().Replace(Markdown, "## Environment\n"));

    [GeneratedRegex("\"environment\": \\{[^}]*\\}")]
    private static partial Regex JsonEnvironment();

    [GeneratedRegex("## Environment\n.*", RegexOptions.Singleline)]
    private static partial Regex MarkdownEnvironment();
}
