namespace Spanker.Conformance.Device;

/// <summary>What kind of harm a device did beside, or instead of, answering.</summary>
public enum IncidentKind
{
    /// <summary>It read or wrote outside A, B and OUT[0 .. m*n*4), or wrote to A or B (CONTRACT MM-11).</summary>
    StrayAccess,

    /// <summary>It ran beyond its limit (CONTRACT PROC-1).</summary>
    Overdue,

    /// <summary>It ended its process, or sent what is no reply, where an answer was due (CONTRACT PROC-1).</summary>
    NoAnswer,

    /// <summary>It left the process otherwise than it was (CONTRACT PROC-2).</summary>
    ProcessChanged,

    /// <summary>Calls from several threads did not behave as declared (CONTRACT PROC-3).</summary>
    ThreadsDisagree,

    /// <summary>The same call gave other bits in a fresh process (CONTRACT MM-12).</summary>
    Nondeterminism,

    /// <summary>A freshly opened device answered otherwise because another had been called before (CONTRACT MM-16).</summary>
    Dependence,
}

/// <summary>A harm that a device did, seen from outside its process.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Message">What happened, in a line: <c>spanker_device_matmul_q4_k read 1 byte past the end of B (SIGSEGV)</c>.</param>
/// <param name="EndsCase">True if the device's process is gone, so that the case cannot go on.</param>
public sealed record Incident(IncidentKind Kind, string Message, bool EndsCase = false);

/// <summary>A device's process is gone while its case still wants something of it. The incident is among those to take.</summary>
public sealed class DeviceLostException : Exception
{
    /// <summary>The device was lost to <paramref name="incident"/>.</summary>
    public DeviceLostException(Incident incident)
        : base(incident?.Message)
    {
        ArgumentNullException.ThrowIfNull(incident);
        Incident = incident;
    }

    /// <summary>How it was lost.</summary>
    public Incident Incident { get; }
}
