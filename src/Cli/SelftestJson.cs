using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli;

/// <summary>The selftest as JSON; its keys are stable.</summary>
internal static class SelftestJson
{
    /// <summary>Writes the result.</summary>
    public static void Write(SelftestResult result, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteObjects("faulty", result.Faulty, faulty =>
        {
            json.WriteString("name", faulty.Entry.Name);
            json.WriteString("family", faulty.Entry.Family);
            json.WriteBoolean("killed", faulty.IsKilled);
            json.WriteStartArray("by");
            foreach (string clause in faulty.By)
            {
                json.WriteStringValue(clause);
            }

            json.WriteEndArray();
            json.WriteNumber("cases_to_kill", faulty.CasesToKill);
            json.WriteString("expected", faulty.Entry.Clause);
        });
        json.WriteObjects("harmless", result.Harmless, harmless =>
        {
            json.WriteString("name", harmless.Entry.Name);
            json.WriteBoolean("accepted", harmless.IsAccepted);
        });
        json.WriteObjects("not_supported", result.NotSupported, closed =>
        {
            json.WriteString("name", closed.Entry.Name);
            json.WriteString("reason", closed.Reason);
        });
        json.WriteNumber("kill_rate", result.KillRate);
    });
}
