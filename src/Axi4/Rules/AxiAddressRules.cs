namespace Spanker.Conformance.Axi4;

/// <summary>The rules of an address by itself, as AW and AR have them alike.</summary>
public static class AxiAddressRules
{
    private static readonly AxiSignal[] Sides = [AxiSignal.AwValid, AxiSignal.ArValid];

    private static readonly Dictionary<(bool IsRead, string Name), AxiRule> Rules =
        Sides.SelectMany(Make).ToDictionary(made => (made.IsRead, made.Name), made => made.Rule);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AxiRule> All { get; } = [.. Rules.Values];

    /// <summary>AXI4_ERRM_AxADDR_BOUNDARY.</summary>
    public static AxiRule Boundary(bool isRead) => Rules[(isRead, "ADDR_BOUNDARY")];

    /// <summary>AXI4_ERRM_AxADDR_WRAP_ALIGN.</summary>
    public static AxiRule WrapAlign(bool isRead) => Rules[(isRead, "ADDR_WRAP_ALIGN")];

    /// <summary>AXI4_ERRM_AxLEN_WRAP.</summary>
    public static AxiRule WrapLength(bool isRead) => Rules[(isRead, "LEN_WRAP")];

    /// <summary>AXI4_ERRM_AxLEN_FIXED.</summary>
    public static AxiRule FixedLength(bool isRead) => Rules[(isRead, "LEN_FIXED")];

    /// <summary>AXI4_ERRM_AxBURST.</summary>
    public static AxiRule Burst(bool isRead) => Rules[(isRead, "BURST")];

    /// <summary>AXI4_ERRM_AxSIZE.</summary>
    public static AxiRule Size(bool isRead) => Rules[(isRead, "SIZE")];

    /// <summary>AXI4_ERRM_AxCACHE.</summary>
    public static AxiRule Cache(bool isRead) => Rules[(isRead, "CACHE")];

    /// <summary>AXI4_ERRM_AxLEN_LOCK.</summary>
    public static AxiRule LockLength(bool isRead) => Rules[(isRead, "LEN_LOCK")];

    private static IEnumerable<(bool IsRead, string Name, AxiRule Rule)> Make(AxiSignal valid)
    {
        AxiSignal address = valid + 2;
        AxiSignal length = valid + (AxiSignal.AwLen - AxiSignal.AwValid);
        AxiSignal burst = valid + (AxiSignal.AwBurst - AxiSignal.AwValid);
        return
        [
            Rule("ADDR_BOUNDARY", "An INCR burst stays in one page of 4 KiB.", address),
            Rule("ADDR_WRAP_ALIGN", "A WRAP burst starts at a multiple of its beat.", address, burst),
            Rule("LEN_WRAP", "A WRAP burst has 2, 4, 8 or 16 beats.", length, burst),
            Rule("LEN_FIXED", "A FIXED burst has at most 16 beats.", length, burst),
            Rule("BURST", "AxBURST is not 2'b11.", burst),
            Rule("SIZE", "A beat is not wider than the bus.", valid + (AxiSignal.AwSize - AxiSignal.AwValid)),
            Rule("CACHE", "AxCACHE[3:2] is 0 where AxCACHE[1] is.", valid + (AxiSignal.AwCache - AxiSignal.AwValid)),
            Rule("LEN_LOCK", "An exclusive access has at most 16 beats.", valid + (AxiSignal.AwLock - AxiSignal.AwValid)),
        ];

        (bool IsRead, string Name, AxiRule Rule) Rule(string name, string statement, params ReadOnlySpan<AxiSignal> signals)
        {
            bool isRead = valid == AxiSignal.ArValid;
            AxiSignalSet needs = AxiSignalSet.Of(valid, valid + 1).With(AxiSignalSet.Of(signals));
            return (isRead, name, new($"AXI4_ERRM_{(isRead ? "AR" : "AW")}{name}", AxiBlame.Master, statement, needs) { IsOfTransactions = true });
        }
    }
}
