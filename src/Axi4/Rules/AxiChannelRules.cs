namespace Spanker.Conformance.Axi4;

/// <summary>The rules that every channel has alike: VALID after reset, VALID that waits, READY that lets wait.</summary>
public static class AxiChannelRules
{
    private static readonly AxiSignal[] Valids =
        [AxiSignal.AwValid, AxiSignal.WValid, AxiSignal.BValid, AxiSignal.ArValid, AxiSignal.RValid];

    private static readonly Dictionary<AxiSignal, AxiRule> ResetRules = Valids.ToDictionary(valid => valid, MakeReset);
    private static readonly Dictionary<AxiSignal, AxiRule> StableRules = Valids.ToDictionary(valid => valid, MakeStable);
    private static readonly Dictionary<AxiSignal, AxiRule> WaitRules = Valids.ToDictionary(valid => valid, MakeWait);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AxiRule> All { get; } =
        [.. Valids.Select(ResetOf), .. Valids.Select(StableOf), .. Valids.Select(ReadyWaitOf)];

    /// <summary>AXI4_ERR*_(VALID)_RESET.</summary>
    public static AxiRule ResetOf(AxiSignal valid) => ResetRules[valid];

    /// <summary>AXI4_ERR*_(VALID)_STABLE.</summary>
    public static AxiRule StableOf(AxiSignal valid) => StableRules[valid];

    /// <summary>AXI4_REC*_(READY)_MAX_WAIT of the channel of <paramref name="valid"/>.</summary>
    public static AxiRule ReadyWaitOf(AxiSignal valid) => WaitRules[valid];

    private static AxiRule MakeReset(AxiSignal valid) => new(
        $"{AxiSignalRules.Prefix(AxiSignalRules.DriverOf(valid))}_{AxiSignalRules.NameOf(valid)}_RESET",
        AxiSignalRules.DriverOf(valid),
        $"{AxiSignalRules.NameOf(valid)} is low on the first edge after reset is released.",
        AxiSignalSet.Of(valid, valid + 1, AxiSignal.Reset))
    {
        IsJudgedAtRest = true,
    };

    private static AxiRule MakeStable(AxiSignal valid) => new(
        $"{AxiSignalRules.Prefix(AxiSignalRules.DriverOf(valid))}_{AxiSignalRules.NameOf(valid)}_STABLE",
        AxiSignalRules.DriverOf(valid),
        $"{AxiSignalRules.NameOf(valid)} that waits for READY is high on the next edge too.",
        AxiSignalSet.Of(valid, valid + 1));

    private static AxiRule MakeWait(AxiSignal valid) => new(
        $"{(AxiSignalRules.DriverOf(valid + 1) == AxiBlame.Master ? "AXI4_RECM" : "AXI4_RECS")}_{AxiSignalRules.NameOf(valid + 1)}_MAX_WAIT",
        AxiSignalRules.DriverOf(valid + 1),
        $"{AxiSignalRules.NameOf(valid + 1)} comes within a number of clocks.",
        AxiSignalSet.Of(valid, valid + 1))
    {
        Severity = AxiSeverity.Warning,
    };
}
