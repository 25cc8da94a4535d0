using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Suite.Reports;

/// <summary>report.json, schema spanker-report/1. Keys, their order and the spelling of values are stable (docs/formats.md).</summary>
public static class JsonReport
{
    /// <summary>The schema's name.</summary>
    public const string Schema = "spanker-report/1";

    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",

        // The file is no part of a web page: escaping + and < would only make bounds hard to read.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the report, in UTF-8 without a byte order mark, with a newline at the end.</summary>
    public static void Write(RunReport report, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(destination);
        using (Utf8JsonWriter json = new(destination, Layout))
        {
            Write(report, json);
        }

        destination.WriteByte((byte)'\n');
    }

    private static void Write(RunReport report, Utf8JsonWriter json)
    {
        RunResult result = report.Result;
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteStartObject("tool");
        json.WriteString("version", RunReport.ToolVersion);
        json.WriteEndObject();
        json.WriteString("seed", Text(result.Options.Plan.Seed));
        json.WriteString("profile", result.Options.Plan.Profile.ToString().ToLowerInvariant());
        json.WriteBoolean("complete", result.IsComplete);
        json.WriteStartArray("devices");
        foreach (DeviceResult device in result.Devices)
        {
            Write(report, device, json);
        }

        json.WriteEndArray();
        Write(report.Environment, json);
        json.WriteEndObject();
    }

    private static void Write(RunReport report, DeviceResult device, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("spec", PrintableText.Of(device.Spec));
        json.WriteString("name", PrintableText.Of(device.Name));
        json.WriteString("outcome", device.Outcome.ToReportName());
        json.WriteString("claimed_class", device.ClaimedClass);
        json.WriteString("met_class", device.MetClass);
        if (device.MetClass is null && device.WorstErrorOverBound == 0)
        {
            // No result was held against a bound: 0 would claim that all were perfect.
            json.WriteNull("worst_error_over_bound");
        }
        else if (double.IsFinite(device.WorstErrorOverBound))
        {
            json.WriteNumber("worst_error_over_bound", device.WorstErrorOverBound);
        }
        else
        {
            // JSON has no such number.
            json.WriteString("worst_error_over_bound", device.WorstErrorOverBound.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteStartArray("requirements");
        foreach (RequirementResult requirement in device.Requirements)
        {
            Write(requirement, json);
        }

        json.WriteEndArray();
        json.WriteStartArray("failures");
        foreach (Failure failure in device.Failures)
        {
            Write(report.Of(failure), json);
        }

        json.WriteEndArray();
        if (device.BusRules.Count > 0)
        {
            json.WriteStartArray("bus_rules");
            foreach (BusRuleCoverage rule in device.BusRules)
            {
                Write(rule, json);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(BusRuleCoverage rule, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Rule.Id);
        json.WriteString("outcome", AxiOutcomes.NameOf(rule.Outcome));
        json.WriteString("severity", rule.Rule.Severity.ToString().ToLowerInvariant());
        json.WriteNumber("armed", rule.Armed);
        json.WriteNumber("violated", rule.Violated);
        if (rule.Reason.Length > 0)
        {
            json.WriteString("reason", rule.Reason);
        }

        json.WriteEndObject();
    }

    private static void Write(RequirementResult requirement, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", requirement.Requirement.Id);
        json.WriteString("outcome", requirement.Outcome.ToReportName());
        json.WriteNumber("cases", requirement.Cases);
        json.WriteStartArray("reached");
        foreach (string edge in requirement.Reached)
        {
            json.WriteStringValue(PrintableText.Of(edge));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(ReportedFailure reported, Utf8JsonWriter json)
    {
        Failure failure = reported.Failure;
        json.WriteStartObject();
        json.WriteString("requirement", failure.Clause);
        json.WriteString("token", reported.Token);
        json.WriteString("message", PrintableText.Of(failure.Deviation.Message));
        if (failure.Case is MatmulCase { Shape: var shape })
        {
            json.WriteStartObject("shape");
            json.WriteString("m", Text(shape.M));
            json.WriteString("k", Text(shape.K));
            json.WriteString("n", Text(shape.N));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("shape");
        }

        json.WriteString("where", PrintableText.Of(failure.Where));
        json.WriteString("expected", PrintableText.Of(failure.Deviation.Expected));
        json.WriteString("actual", PrintableText.Of(failure.Deviation.Actual));
        json.WriteEndObject();
    }

    private static void Write(ReportEnvironment environment, Utf8JsonWriter json)
    {
        json.WriteStartObject("environment");
        json.WriteString("dotnet", environment.Dotnet);
        json.WriteString("os", environment.OperatingSystem);
        json.WriteString("architecture", environment.Architecture);
        json.WriteNumber("processor_count", environment.ProcessorCount);
        json.WriteNumber("threads", environment.Threads);
        json.WriteStartArray("hardware_paths");
        foreach (string path in environment.HardwarePaths)
        {
            json.WriteStringValue(path);
        }

        json.WriteEndArray();
        json.WriteString("hardware_note", ReportEnvironment.VectorNote);
        json.WriteString("start", environment.StartText);
        json.WriteNumber("duration_seconds", Math.Round(environment.Duration.TotalSeconds, digits: 3));
        json.WriteEndObject();
    }

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
