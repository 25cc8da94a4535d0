using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>Which clause an incident breaks, and how that reads.</summary>
public static class IncidentJudge
{
    /// <summary>The clause.</summary>
    public static string ClauseOf(IncidentKind kind) => kind switch
    {
        IncidentKind.StrayAccess => "MM-11",
        IncidentKind.Overdue or IncidentKind.NoAnswer => "PROC-1",
        IncidentKind.ProcessChanged => "PROC-2",
        IncidentKind.ThreadsDisagree => "PROC-3",
        IncidentKind.Nondeterminism => "MM-12",
        IncidentKind.Dependence => "MM-16",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of incident"),
    };

    /// <summary>Notes incidents against their clauses.</summary>
    public static void Observe(CaseRecord record, IReadOnlyList<Incident> incidents)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(incidents);
        foreach (Incident incident in incidents)
        {
            record.Observe(ClauseOf(incident.Kind), new Deviation(incident.Message, Expectation(incident.Kind), incident.Message));
            record.Answers?.Add(incident.Message);
        }
    }

    private static string Expectation(IncidentKind kind) => kind switch
    {
        IncidentKind.StrayAccess => "nothing read outside A and B, nothing written outside OUT[0 .. m*n*4)",
        IncidentKind.Overdue => "an answer within the limit",
        IncidentKind.NoAnswer => "an answer, and the process alive",
        IncidentKind.ProcessChanged => "the process as it was",
        IncidentKind.ThreadsDisagree => "the bits of the same call alone",
        IncidentKind.Nondeterminism => "the same bits",
        _ => "an answer that depends on the call alone",
    };
}
