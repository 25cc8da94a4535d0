using System.Globalization;
using System.Xml.Linq;
using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Axi4.Bench;
using Spanker.Conformance.Vcd.Discovery;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Dumps;

public sealed class TimelineSvgTests
{
    private static readonly AxiBusShape Shape = new(dataBits: 64, addressBits: 32, idBits: 3);

    [Property(MaxTest = 20)]
    public void A_picture_is_one_document_without_scripts_or_references_and_of_bounded_size(ulong seed, byte cycles)
    {
        AxiMeter meter = new(Shape);
        foreach (AxiCycle pins in new LegalTraffic(seed, new(Shape, Transactions: 30)).Cycles().Take(cycles % 3 == 0 ? cycles : int.MaxValue))
        {
            meter.Push(pins);
        }

        string svg = TimelineSvg.Draw([Named("tb.bus", meter.Measure())]);

        XElement root = XDocument.Parse(svg).Root!;
        Assert.Equal("svg", root.Name.LocalName);
        Assert.DoesNotContain(root.DescendantsAndSelf(), each => each.Name.LocalName is "script" or "image" or "use" or "style" or "a");
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), each => each.Name.LocalName is "href" or "src" || each.Value.Contains("url", StringComparison.Ordinal));
        Assert.InRange(svg.Length, 1, 256 << 10);
    }

    [Fact]
    public void The_same_metrics_give_the_same_bytes() => Assert.Equal(TimelineSvg.Draw([Named("a", Traffic())]), TimelineSvg.Draw([Named("a", Traffic())]));

    [Theory]
    [InlineData("tb.<b>&\"x\"", "tb.<b>&\"x\"")]
    [InlineData("tb.\u001b[31m", "tb.\\u001b[31m")]
    public void A_name_is_text_whatever_is_in_it(string name, string shown)
    {
        XElement root = XDocument.Parse(TimelineSvg.Draw([Named(name, Traffic())])).Root!;

        Assert.Contains(root.Descendants().Where(each => each.Name.LocalName == "text"), each => each.Value.StartsWith(shown + ":", StringComparison.Ordinal));
    }

    // Cycle 0 transfers, cycle 1 stalls, 2 and 3 are idle: quarters of the plot's 960 from 160 on, each column as high as its lane of 30.
    [Fact]
    public void A_column_stands_where_its_cycles_are_and_is_as_high_as_its_share()
    {
        AxiMeter meter = new(Shape);
        AxiCycle pins = default;
        (pins.Ar.Valid, pins.Ar.Ready) = (AxiBit.High, AxiBit.High);
        meter.Push(pins);
        pins.Ar.Ready = AxiBit.Low;
        meter.Push(pins);
        pins.Ar.Valid = AxiBit.Low;
        meter.Push(pins);
        meter.Push(pins);

        XElement lane = XDocument.Parse(TimelineSvg.Draw([Named("a", meter.Measure())])).Descendants()
            .Single(each => each.Name.LocalName == "g" && each.Value.StartsWith("AR: 1 transfer, 1 stall, 0 starve, 2 idle", StringComparison.Ordinal));

        double top = double.Parse(lane.Elements().Single(each => each.Name.LocalName == "rect").Attribute("y")!.Value, CultureInfo.InvariantCulture);
        string[] columns = [.. lane.Elements().Where(each => each.Name.LocalName == "path").Select(each => each.Attribute("d")!.Value)];
        Assert.Equal([FormattableString.Invariant($"M160 {top + 30}V{top}H400V{top + 30}z"), FormattableString.Invariant($"M400 {top + 30}V{top}H640V{top + 30}z")], columns);
    }

    [Fact]
    public void More_interfaces_than_are_drawn_are_counted()
    {
        BusMetrics[] many = [.. Enumerable.Range(0, 20).Select(i => Named($"bus{i}", new AxiMeter(Shape).Measure()))];

        string svg = TimelineSvg.Draw(many);

        Assert.Contains("and 4 interfaces more", svg, StringComparison.Ordinal);
        Assert.Contains(">bus15:", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("bus16", svg, StringComparison.Ordinal);
    }

    private static AxiMetrics Traffic()
    {
        AxiMeter meter = new(Shape);
        foreach (AxiCycle pins in new LegalTraffic(seed: 4, new(Shape, Transactions: 10)).Cycles())
        {
            meter.Push(pins);
        }

        return meter.Measure();
    }

    private static BusMetrics Named(string name, AxiMetrics metrics) =>
        new(new VcdInterface { Name = name, Kind = VcdInterfaceKind.Axi4, Scope = string.Empty, Ports = [] }, Shape, metrics, Incomplete: null);
}
