using System.Text;
using System.Text.Json;

namespace Spanker.Conformance.Axi4;

/// <summary>The cycles of a trace in a file of their own, beside a trace that holds meaning alone.</summary>
/// <remarks>
/// <code>
/// { "schema": "spanker-axi-timing/1", "timing": [ { "request", "address", "answer", "last", "beats": [ [offered, cycle], .. ] } ] }
/// </code>
/// </remarks>
public static class AxiTimingJson
{
    /// <summary>The name and version of the form.</summary>
    public const string Schema = "spanker-axi-timing/1";

    /// <summary>The cycles as UTF-8 with LF and a final newline.</summary>
    public static void Write(IReadOnlyList<AxiTransactionTiming> timing, Stream output)
    {
        ArgumentNullException.ThrowIfNull(timing);
        ArgumentNullException.ThrowIfNull(output);
        using (Utf8JsonWriter json = new(output, AxiTraceJsonWriter.Layout))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            AxiTraceJsonWriter.WriteTiming(json, timing);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>The cycles as text.</summary>
    public static string Print(IReadOnlyList<AxiTransactionTiming> timing)
    {
        using MemoryStream bytes = new();
        Write(timing, bytes);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Reads the cycles.</summary>
    /// <exception cref="AxiTraceException">It is no such document.</exception>
    public static IReadOnlyList<AxiTransactionTiming> Parse(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = AxiTraceJsonReader.Open(utf8);
        JsonMembers root = new(document.RootElement, "schema", "timing");
        AxiTraceJsonReader.CheckSchema(root, Schema);
        return AxiTraceJsonReader.ReadTiming(root);
    }

    /// <summary>Reads the cycles.</summary>
    /// <exception cref="AxiTraceException">It is no such document.</exception>
    public static IReadOnlyList<AxiTransactionTiming> Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));
}
