using System.Globalization;
using System.Text.Json;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Cli;

/// <summary><c>axi check --json</c> of a trace that is no dump: the keys of a dump's, null where there is no clock and no cycle.</summary>
internal static class AxiTraceCheckJson
{
    /// <summary>Writes the verdict as that of one interface.</summary>
    public static void Write(AxiTrace trace, AxiTraceVerdict verdict, string path, TextWriter output) => JsonOutput.Write(output, json => json.WriteObjects("interfaces", [verdict], _ =>
    {
        json.WriteString("name", path);
        json.WriteNull("clock");
        json.WriteNull("reset");
        json.WriteString("role", "unknown");
        json.WriteNumber("data_bits", trace.Shape.DataBits);
        json.WriteObjects("transactions", Enumerable.Range(0, trace.Transactions.Count), index => WriteTransaction(json, trace, index));
        json.WriteObjects("rules", verdict.Verdict.Rules, rule => AxiCheckJson.WriteRule(json, rule, finding =>
        {
            json.WriteNull("cycle");
            json.WriteNumber("transaction", verdict.TransactionOf(finding));
        }));
        json.WriteBoolean("complete", true);
        json.WriteBoolean("exercised", verdict.Verdict.Rules.Any(rule => rule.IsExercised));
    }));

    private static void WriteTransaction(Utf8JsonWriter json, AxiTrace trace, int index)
    {
        AxiTraceTransaction transaction = trace.Transactions[index];
        AxiBurst burst = transaction.Address.Burst;
        json.WriteString("kind", transaction.IsRead ? "R" : "W");
        json.WriteNumber("id", transaction.Address.Id);
        json.WriteString("addr", string.Create(CultureInfo.InvariantCulture, $"0x{burst.Address:x}"));
        json.WriteNumber("len", burst.Beats - 1);
        json.WriteNumber("size", burst.Size);
        json.WriteString("burst", burst.Kind.ToString().ToUpperInvariant());
        json.WriteNumber("beats", transaction.Summary.Beats);
        json.WriteStartArray("resp");
        foreach (AxiResponse response in transaction.Summary.Responses)
        {
            json.WriteStringValue(response.ToString().ToUpperInvariant());
        }

        json.WriteEndArray();
        WriteCycle(json, "address_cycle", trace.Timing?[index].Address);
        WriteCycle(json, "last_cycle", trace.Timing?[index].Last);
    }

    private static void WriteCycle(Utf8JsonWriter json, string name, long? cycle)
    {
        if (cycle is long known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
