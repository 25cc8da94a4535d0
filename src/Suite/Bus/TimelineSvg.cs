using System.Globalization;
using System.Text;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Reports;
using static Spanker.Conformance.Suite.Reports.SvgPicture;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>
/// The timelines of interfaces as one SVG picture: a lane a channel, in which a stretch of time is a column of transfer, stall and starve, and a lane a
/// direction with what is outstanding. It needs nothing but itself, and the same metrics give the same bytes.
/// </summary>
/// <remarks>
/// <code>
/// legend
/// name of an interface
///   AW  ▁▂▅▂▁     columns: cycles of each use / cycles of the stretch
///   ..
///   writes ▂▃▂    area: average outstanding; line: most
///   0 ... cycles
/// </code>
/// A trace has at most <see cref="AxiMeter.MostBuckets"/> stretches, and at most <see cref="MostInterfaces"/> interfaces are drawn, so the size is bounded.
/// </remarks>
public static class TimelineSvg
{
    /// <summary>The most interfaces that are drawn; a line says how many more there are.</summary>
    public const int MostInterfaces = 16;

    private const double Left = 160;
    private const double PlotWidth = 960;
    private const double Width = Left + PlotWidth + 24;
    private const double LaneHeight = 30;
    private const double LaneStep = 36;

    private static readonly (string Name, string Color)[] Uses = [("transfer", "#2c6fbb"), ("stall", "#d9822b"), ("starve", "#e6c229"), ("in reset", "#9a9a9a")];

    /// <summary>Draws the interfaces in their order.</summary>
    public static string Draw(IReadOnlyList<BusMetrics> interfaces)
    {
        ArgumentNullException.ThrowIfNull(interfaces);
        SvgPicture svg = new();
        double y = 24;
        DrawLegend(svg, y);
        y += 20;
        foreach (BusMetrics each in interfaces.Take(MostInterfaces))
        {
            y = DrawInterface(svg, each, y + 14);
        }

        if (interfaces.Count > MostInterfaces)
        {
            svg.Text(12, y + 18, $"and {interfaces.Count - MostInterfaces} interfaces more");
            y += 24;
        }

        return svg.Framed(Width, y + 12, $"AXI4 timelines of {string.Join(", ", interfaces.Take(MostInterfaces).Select(each => each.Interface.Name))}");
    }

    private static double DrawInterface(SvgPicture svg, BusMetrics each, double y)
    {
        AxiMetrics metrics = each.Metrics;
        svg.Text(12, y + 14, string.Create(CultureInfo.InvariantCulture, $"{each.Interface.Name}: {metrics.Cycles} cycles, {metrics.ActiveCycles} active; a column is {metrics.BucketCycles}"));
        y += 24;
        double top = y;
        foreach (AxiChannelUse use in metrics.Channels)
        {
            DrawChannel(svg, metrics, use, y);
            y += LaneStep;
        }

        foreach (AxiDirectionMetrics direction in metrics.Directions)
        {
            DrawOutstanding(svg, metrics, direction, y);
            y += LaneStep;
        }

        DrawGaps(svg, metrics, top, y - LaneStep + LaneHeight);
        DrawAxis(svg, metrics, y);
        return y + 18;
    }

    private static void DrawChannel(SvgPicture svg, AxiMetrics metrics, AxiChannelUse use, double y)
    {
        svg.Line($"<g><title>{NameOf(use.Channel)}: {use.Transfer} transfer, {use.Stall} stall, {use.Starve} starve, {use.Idle} idle</title>");
        svg.Line($"<rect x=\"{Number(Left)}\" y=\"{Number(y)}\" width=\"{Number(PlotWidth)}\" height=\"{Number(LaneHeight)}\" fill=\"#f3f3f3\"/>");
        svg.Text(12, y + 19, FormattableString.Invariant($"{NameOf(use.Channel),-3} {100 * metrics.PerCycle(use.Transfer),5:0.0} % moving"));
        int count = metrics.Buckets.Count;
        double[] floor = new double[count];
        for (int kind = 0; kind < Uses.Length; kind++)
        {
            StringBuilder path = new();
            for (int bucket = 0; bucket < count;)
            {
                (double low, double high) = (floor[bucket], floor[bucket] + Share(metrics, bucket, use.Channel, kind));
                int end = bucket + 1;
                while (end < count && floor[end] == low && floor[end] + Share(metrics, end, use.Channel, kind) == high)
                {
                    end++;
                }

                if (high > low)
                {
                    _ = path.Append(CultureInfo.InvariantCulture, $"M{Number(X(metrics, bucket))} {Number(y + (LaneHeight * (1 - low)))}V{Number(y + (LaneHeight * (1 - high)))}H{Number(X(metrics, end))}V{Number(y + (LaneHeight * (1 - low)))}z");
                }

                floor.AsSpan(bucket, end - bucket).Fill(high);
                bucket = end;
            }

            if (path.Length > 0)
            {
                svg.Line($"<path fill=\"{Uses[kind].Color}\" d=\"{path}\"/>");
            }
        }

        svg.Line($"</g>");
    }

    private static double Share(AxiMetrics metrics, int bucket, AxiChannel channel, int kind)
    {
        AxiTimeBucket counts = metrics.Buckets[bucket];
        AxiChannelUse use = counts.Channels[(int)channel];
        long cycles = CyclesOf(metrics, bucket);
        long part = kind switch
        {
            0 => use.Transfer,
            1 => use.Stall,
            2 => use.Starve,
            _ => cycles - counts.ActiveCycles,
        };
        return (double)part / cycles;
    }

    private static void DrawOutstanding(SvgPicture svg, AxiMetrics metrics, AxiDirectionMetrics direction, double y)
    {
        string name = direction.IsRead ? "reads" : "writes";
        svg.Line($"<g><title>{name} outstanding: {direction.MaxOutstanding} at most, {metrics.PerCycle(direction.OutstandingCycles):0.00} on average</title>");
        svg.Line($"<rect x=\"{Number(Left)}\" y=\"{Number(y)}\" width=\"{Number(PlotWidth)}\" height=\"{Number(LaneHeight)}\" fill=\"#f3f3f3\"/>");
        svg.Text(12, y + 19, FormattableString.Invariant($"{name,-6} {direction.MaxOutstanding,4} at most"));
        double scale = LaneHeight / Math.Max(1, direction.MaxOutstanding);
        double bottom = y + LaneHeight;
        StringBuilder area = new(), line = new();
        _ = area.Append(CultureInfo.InvariantCulture, $"M{Number(Left)} {Number(bottom)}");
        double lastArea = double.NaN, lastLine = double.NaN;
        for (int bucket = 0; bucket < metrics.Buckets.Count; bucket++)
        {
            AxiTimeBucket counts = metrics.Buckets[bucket];
            double average = (double)(direction.IsRead ? counts.ReadCycles : counts.WriteCycles) / Math.Max(1, counts.ActiveCycles);
            AppendStep(area, "L", X(metrics, bucket), bottom - (scale * average), ref lastArea);
            AppendStep(line, line.Length == 0 ? "M" : "L", X(metrics, bucket), bottom - (scale * (direction.IsRead ? counts.MaxReads : counts.MaxWrites)), ref lastLine);
        }

        if (metrics.Buckets.Count > 0)
        {
            double right = X(metrics, metrics.Buckets.Count);
            svg.Line($"<path fill=\"#8fb8de\" d=\"{area}H{Number(right)}V{Number(bottom)}z\"/>");
            svg.Line($"<path fill=\"none\" stroke=\"#1b4f8a\" d=\"{line}H{Number(right)}\"/>");
        }

        svg.Line($"</g>");
    }

    /// <summary>One more step of a staircase; a step of the height before it adds nothing.</summary>
    private static void AppendStep(StringBuilder path, string command, double x, double y, ref double last)
    {
        if (y == last)
        {
            return;
        }

        _ = double.IsNaN(last)
            ? path.Append(CultureInfo.InvariantCulture, $"{command}{Number(x)} {Number(y)}")
            : path.Append(CultureInfo.InvariantCulture, $"H{Number(x)}V{Number(y)}");
        last = y;
    }

    private static void DrawGaps(SvgPicture svg, AxiMetrics metrics, double top, double bottom)
    {
        StringBuilder path = new();
        for (int bucket = 0; bucket < metrics.Buckets.Count; bucket++)
        {
            if (metrics.Buckets[bucket].HasGap)
            {
                _ = path.Append(CultureInfo.InvariantCulture, $"M{Number(X(metrics, bucket))} {Number(top)}V{Number(bottom)}");
            }
        }

        if (path.Length > 0)
        {
            svg.Line($"<g><title>cycles are missing here</title><path stroke=\"#c02020\" stroke-dasharray=\"3 3\" d=\"{path}\"/></g>");
        }
    }

    private static void DrawAxis(SvgPicture svg, AxiMetrics metrics, double y)
    {
        for (int quarter = 0; quarter <= 4; quarter++)
        {
            string anchor = quarter == 0 ? "start" : quarter == 4 ? "end" : "middle";
            long cycle = metrics.Cycles / 4 * quarter + (metrics.Cycles % 4 * quarter / 4);
            svg.Line($"<text x=\"{Number(Left + (PlotWidth * quarter / 4))}\" y=\"{Number(y + 8)}\" text-anchor=\"{anchor}\" fill=\"{Ink}\" font-size=\"10\">{cycle}</text>");
        }
    }

    private static void DrawLegend(SvgPicture svg, double y)
    {
        double x = Left;
        foreach ((string name, string color) in Uses.Append(("idle", "#f3f3f3")).Append(("outstanding, average", "#8fb8de")))
        {
            svg.Line($"<rect x=\"{Number(x)}\" y=\"{Number(y - 10)}\" width=\"12\" height=\"12\" fill=\"{color}\" stroke=\"#888888\" stroke-width=\"0.5\"/>");
            svg.Text(x + 17, y, name);
            x += 40 + (name.Length * 8);
        }
    }

    // Columns by cycles and not by number, since the last may stand for fewer.
    private static double X(AxiMetrics metrics, int bucket) =>
        Left + (PlotWidth * Math.Min((double)bucket * metrics.BucketCycles, metrics.Cycles) / Math.Max(1, metrics.Cycles));

    private static long CyclesOf(AxiMetrics metrics, int bucket) => Math.Min(metrics.BucketCycles, metrics.Cycles - (bucket * metrics.BucketCycles));

    private static string NameOf(AxiChannel channel) => channel switch
    {
        AxiChannel.WriteAddress => "AW",
        AxiChannel.WriteData => "W",
        AxiChannel.WriteResponse => "B",
        AxiChannel.ReadAddress => "AR",
        _ => "R",
    };
}
