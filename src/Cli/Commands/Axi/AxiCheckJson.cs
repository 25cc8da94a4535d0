using System.Globalization;
using System.Text.Json;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Cli;

/// <summary><c>axi check --json</c>; its keys are stable.</summary>
internal static class AxiCheckJson
{
    /// <summary>Writes all interfaces.</summary>
    public static void Write(IReadOnlyList<AxiCheckResult> results, TextWriter output) => JsonOutput.Write(output, json => json.WriteObjects("interfaces", results, result =>
    {
        json.WriteString("name", result.Interface.Name);
        json.WriteString("clock", result.Interface.Clock?.Path);
        json.WriteString("reset", result.Interface.Reset?.Variable.Path);
        json.WriteString("role", result.Role);
        json.WriteNumber("data_bits", result.DataBits);
        json.WriteObjects("transactions", result.Transactions, transaction => WriteTransaction(json, transaction));
        json.WriteObjects("rules", result.Rules, rule => WriteRule(json, rule, finding => json.WriteNumber("cycle", finding.Cycle)));
        json.WriteBoolean("complete", result.Incomplete is null);
        json.WriteBoolean("exercised", result.IsExercised);
        json.WriteString("kind", result.Interface.Kind == VcdInterfaceKind.Stream ? "stream" : "axi4");
    }));

    /// <summary>Writes the members of a rule; of each finding, <paramref name="writePlace"/> says where it was.</summary>
    public static void WriteRule(Utf8JsonWriter json, AxiRuleResult rule, Action<AxiFinding> writePlace)
    {
        json.WriteString("id", rule.Rule.Id);
        json.WriteString("outcome", AxiOutcomes.NameOf(rule.Outcome));
        json.WriteNumber("armed", rule.Armed);
        json.WriteObjects("violations", rule.Findings, finding =>
        {
            writePlace(finding);
            json.WriteString("message", finding.Message);
            json.WriteString("blame", finding.Blame.ToString().ToLowerInvariant());
        });
        json.WriteNumber("violated", rule.Violated);
        json.WriteString("severity", rule.Rule.Severity == AxiSeverity.Error ? "error" : "warning");
    }

    private static void WriteTransaction(Utf8JsonWriter json, AxiTransaction transaction)
    {
        json.WriteString("kind", transaction.IsRead ? "R" : "W");
        json.WriteNumber("id", transaction.Id);
        json.WriteString("addr", string.Create(CultureInfo.InvariantCulture, $"0x{transaction.Burst.Address:x}"));
        json.WriteNumber("len", transaction.Burst.Beats - 1);
        json.WriteNumber("size", transaction.Burst.Size);
        json.WriteString("burst", transaction.Burst.Kind.ToString().ToUpperInvariant());
        json.WriteNumber("beats", transaction.Beats.Count);
        json.WriteStartArray("resp");
        foreach (AxiResponse response in transaction.IsRead ? transaction.Beats.Select(beat => beat.Response) : [transaction.Response])
        {
            json.WriteStringValue(response.ToString().ToUpperInvariant());
        }

        json.WriteEndArray();
        json.WriteNumber("address_cycle", transaction.AddressCycle);
        json.WriteNumber("last_cycle", transaction.LastCycle);
    }
}
