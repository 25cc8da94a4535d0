using System.Text;
using System.Text.Json;

namespace Spanker.Conformance.Axi4;

/// <summary>A trace as JSON, from which another bench can replay it: stimulus, what is expected back, and the cycles if they are known.</summary>
/// <remarks>
/// <code>
/// { "schema": "spanker-axi-trace/1",
///   "bus": { "data_bits", "address_bits", "id_bits" },
///   "transactions": [
///     { "kind": "W", "id", "addr", "len", "size", "burst", attributes that are not 0, "gap", "after",
///       "beats": [ { "data", "strb", "last" where it is not as it should be } ],
///       "expect": { "resp" } },
///     { "kind": "R", .., "expect": { "beats": [ { "data", "mask", "resp", "last" } ] } } ],
///   "timing": [ { "request", "address", "answer", "last", "beats": [ [offered, cycle], .. ] } ] }
/// </code>
/// Hex has as many digits as the bus has bits, most significant first. Printing and parsing are inverse.
/// </remarks>
public static class AxiTraceJson
{
    /// <summary>The name and version of the form.</summary>
    public const string Schema = "spanker-axi-trace/1";

    /// <summary>The trace as UTF-8 with LF and a final newline.</summary>
    /// <exception cref="AxiTraceException">Of a transaction only the digest is known.</exception>
    public static void Write(AxiTrace trace, Stream output)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(output);
        AxiTraceJsonWriter.Write(trace, output);
    }

    /// <summary>The trace as text.</summary>
    /// <exception cref="AxiTraceException">Of a transaction only the digest is known.</exception>
    public static string Print(AxiTrace trace)
    {
        using MemoryStream bytes = new();
        Write(trace, bytes);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Reads a trace; nothing is overlooked and nothing is guessed.</summary>
    /// <exception cref="AxiTraceException">It is no such document, or larger than <see cref="AxiTraceLimits"/> say.</exception>
    public static AxiTrace Parse(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = AxiTraceJsonReader.Open(utf8);
        return AxiTraceJsonReader.Read(document.RootElement);
    }

    /// <summary>Reads a trace.</summary>
    /// <exception cref="AxiTraceException">It is no such document, or larger than <see cref="AxiTraceLimits"/> say.</exception>
    public static AxiTrace Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));
}
