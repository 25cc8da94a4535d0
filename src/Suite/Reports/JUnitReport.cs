using System.Globalization;
using System.Text;
using System.Xml;

namespace Spanker.Conformance.Suite.Reports;

/// <summary>junit.xml: a test suite a device, a test case a clause, and a last suite for the device that must fail.</summary>
/// <remarks>
/// deviates is a failure, inconclusive an error; not-supported, not-applicable and not-exercised are skipped, each with its reason.
/// A device that was not judged to the end has one test case more, <c>judged to the end</c>, with an error, so that what was cut off does not look like a pass.
/// The file says nothing of time and place, so it is the same for the same seed, device and version.
/// </remarks>
public static class JUnitReport
{
    private static readonly XmlWriterSettings Layout = new()
    {
        Indent = true,
        NewLineChars = "\n",
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CloseOutput = false,
    };

    /// <summary>Writes the report.</summary>
    public static void Write(RunReport report, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(destination);
        using (XmlWriter xml = XmlWriter.Create(destination, Layout))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "spanker-conformance");
            foreach (DeviceResult device in report.Result.Devices)
            {
                WriteDevice(report, device, xml);
            }

            WriteCanary(report, xml);
            xml.WriteEndElement();
            xml.WriteEndDocument();
        }

        destination.WriteByte((byte)'\n');
    }

    private static void WriteDevice(RunReport report, DeviceResult device, XmlWriter xml)
    {
        int cutOff = device.IsComplete ? 0 : 1;
        int deviating = device.Requirements.Count(r => r.Outcome == Outcome.Deviates);
        int inconclusive = device.Requirements.Count(r => r.Outcome == Outcome.Inconclusive);
        int conforming = device.Requirements.Count(r => r.Outcome == Outcome.Conforms);
        StartSuite(
            xml,
            device.Spec,
            tests: device.Requirements.Count + cutOff,
            failures: deviating,
            errors: inconclusive + cutOff,
            skipped: device.Requirements.Count - deviating - inconclusive - conforming);
        xml.WriteStartElement("properties");
        Property(xml, "tool.version", RunReport.ToolVersion);
        Property(xml, "seed", report.Result.Options.Plan.Seed.ToString(CultureInfo.InvariantCulture));
        Property(xml, "profile", report.Result.Options.Plan.Profile.ToString().ToLowerInvariant());
        Property(xml, "device.name", device.Name);
        Property(xml, "device.outcome", device.Outcome.ToReportName());
        Property(xml, "device.claimed_class", device.ClaimedClass);
        Property(xml, "device.met_class", device.MetClass ?? "none tried");
        xml.WriteEndElement();
        foreach (RequirementResult requirement in device.Requirements)
        {
            StartCase(xml, device.Spec, requirement.Requirement.Id);
            WriteOutcome(report, device, requirement, xml);
            xml.WriteEndElement();
        }

        if (!device.IsComplete)
        {
            StartCase(xml, device.Spec, "judged to the end");
            Element(xml, "error", "the run was cut off before all cases were tried", string.Empty);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteOutcome(RunReport report, DeviceResult device, RequirementResult requirement, XmlWriter xml)
    {
        switch (requirement.Outcome)
        {
            case Outcome.Conforms:
                break;
            case Outcome.Deviates:
                Failure? failure = device.Failures.FirstOrDefault(f => f.Clause == requirement.Requirement.Id);
                Element(xml, "failure", failure?.Deviation.Message ?? "deviates", failure is null ? string.Empty : Explain(report.Of(failure)));
                break;
            case Outcome.Inconclusive:
                Element(xml, "error", requirement.Reason, string.Empty);
                break;
            default:
                Element(xml, "skipped", $"{requirement.Outcome.ToReportName()}: {requirement.Reason}", string.Empty);
                break;
        }
    }

    private static string Explain(ReportedFailure reported)
    {
        Failure failure = reported.Failure;
        List<string> lines =
        [
            $"expected: {failure.Deviation.Expected}",
            $"actual: {failure.Deviation.Actual}",
            $"shape: {failure.Case.ShapeText}",
            .. failure.Where.Length > 0 ? [$"where: {failure.Where}"] : Array.Empty<string>(),
            .. failure.Deviation.Neighbourhood,
            $"replay: {reported.ReplayLine}",
        ];
        return string.Join('\n', lines.Select(PrintableText.Of));
    }

    private static void WriteCanary(RunReport report, XmlWriter xml)
    {
        bool wasCaught = report.Result.Canary is { WasCaught: true };
        StartSuite(xml, "canary", tests: 1, failures: 0, errors: wasCaught ? 0 : 1, skipped: 0);
        StartCase(xml, "canary", "a device that must fail is caught");
        if (!wasCaught)
        {
            Element(xml, "error", report.CanaryText, string.Empty);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void StartSuite(XmlWriter xml, string name, int tests, int failures, int errors, int skipped)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", PrintableText.Of(name));
        (string Name, int Value)[] counts = [("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped)];
        foreach ((string count, int value) in counts)
        {
            xml.WriteAttributeString(count, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void StartCase(XmlWriter xml, string suite, string name)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", PrintableText.Of(suite));
        xml.WriteAttributeString("name", name);
    }

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", PrintableText.Of(value));
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string message, string text)
    {
        xml.WriteStartElement(name);
        xml.WriteAttributeString("message", PrintableText.Of(message));
        if (text.Length > 0)
        {
            xml.WriteString(text);
        }

        xml.WriteEndElement();
    }
}
