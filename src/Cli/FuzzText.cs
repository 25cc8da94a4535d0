using System.Globalization;
using System.Text;
using System.Text.Json;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli;

/// <summary>What a search says: to people line by line, to scripts as JSON.</summary>
/// <param name="options">What was searched.</param>
/// <param name="output">Where the lines go.</param>
internal sealed class FuzzText(FuzzOptions options, TextWriter output)
{
    // A longer token is printed as the file that holds it, if there is one.
    private const int MostTokenLetters = 400;

    /// <summary>The line before the search.</summary>
    public void WriteBeginning()
    {
        string held = options.ClassName is null ? string.Empty : $", held to class {options.ClassName}";
        Write($"fuzzing {options.Device.Spec}{held}: seed {options.Seed}, {options.TimeLimit.TotalSeconds:0.###} s, {options.Threads} threads, clauses {options.Filter.Text}");
    }

    /// <summary>A finding.</summary>
    public void WriteFinding(FuzzFinding finding, int number)
    {
        ArgumentNullException.ThrowIfNull(finding);
        string by = finding.CaseNumber is ulong number64 ? string.Create(CultureInfo.InvariantCulture, $"case {number64}") : "the corpus";
        Write($"finding {number}, from {by}: {finding.Clause} {finding.Deviation.Message}");
        Write($"  shape {finding.Case.ShapeText}{(finding.Where.Length > 0 ? "; " + finding.Where : string.Empty)}");
        foreach (string line in finding.Deviation.Neighbourhood)
        {
            Write($"    {line}");
        }

        if (finding.File is not null)
        {
            Write($"  kept in {finding.File}");
        }

        string token = CaseToken.WithDevice(finding.Case, options.Device.Spec);
        string what = finding.File is not null && token.Length > MostTokenLetters ? finding.File : token;
        Write($"  replay: spanker-conformance replay {Shell(what)}");
    }

    /// <summary>The line after the search.</summary>
    public void WriteEnd(FuzzResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string corpus = options.Corpus is null ? string.Empty : $", {result.Replayed} of the corpus before them ({result.Skipped} of no use here)";
        string found = result.Findings.Count == 0 ? "nothing found" : $"{result.Findings.Count} findings in {result.Broken} failures";
        Write($"{result.Cases} cases in {result.Elapsed.TotalSeconds:0.0} s ({Rate(result):0} a second){corpus}: {found}{(result.IsComplete ? string.Empty : "; incomplete")}");
    }

    /// <summary>What kept the search from a verdict, in a line; null if nothing did.</summary>
    public static string? Complaint(FuzzResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.ExitCode != ExitCodes.NotJudged)
        {
            return null;
        }

        if (result.IsComplete && result.Failures.Count > 0)
        {
            FuzzFailure first = result.Failures[0];
            string more = result.Failures.Count == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" and {result.Failures.Count - 1} more");
            return $"could not judge {first.Case.Token}{more}: {InputText.OneLine(first.Reason)}";
        }

        return !result.IsComplete
            ? "broken off before its time; what was found by then stands"
            : result.Cases + (ulong)result.Replayed == 0 ? "nothing to search: no clause that the filter selects can be judged on this device" : null;
    }

    /// <summary>The result as one JSON object.</summary>
    public string ToJson(FuzzResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("device", options.Device.Spec);
            json.WriteString("class", options.ClassName);
            json.WriteString("seed", options.Seed.ToString(CultureInfo.InvariantCulture));
            json.WriteBoolean("complete", result.IsComplete);
            json.WriteString("cases", result.Cases.ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("seconds", Math.Round(result.Elapsed.TotalSeconds, 3));
            json.WriteNumber("cases_per_second", Math.Round(Rate(result), 1));
            json.WriteNumber("replayed", result.Replayed);
            json.WriteNumber("skipped", result.Skipped);
            json.WriteString("broken", result.Broken.ToString(CultureInfo.InvariantCulture));
            json.WriteStartArray("findings");
            foreach (FuzzFinding finding in result.Findings)
            {
                WriteFinding(json, finding);
            }

            json.WriteEndArray();
            json.WriteStartArray("not_judged");
            foreach (FuzzFailure failure in result.Failures)
            {
                json.WriteStartObject();
                json.WriteString("token", failure.Case.Token);
                json.WriteString("reason", failure.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void WriteFinding(Utf8JsonWriter json, FuzzFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("requirement", finding.Clause);
        json.WriteString("token", CaseToken.WithDevice(finding.Case, options.Device.Spec));
        json.WriteString("message", finding.Deviation.Message);
        json.WriteString("shape", finding.Case.ShapeText);
        json.WriteString("where", finding.Where);
        json.WriteString("expected", finding.Deviation.Expected);
        json.WriteString("actual", finding.Deviation.Actual);
        json.WriteString("case", finding.CaseNumber?.ToString(CultureInfo.InvariantCulture));
        json.WriteString("file", finding.File);
        json.WriteEndObject();
    }

    private static double Rate(FuzzResult result) => result.Cases / Math.Max(result.Elapsed.TotalSeconds, 1e-3);

    private static string Shell(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || "-_.@:=,/+".Contains(c, StringComparison.Ordinal))
        ? text
        : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private void Write(FormattableString text) => output.WriteLine(FormattableString.Invariant(text));
}
