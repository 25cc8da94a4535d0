using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Spanker.Conformance.Axi4;

/// <summary>Writes traces as JSON; a beat is a line.</summary>
internal static class AxiTraceJsonWriter
{
    private const int FlushedBytes = 1 << 16;

    public static readonly JsonWriterOptions Layout = new() { Indented = true, IndentSize = 2, NewLine = "\n" };

    public static void Write(AxiTrace trace, Stream output)
    {
        using (Utf8JsonWriter json = new(output, Layout))
        {
            json.WriteStartObject();
            json.WriteString("schema", AxiTraceJson.Schema);
            json.WriteStartObject("bus");
            json.WriteNumber("data_bits", trace.Shape.DataBits);
            json.WriteNumber("address_bits", trace.Shape.AddressBits);
            json.WriteNumber("id_bits", trace.Shape.IdBits);
            json.WriteEndObject();
            json.WriteStartArray("transactions");
            for (int index = 0; index < trace.Transactions.Count; index++)
            {
                WriteTransaction(json, trace.Transactions[index], trace.Shape, index);
                FlushIfLarge(json);
            }

            json.WriteEndArray();
            if (trace.Timing is not null)
            {
                WriteTiming(json, trace.Timing);
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    public static void WriteTiming(Utf8JsonWriter json, IReadOnlyList<AxiTransactionTiming> timing)
    {
        json.WriteStartArray("timing");
        StringBuilder line = new();
        foreach (AxiTransactionTiming each in timing)
        {
            _ = line.Clear().Append("\n    ").Append(CultureInfo.InvariantCulture, $"{{ \"request\": {each.Request}, \"address\": {each.Address}, \"answer\": {each.Answer}, \"last\": {each.Last}, \"beats\": [");
            for (int beat = 0; beat < each.Beats.Count; beat++)
            {
                _ = line.Append(beat == 0 ? string.Empty : ", ").Append(CultureInfo.InvariantCulture, $"[{each.Beats[beat].Offered}, {each.Beats[beat].Cycle}]");
            }

            json.WriteRawValue(line.Append("] }").ToString());
            FlushIfLarge(json);
        }

        json.WriteEndArray();
    }

    private static void WriteTransaction(Utf8JsonWriter json, AxiTraceTransaction transaction, AxiBusShape shape, int index)
    {
        AxiTraceAddress address = transaction.Address;
        IReadOnlyList<AxiTraceBeat> beats = transaction.Beats ?? throw new AxiTraceException(
            $"transactions[{index}]", "only the digest of its data is known; JSON holds the data itself, as golden text with beat lines does");
        json.WriteStartObject();
        json.WriteString("kind", AxiTraceWords.KindOf(address.IsRead));
        json.WriteString("id", AxiTraceWords.Hex(address.Id, shape.IdBits));
        json.WriteString("addr", AxiTraceWords.Hex(address.Burst.Address, shape.AddressBits));
        json.WriteNumber("len", address.Burst.Beats - 1);
        json.WriteNumber("size", address.Burst.Size);
        json.WriteString("burst", AxiTraceWords.Bursts[(int)address.Burst.Kind]);
        WriteUnlessZero(json, "lock", address.Lock);
        WriteUnlessZero(json, "cache", address.Cache);
        WriteUnlessZero(json, "prot", address.Prot);
        WriteUnlessZero(json, "qos", address.Qos);
        WriteUnlessZero(json, "region", address.Region);
        if (address.User != 0)
        {
            json.WriteString("user", AxiTraceWords.Hex(address.User, bits: 64));
        }

        json.WriteNumber("gap", transaction.Gap);
        WriteAfter(json, transaction.After);
        if (address.IsRead)
        {
            json.WriteStartObject("expect");
            WriteBeats(json, beats, (beat, _) => ReadBeat(beat, shape));
        }
        else
        {
            WriteBeats(json, beats, (beat, isEnd) => WriteBeat(beat, isEnd, shape));
            json.WriteStartObject("expect");
            json.WriteString("resp", AxiTraceWords.Responses[(int)transaction.Response]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The writer would give each member a line of its own.
    private static void WriteBeats(Utf8JsonWriter json, IReadOnlyList<AxiTraceBeat> beats, Func<AxiTraceBeat, bool, string> line)
    {
        string indent = "\n".PadRight(1 + (2 * (json.CurrentDepth + 1)));
        json.WriteStartArray("beats");
        for (int beat = 0; beat < beats.Count; beat++)
        {
            json.WriteRawValue(indent + line(beats[beat], beat == beats.Count - 1));
        }

        json.WriteEndArray();
    }

    private static string WriteBeat(AxiTraceBeat beat, bool isEnd, AxiBusShape shape) =>
        $$"""{ "data": "{{AxiTraceWords.Data(beat.Data, shape)}}", "strb": "{{AxiTraceWords.Lanes(beat.Lanes, shape)}}"{{(beat.IsLast == isEnd ? string.Empty : $", \"last\": {WordOf(beat.IsLast)}")}} }""";

    private static string ReadBeat(AxiTraceBeat beat, AxiBusShape shape) =>
        $$"""{ "data": "{{AxiTraceWords.Data(beat.Data, shape)}}", "mask": "{{AxiTraceWords.Lanes(beat.Lanes, shape)}}", "resp": "{{AxiTraceWords.Responses[(int)beat.Response]}}", "last": {{WordOf(beat.IsLast)}} }""";

    private static string WordOf(bool value) => value ? "true" : "false";

    private static void WriteUnlessZero(Utf8JsonWriter json, string name, int value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void WriteAfter(Utf8JsonWriter json, int? after)
    {
        if (after is int index)
        {
            json.WriteNumber("after", index);
        }
        else
        {
            json.WriteNull("after");
        }
    }

    private static void FlushIfLarge(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushedBytes)
        {
            json.Flush();
        }
    }
}
