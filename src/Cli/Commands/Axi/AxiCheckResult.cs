using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Cli;

/// <summary>What <c>axi check</c> says of one interface, AXI4 or a stream.</summary>
internal sealed record AxiCheckResult(
    VcdInterface Interface, int DataBits, long Cycles, IReadOnlyList<AxiTransaction> Transactions, IReadOnlyList<AxiRuleResult> Rules, bool Deviates, string? Incomplete)
{
    /// <summary>Of an AXI4 interface.</summary>
    public static AxiCheckResult Of(BusVerdict bus) =>
        new(bus.Interface, bus.Shape.DataBits, bus.Verdict.Cycles, bus.Transactions, bus.Verdict.Rules, bus.Verdict.Deviates, bus.Incomplete);

    /// <summary>Of a stream.</summary>
    public static AxiCheckResult Of(VcdStreamVerdict stream) =>
        new(stream.Interface, stream.Shape.DataBits, stream.Verdict.Cycles, [], stream.Verdict.Rules, stream.Verdict.Deviates, stream.Incomplete);

    /// <summary>Whether anything happened on it that a rule is about; where nothing did, nothing is verified.</summary>
    public bool IsExercised => Rules.Any(rule => rule.IsExercised);

    /// <summary>The side whose port it is, as names say it: <c>s_axi</c> is a slave's, <c>m_axis</c> a sender's.</summary>
    public string Role
    {
        get
        {
            string prefix = Interface.Name[(Interface.Name.LastIndexOf('.') + 1)..];
            bool isStream = Interface.Kind == VcdInterfaceKind.Stream;
            return prefix.StartsWith("s_", StringComparison.OrdinalIgnoreCase) ? (isStream ? "receiver" : "slave")
                : prefix.StartsWith("m_", StringComparison.OrdinalIgnoreCase) ? (isStream ? "sender" : "master")
                : "unknown";
        }
    }
}
