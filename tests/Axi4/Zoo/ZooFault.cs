using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;

namespace Spanker.Conformance.Tests.Axi4.Zoo;

/// <summary>A fault of the zoo as it shows on the pins of profile A.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Blame">Whose fault it is, as the first rule says.</param>
/// <param name="Build">The traffic, after reset.</param>
/// <param name="Rules">The rules that fail, warnings apart; the first is the one that names the fault.</param>
internal sealed record ZooFault(string Name, AxiBlame Blame, Action<Timeline> Build, params string[] Rules)
{
    /// <summary>Whether the trace ends with nothing moving and its VALIDs still high, instead of idle.</summary>
    public bool IsStuck { get; init; }
}
