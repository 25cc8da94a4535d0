namespace Spanker.Conformance.Axi4;

/// <summary>The rules of a valid/ready stream, of whatever protocol: who offers keeps offering, who is offered to takes it in the end.</summary>
public static class StreamRules
{
    /// <summary>The payload pins that are known, by their names without prefix.</summary>
    public static IReadOnlyList<string> PayloadRoles { get; } = ["data", "last", "keep", "strb", "user", "id", "dest"];

    /// <summary>STREAM_VALID_RESET.</summary>
    public static AxiRule ValidReset { get; } = Make("STREAM_VALID_RESET", AxiBlame.Sender, "VALID is low on the first edge after reset is released.") with { IsJudgedAtRest = true };

    /// <summary>STREAM_VALID_STABLE.</summary>
    public static AxiRule ValidStable { get; } = Make("STREAM_VALID_STABLE", AxiBlame.Sender, "VALID that waits for READY is high on the next edge too.");

    /// <summary>STREAM_VALID_X.</summary>
    public static AxiRule ValidUnknown { get; } = Make("STREAM_VALID_X", AxiBlame.Sender, "VALID is not x out of reset.") with { NeedsFourState = true, IsJudgedAtRest = true };

    /// <summary>STREAM_READY_X.</summary>
    public static AxiRule ReadyUnknown { get; } = Make("STREAM_READY_X", AxiBlame.Receiver, "READY is not x out of reset.") with { NeedsFourState = true, IsJudgedAtRest = true };

    /// <summary>STREAM_READY_MAX_WAIT.</summary>
    public static AxiRule ReadyWait { get; } =
        Make("STREAM_READY_MAX_WAIT", AxiBlame.Receiver, "READY comes within a number of clocks.") with { Severity = AxiSeverity.Warning };

    /// <summary>STREAM_DEADLOCK.</summary>
    public static AxiRule Deadlock { get; } = Make("STREAM_DEADLOCK", AxiBlame.Receiver, "A VALID that waits is taken within a number of clocks.");

    private static readonly Dictionary<string, AxiRule> StableRules = PayloadRoles.ToDictionary(
        role => role, role => Make($"STREAM_{NameOf(role)}_STABLE", AxiBlame.Sender, $"{NameOf(role)} does not change while VALID waits for READY."));

    private static readonly Dictionary<string, AxiRule> UnknownRules = PayloadRoles.ToDictionary(
        role => role,
        role => Make($"STREAM_{NameOf(role)}_X", AxiBlame.Sender, role == "data" ? "DATA has no x while VALID is high, but for bytes whose KEEP or STRB is low." : $"{NameOf(role)} is not x while VALID is high.") with { NeedsFourState = true });

    /// <summary>Every rule, in the order of reports.</summary>
    public static IReadOnlyList<AxiRule> All { get; } =
    [
        ValidReset, ValidStable, .. PayloadRoles.Select(StableOf), ValidUnknown, ReadyUnknown, .. PayloadRoles.Select(UnknownOf), ReadyWait, Deadlock,
    ];

    /// <summary>STREAM_(role)_STABLE of a payload pin.</summary>
    public static AxiRule StableOf(string role) => StableRules[role];

    /// <summary>STREAM_(role)_X of a payload pin.</summary>
    public static AxiRule UnknownOf(string role) => UnknownRules[role];

    /// <summary>A pin as it is printed, as DATA.</summary>
    internal static string NameOf(string role) => role.ToUpperInvariant();

    // Which pins a stream has is said by its own shape, not by the signals of AXI4.
    private static AxiRule Make(string id, AxiBlame blame, string statement) => new(id, blame, statement, AxiSignalSet.None);
}
