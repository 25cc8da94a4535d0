using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>The reports keep to the format that scripts rely on (docs/formats.md).</summary>
public sealed class ReportFormatTests : IDisposable
{
    // As the product's interface lists them.
    private static readonly string[] ReportKeys = ["schema", "tool", "seed", "profile", "complete", "devices", "environment"];

    private static readonly string[] BusRuleKeys = ["id", "outcome", "severity", "armed", "violated"];

    private static readonly string[] DeviceKeys =
        ["spec", "name", "outcome", "claimed_class", "met_class", "worst_error_over_bound", "requirements", "failures"];

    private static readonly string[] RequirementKeys = ["id", "outcome", "cases", "reached"];

    private static readonly string[] FailureKeys = ["requirement", "token", "message", "shape", "where", "expected", "actual"];

    private static readonly string[] ShapeKeys = ["m", "k", "n"];

    private static readonly string[] Outcomes = ["conforms", "deviates", "not-supported", "inconclusive", "not-exercised", "not-applicable"];

    private readonly TemporaryFolder folder = new();
    private readonly ReportFiles reports;
    private readonly JsonElement json;

    public ReportFormatTests()
    {
        CliCall.Of(
            "run", "--device", "fault:overflow-accepted", "--device", "mock", "--device", "fault:fold-reversed", "--filter", "MM-5,COL-7", "--seed", "0xffffffffffffffff", "--report", folder.Path);
        reports = ReportFiles.Read(folder.Path);
        json = JsonDocument.Parse(reports.Json).RootElement;
    }

    private IEnumerable<JsonElement> Devices => json.GetProperty("devices").EnumerateArray();

    private IEnumerable<JsonElement> Failures => Devices.SelectMany(d => d.GetProperty("failures").EnumerateArray());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Report_keys_stand_in_their_order() => Assert.Equal(ReportKeys, KeysOf(json));

    [Fact]
    public void Device_keys_stand_in_their_order() =>
        Assert.All(Devices, device => Assert.Equal(HasBus(device) ? [.. DeviceKeys, "bus_rules"] : DeviceKeys, KeysOf(device)));

    [Fact]
    public void Rules_of_a_bus_have_their_keys_in_order_and_all_rules_are_there() => Assert.All(Devices.Where(HasBus), device =>
    {
        JsonElement[] rules = [.. device.GetProperty("bus_rules").EnumerateArray()];
        Assert.Equal(129, rules.Length);
        Assert.All(rules, rule => Assert.Equal(BusRuleKeys, KeysOf(rule).Take(BusRuleKeys.Length)));
    });

    [Fact]
    public void Requirement_keys_stand_in_their_order() =>
        Assert.All(Devices.SelectMany(d => d.GetProperty("requirements").EnumerateArray()), r => Assert.Equal(RequirementKeys, KeysOf(r)));

    [Fact]
    public void Failure_keys_stand_in_their_order()
    {
        Assert.NotEmpty(Failures);
        Assert.All(Failures, failure => Assert.Equal(FailureKeys, KeysOf(failure)));
    }

    [Fact]
    public void A_matmul_failure_has_its_shape_as_strings_and_a_collective_one_has_none()
    {
        JsonElement overflow = Assert.Single(Failures, f => f.GetProperty("requirement").GetString() == "MM-5").GetProperty("shape");
        Assert.Equal(ShapeKeys, KeysOf(overflow));
        Assert.Equal("1152921504606846976", overflow.GetProperty("m").GetString());
        Assert.Equal(JsonValueKind.Null, Assert.Single(Failures, f => f.GetProperty("requirement").GetString() == "COL-7").GetProperty("shape").ValueKind);
    }

    [Fact]
    public void The_seed_is_a_string_of_all_its_digits() => Assert.Equal("18446744073709551615", json.GetProperty("seed").GetString());

    [Fact]
    public void A_binary32_value_stands_as_its_bits_beside_a_decimal()
    {
        string expected = Assert.Single(Failures, f => f.GetProperty("requirement").GetString() == "COL-7").GetProperty("expected").GetString()!;
        float value = BitConverter.UInt32BitsToSingle(uint.Parse(expected.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        Assert.Equal($" ({value.ToString("R", CultureInfo.InvariantCulture)})", expected[8..]);
    }

    [Fact]
    public void Outcomes_are_spelled_as_the_interface_spells_them() => Assert.All(
        Devices.Concat(Devices.SelectMany(d => d.GetProperty("requirements").EnumerateArray())),
        element => Assert.Contains(element.GetProperty("outcome").GetString(), Outcomes));

    [Fact]
    public void Every_device_reports_every_clause() => Assert.All(
        Devices,
        device => Assert.Equal(
            CliCall.Of("list", "requirements").Lines.Select(line => line.Split(' ')[0]),
            device.GetProperty("requirements").EnumerateArray().Select(r => r.GetProperty("id").GetString()!)));

    [Theory]
    [InlineData("report.json")]
    [InlineData("junit.xml")]
    [InlineData("report.md")]
    public void A_report_is_utf8_without_a_mark_and_ends_its_last_line(string name)
    {
        byte[] bytes = File.ReadAllBytes(folder.File(name));
        Assert.NotEqual(0xEF, bytes[0]);
        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.DoesNotContain((byte)'\r', bytes);
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
    }

    [Fact]
    public void No_half_written_file_is_left() => Assert.Equal(3, Directory.GetFileSystemEntries(folder.Path).Length);

    [Fact]
    public void Junit_counts_are_those_of_its_cases() => Assert.All(
        XDocument.Parse(reports.JUnit).Root!.Elements("testsuite"),
        suite => Assert.Equal(
            (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value, suite.Attribute("skipped")!.Value),
            (Count(suite.Elements("testcase")), Count(suite.Descendants("failure")), Count(suite.Descendants("error")), Count(suite.Descendants("skipped")))));

    [Fact]
    public void Junit_and_json_agree_on_every_clause()
    {
        XElement[] suites = [.. XDocument.Parse(reports.JUnit).Root!.Elements("testsuite")];
        Assert.All(Devices.Zip(suites), pair => Assert.Equal(
            pair.First.GetProperty("requirements").EnumerateArray().Where(r => r.GetProperty("outcome").GetString() == "deviates").Select(r => r.GetProperty("id").GetString()),
            pair.Second.Elements("testcase").Where(c => c.Element("failure") is not null).Select(c => c.Attribute("name")!.Value)));
    }

    [Fact]
    public void Markdown_marks_the_clauses_that_are_ours()
    {
        Assert.Contains("| MM-13\\* |", reports.Markdown, StringComparison.Ordinal);
        Assert.Contains("| MM-3 |", reports.Markdown, StringComparison.Ordinal);
    }

    private static string Count(IEnumerable<XElement> elements) => elements.Count().ToString(CultureInfo.InvariantCulture);

    private static string[] KeysOf(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    private static bool HasBus(JsonElement device) => device.GetProperty("requirements").EnumerateArray()
        .Single(requirement => requirement.GetProperty("id").GetString() == "AXI-1").GetProperty("outcome").GetString() != "not-applicable";
}
