using System.Globalization;
using System.Text;
using System.Text.Json;
using Spanker.Conformance.Axi4;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>The JSON form of a trace as YAML: the same members in the same order, and the same faults.</summary>
public static class AxiTraceYaml
{
    private const int MostDepth = 16;

    /// <summary>The trace as YAML.</summary>
    /// <exception cref="AxiTraceException">Of a transaction only the digest is known.</exception>
    public static void Write(AxiTrace trace, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using MemoryStream json = new();
        AxiTraceJson.Write(trace, json);
        using JsonDocument document = JsonDocument.Parse(json.GetBuffer().AsMemory(0, (int)json.Length));
        YamlOfJson.Write(document.RootElement, output);
    }

    /// <summary>Reads a trace. Plain scalars are numbers, true, false and null as in JSON, or else strings; there are no anchors, aliases and tags.</summary>
    /// <exception cref="AxiTraceException">It is no such document, or larger than <see cref="AxiTraceLimits"/> say.</exception>
    public static AxiTrace Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > AxiTraceLimits.MostBytes)
        {
            throw new AxiTraceException(string.Empty, $"{utf8.Length} bytes; a trace of at most {AxiTraceLimits.MostBytes} bytes is read");
        }

        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            Convert(Encoding.UTF8.GetString(utf8), writer);
        }

        return AxiTraceJson.Parse(json.GetBuffer().AsMemory(0, (int)json.Length));
    }

    private static void Convert(string text, Utf8JsonWriter json)
    {
        Parser parser = new(new StringReader(text));
        try
        {
            _ = parser.Consume<StreamStart>();
            _ = parser.Consume<DocumentStart>();
            Node(parser, json, depth: 0);
            _ = parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
            {
                throw Fault(parser.Current!, "a second document; a file holds one trace");
            }
        }
        catch (YamlException wrong)
        {
            throw new AxiTraceException(PlaceOf(wrong.Start), $"no YAML: {Reports.PrintableText.Of(wrong.Message)}");
        }
        catch (InvalidOperationException)
        {
            // What the parser throws, instead of its own exception, where a line that is indented too little ends a collection in braces.
            throw new AxiTraceException(PlaceOf(parser.Current?.End ?? Mark.Empty), "no YAML: what begins here ends badly; expected a trace as 'axi convert' prints it");
        }
    }

    private static void Node(Parser parser, Utf8JsonWriter json, int depth)
    {
        ParsingEvent next = parser.Consume<ParsingEvent>();
        if (next is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
        {
            throw Fault(next, "an anchor or a tag; a trace has neither");
        }

        if (depth > MostDepth)
        {
            throw Fault(next, $"deeper than {MostDepth} levels; a trace is not");
        }

        switch (next)
        {
            case MappingStart:
                json.WriteStartObject();
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    json.WritePropertyName(Key(parser));
                    Node(parser, json, depth + 1);
                }

                json.WriteEndObject();
                break;
            case SequenceStart:
                json.WriteStartArray();
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    Node(parser, json, depth + 1);
                }

                json.WriteEndArray();
                break;
            case Scalar scalar:
                Value(scalar, json);
                break;
            default:
                throw Fault(next, "an alias; a trace has none");
        }
    }

    private static string Key(Parser parser)
    {
        ParsingEvent next = parser.Consume<ParsingEvent>();
        return next is Scalar { Anchor.IsEmpty: true, Tag.IsEmpty: true } key ? key.Value : throw Fault(next, "expected the name of a member");
    }

    private static void Value(Scalar scalar, Utf8JsonWriter json)
    {
        bool isPlain = scalar.Style == ScalarStyle.Plain;
        if (isPlain && long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            json.WriteNumberValue(number);
        }
        else if (isPlain && scalar.Value is "true" or "false")
        {
            json.WriteBooleanValue(scalar.Value == "true");
        }
        else if (isPlain && scalar.Value is "null" or "~" or "")
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStringValue(scalar.Value);
        }
    }

    private static AxiTraceException Fault(ParsingEvent at, string problem) => new(PlaceOf(at.Start), problem);

    private static string PlaceOf(Mark mark) => string.Create(CultureInfo.InvariantCulture, $"line {mark.Line}, column {mark.Column}");
}
