using System.Text;

namespace Spanker.Conformance.Suite.Reports;

/// <summary>The folder of a run's reports: report.json, junit.xml, report.md, cases/N.case for tokens too long for a command line, and cases/N.vcd for what went over a bus.</summary>
/// <remarks>
/// A file appears whole or not at all: it is written under another name beside its place, then moved over what was there. What a killed run left under such
/// names is removed before the next one.
/// </remarks>
public static class ReportFolder
{
    private const string Cases = "cases";
    private const string DumpExtension = ".vcd";
    private const string Probe = ".write-probe";
    private static readonly string[] Names = ["report.md", "junit.xml", "report.json"];

    /// <summary>Makes the folder, before a run whose report could otherwise not be written.</summary>
    /// <exception cref="IOException">There is a file of that name, or the folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made or written.</exception>
    public static void Prepare(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(folder))
        {
            throw new IOException("it is a file");
        }

        Directory.CreateDirectory(folder);
        RemoveLeavings(folder);
        string probe = Path.Combine(folder, Probe + WholeFile.Beside);
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
    }

    /// <summary>Writes all files of a report; report.json comes last.</summary>
    public static void Write(string folder, RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Prepare(folder);
        foreach (ReportedFailure failure in report.Failures.Where(f => f.CaseFile is not null))
        {
            Directory.CreateDirectory(Path.Combine(folder, Cases));
            WholeFile.Write(Path.Combine(folder, failure.CaseFile!), file => file.Write(Encoding.UTF8.GetBytes(CaseFile.ToText(failure))));
        }

        RemoveDumps(folder);
        foreach (ReportedFailure failure in report.Failures.Where(f => f.DumpFile is not null))
        {
            Directory.CreateDirectory(Path.Combine(folder, Cases));
            WholeFile.Write(Path.Combine(folder, failure.DumpFile!), file => file.Write(failure.Failure.BusDump!.Vcd.Span));
        }

        WholeFile.Write(Path.Combine(folder, "report.md"), file => MarkdownReport.Write(report, file));
        WholeFile.Write(Path.Combine(folder, "junit.xml"), file => JUnitReport.Write(report, file));
        WholeFile.Write(Path.Combine(folder, "report.json"), file => JsonReport.Write(report, file));
    }

    // The waves of an earlier run's failure of the same number would be taken for this one's.
    private static void RemoveDumps(string folder)
    {
        string cases = Path.Combine(folder, Cases);
        foreach (string dump in Directory.Exists(cases) ? Directory.EnumerateFiles(cases, "*" + DumpExtension) : [])
        {
            if (Path.GetFileNameWithoutExtension(dump).All(char.IsAsciiDigit))
            {
                File.Delete(dump);
            }
        }
    }

    private static void RemoveLeavings(string folder)
    {
        foreach (string name in Names.Append(Probe))
        {
            File.Delete(Path.Combine(folder, name + WholeFile.Beside));
        }

        WholeFile.RemoveLeavings(Path.Combine(folder, Cases), CaseFile.Extension);
        WholeFile.RemoveLeavings(Path.Combine(folder, Cases), DumpExtension);
    }
}
