using System.Globalization;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli;

/// <summary>What <c>explore</c> was asked for.</summary>
/// <param name="Plan">What is explored.</param>
/// <param name="Collective">all-reduce or all-gather.</param>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Faults">The faults as they were written.</param>
internal sealed record ExploreRequest(ExplorationPlan Plan, string Collective, string Scenario, string Faults)
{
    /// <summary>The operation as the command line writes it.</summary>
    public string Operation => Plan.Setup.Operation.ToString().ToLowerInvariant();

    /// <summary>A kind of data as the command line writes it.</summary>
    public static string NameOf(CollectiveDataKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The command that runs a schedule again.</summary>
    public string CommandOf(LinkFault? fault, CollectiveDataKind data, Schedule schedule) => string.Create(
        CultureInfo.InvariantCulture,
        $"spanker-conformance explore --algorithm {Plan.Setup.Algorithm.Name} --collective {Collective} --operation {Operation} --scenario {Scenario} --cards {Plan.Setup.Cards} --chunks {Plan.Setup.Chunks} --credits {Plan.Setup.Credits} --faults {fault?.ToString() ?? "none"} --data {NameOf(data)} --replay {schedule}");
}
