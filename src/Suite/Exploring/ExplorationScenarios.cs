using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>Scenarios by the name that the command line gives them.</summary>
public static class ExplorationScenarios
{
    private static readonly (string Name, Func<CollectiveSetup, ExploredProgram> Build)[] Known =
    [
        ("plain", setup => new CollectiveProgram(setup with { AtOnce = 1 })),
        ("two-at-once", setup => new CollectiveProgram(setup with { AtOnce = 2 })),
        ("host-poll", setup => Hosted(setup, HostedScenario.Poll)),
        ("host-interrupt", setup => Hosted(setup, HostedScenario.Interrupt)),
        ("host-timeout", setup => Hosted(setup with { Fault = setup.Fault ?? Gone(setup) }, HostedScenario.Interrupt)),
        ("abort", setup => Hosted(setup, HostedScenario.Abort)),
        ("close", setup => Hosted(setup, HostedScenario.Close)),
        ("dma", setup => Hosted(setup, HostedScenario.Dma)),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(scenario => scenario.Name)];

    /// <summary>Builds the scenario of that name; null if there is none.</summary>
    public static ExploredProgram? Build(string name, CollectiveSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return Array.Find(Known, scenario => scenario.Name == name).Build?.Invoke(setup);
    }

    private static HostedProgram Hosted(CollectiveSetup setup, HostedScenario scenario) => new(setup with { AtOnce = 1 }, scenario);

    /// <summary>Where nothing else is said, the host's limit is there for a card that is gone before its first frame.</summary>
    private static LinkFault? Gone(CollectiveSetup setup) =>
        setup.Algorithm.Links(setup.Cards).Select(link => new LinkFault(LinkFaultKind.PeerGone, link.From, link.To)).FirstOrDefault();
}
