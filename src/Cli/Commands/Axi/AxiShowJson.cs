using System.Globalization;
using System.Text.Json;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Cli;

/// <summary><c>axi show --json</c>: what the lines of golden text say; its keys are stable.</summary>
internal static class AxiShowJson
{
    /// <summary>Writes all interfaces.</summary>
    public static void Write(IReadOnlyList<BusTrace> traces, bool hasBeats, TextWriter output) => JsonOutput.Write(output, json => json.WriteObjects("interfaces", traces, each =>
    {
        json.WriteString("name", each.Name);
        json.WriteNumber("data_bits", each.Trace.Shape.DataBits);
        json.WriteNumber("address_bits", each.Trace.Shape.AddressBits);
        json.WriteNumber("id_bits", each.Trace.Shape.IdBits);
        json.WriteObjects("transactions", each.Trace.Writes.Concat(each.Trace.Reads), transaction => WriteTransaction(json, transaction, hasBeats ? each.Trace.Shape : null));
        json.WriteBoolean("complete", each.Incomplete is null);
    }));

    private static void WriteTransaction(Utf8JsonWriter json, AxiTraceTransaction transaction, AxiBusShape? beatsOf)
    {
        (AxiTraceAddress address, AxiTraceSummary summary) = (transaction.Address, transaction.Summary);
        json.WriteString("kind", transaction.IsRead ? "R" : "W");
        json.WriteString("id", Hex(address.Id));
        json.WriteString("addr", Hex(address.Burst.Address));
        json.WriteNumber("len", address.Burst.Beats - 1);
        json.WriteNumber("size", address.Burst.Size);
        json.WriteString("burst", address.Burst.Kind.ToString().ToUpperInvariant());
        json.WriteNumber("lock", address.Lock);
        json.WriteNumber("cache", address.Cache);
        json.WriteNumber("prot", address.Prot);
        json.WriteNumber("qos", address.Qos);
        json.WriteNumber("region", address.Region);
        json.WriteString("user", Hex(address.User));
        json.WriteNumber("beats", summary.Beats);
        json.WriteStartArray("last");
        foreach (int beat in summary.LastBeats)
        {
            json.WriteNumberValue(beat);
        }

        json.WriteEndArray();
        json.WriteNumber("bytes", summary.ActiveBytes);
        json.WriteString("digest", summary.Digest.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteString("lanes", summary.LanesDigest?.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteStartArray("resp");
        foreach (AxiResponse response in summary.Responses)
        {
            json.WriteStringValue(response.ToString().ToUpperInvariant());
        }

        json.WriteEndArray();
        if (beatsOf is not null)
        {
            WriteData(json, transaction, beatsOf);
        }
    }

    private static void WriteData(Utf8JsonWriter json, AxiTraceTransaction transaction, AxiBusShape shape) => json.WriteObjects("data", transaction.Beats!, beat =>
    {
        // Most significant word first, as golden text has it.
        string word = $"x{Math.Min(16, shape.DataBits / 4)}";
        json.WriteString("data", "0x" + string.Concat(beat.Data.Reverse().Select(each => each.ToString(word, CultureInfo.InvariantCulture))));
        json.WriteString(transaction.IsRead ? "mask" : "strb", "0x" + beat.Lanes.ToString($"x{(shape.DataBytes + 3) / 4}", CultureInfo.InvariantCulture));
    });

    private static string Hex(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);
}
