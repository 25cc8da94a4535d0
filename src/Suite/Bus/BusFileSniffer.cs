using System.Text;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>Tells the form of a file by its first bytes; names and extensions do not count.</summary>
public static class BusFileSniffer
{
    /// <summary>Bytes of the beginning that suffice.</summary>
    public const int HeadBytes = 1 << 16;

    private static readonly string[] YamlKeys = ["schema:", "bus:", "transactions:", "timing:", "---", "%YAML", "\"schema\"", "'schema'"];

    /// <summary>The form of a file that begins with <paramref name="head"/>.</summary>
    /// <exception cref="AxiTraceException">It is none that is known; the message lists those that are.</exception>
    public static BusFileFormat Sniff(ReadOnlySpan<byte> head)
    {
        // FST, as DumpFile knows it.
        if (head is [0 or 254, ..])
        {
            return BusFileFormat.Vcd;
        }

        string first = FirstLine(Encoding.Latin1.GetString(head[..Math.Min(head.Length, HeadBytes)]));
        return first.StartsWith('$') ? BusFileFormat.Vcd
            : first.StartsWith('{') ? BusFileFormat.Json
            : first.StartsWith("spanker-axi-trace/", StringComparison.Ordinal) ? BusFileFormat.Text
            : YamlKeys.Any(key => first.StartsWith(key, StringComparison.Ordinal)) ? BusFileFormat.Yaml
            : throw new AxiTraceException(
                string.Empty,
                $"no trace: it begins with {Quote(first)}; expected a dump (VCD: $date, $timescale, ..; or FST), golden text ({AxiTraceText.Schema}), or a trace as JSON ({{) or YAML (schema: ..)");
    }

    // Empty lines, and those for people, say nothing; a number sign begins no header of a dump.
    private static string FirstLine(string head) =>
        head.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && line[0] != '#') ?? head[..Math.Min(head.Length, 1)];

    private static string Quote(string line)
    {
        const int Shown = 40;
        return $"'{Reports.PrintableText.Of(line[..Math.Min(line.Length, Shown)])}'{(line.Length > Shown ? " .." : string.Empty)}";
    }
}
