namespace Spanker.Conformance.Axi4;

/// <summary>The rules that every signal has alike: payload is stable while stalled, nothing is x.</summary>
public static class AxiSignalRules
{
    private static readonly AxiSignal[] Stable =
    [
        .. Range(AxiSignal.AwAddr, AxiSignal.AwUser), .. Range(AxiSignal.ArAddr, AxiSignal.ArUser),
        AxiSignal.WData, AxiSignal.WStrb, AxiSignal.WLast, AxiSignal.BId, AxiSignal.BResp,
        AxiSignal.RId, AxiSignal.RData, AxiSignal.RResp, AxiSignal.RLast,
    ];

    private static readonly Dictionary<AxiSignal, AxiRule> StableRules = Stable.ToDictionary(signal => signal, MakeStable);

    private static readonly Dictionary<AxiSignal, AxiRule> UnknownRules =
        Range(AxiSignal.AwValid, AxiSignal.RLast).ToDictionary(signal => signal, MakeUnknown);

    /// <summary>All of them, the stability rules first.</summary>
    public static IReadOnlyList<AxiRule> All { get; } =
        [.. Stable.Select(signal => StableRules[signal]), .. Range(AxiSignal.AwValid, AxiSignal.RLast).Select(signal => UnknownRules[signal])];

    /// <summary>AXI4_ERR*_(signal)_STABLE of a payload signal.</summary>
    public static AxiRule StableOf(AxiSignal signal) => StableRules[signal];

    /// <summary>AXI4_ERR*_(signal)_X.</summary>
    public static AxiRule UnknownOf(AxiSignal signal) => UnknownRules[signal];

    /// <summary>A signal as the specification spells it, as AWADDR.</summary>
    internal static string NameOf(AxiSignal signal) => signal.ToString().ToUpperInvariant();

    /// <summary>Who drives a signal.</summary>
    internal static AxiBlame DriverOf(AxiSignal signal) => signal switch
    {
        AxiSignal.AwReady or AxiSignal.ArReady or AxiSignal.WReady => AxiBlame.Slave,
        AxiSignal.BReady or AxiSignal.RReady => AxiBlame.Master,
        >= AxiSignal.BValid => AxiBlame.Slave,
        _ => AxiBlame.Master,
    };

    /// <summary>AXI4_ERRM or AXI4_ERRS.</summary>
    internal static string Prefix(AxiBlame blame) => blame == AxiBlame.Master ? "AXI4_ERRM" : "AXI4_ERRS";

    /// <summary>VALID and READY of the channel of a signal.</summary>
    internal static AxiSignalSet HandshakeOf(AxiSignal signal) => signal switch
    {
        <= AxiSignal.AwUser => AxiSignalSet.Of(AxiSignal.AwValid, AxiSignal.AwReady),
        <= AxiSignal.ArUser => AxiSignalSet.Of(AxiSignal.ArValid, AxiSignal.ArReady),
        <= AxiSignal.WLast => AxiSignalSet.Of(AxiSignal.WValid, AxiSignal.WReady),
        <= AxiSignal.BResp => AxiSignalSet.Of(AxiSignal.BValid, AxiSignal.BReady),
        _ => AxiSignalSet.Of(AxiSignal.RValid, AxiSignal.RReady),
    };

    private static IEnumerable<AxiSignal> Range(AxiSignal first, AxiSignal last) =>
        Enumerable.Range((int)first, last - first + 1).Select(signal => (AxiSignal)signal);

    private static AxiRule MakeStable(AxiSignal signal) => new(
        $"{Prefix(DriverOf(signal))}_{NameOf(signal)}_STABLE",
        DriverOf(signal),
        $"{NameOf(signal)} does not change while its VALID waits for READY.",
        HandshakeOf(signal).With(AxiSignalSet.Of(signal)));

    private static AxiRule MakeUnknown(AxiSignal signal)
    {
        bool isHandshake = HandshakeOf(signal).Has(signal);
        string statement = signal switch
        {
            AxiSignal.WData => "WDATA has no x on strobed lanes while WVALID is high.",
            AxiSignal.RData => "RDATA has no x on active lanes while RVALID is high and the response is no error.",
            _ when isHandshake => $"{NameOf(signal)} is not x out of reset.",
            _ => $"{NameOf(signal)} is not x while its VALID is high.",
        };
        return new($"{Prefix(DriverOf(signal))}_{NameOf(signal)}_X", DriverOf(signal), statement, HandshakeOf(signal).With(AxiSignalSet.Of(signal)))
        {
            NeedsFourState = true,
            IsJudgedAtRest = isHandshake,
        };
    }
}
