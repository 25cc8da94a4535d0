using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Suite;

/// <summary>AXI-1 to AXI-7. What the device's own host does is watched on every matmul; what its card does is tried by a master of the suite's own.</summary>
public static class BusChecks
{
    private const ulong Block = Q4KLayout.BlockWeights;
    private const string HostEdge = "its own host's traffic";
    private const string RefusedEdge = "narrow beats refused";
    private const string OfferedEdge = "more offered";
    private const string IndependentEdge = "a read ended while a write was open";

    // OUT and the operands around a page of 4 KiB: bursts end and begin there.
    private static readonly MatmulShape[] PageShapes =
        [new(M: 1, N: 1, K: Block), new(M: 29, N: 3, K: Block), new(M: 32, N: 32, K: Block), new(M: 33, N: 32, K: Block), new(M: 5, N: 57, K: 2 * Block)];

    /// <summary>All checks.</summary>
    public static IReadOnlyList<ClauseCheck> All { get; } =
    [
        new()
        {
            Clause = "AXI-1",
            Edges = _ => ["widths"],
            Cases = _ => [new BusCase("AXI-1", BusScenario.Shape, Pace: 0, Requests: 0, Seed: 0)],
            Try = CardScenarios.Shape,
        },
        Check("AXI-2", [HostEdge, .. LengthEdges()], plan => [.. Hosts(plan, "AXI-2"), .. Card(plan, "AXI-2", BusScenario.Lengths, requests: 1000)]),
        Check("AXI-3", [HostEdge, RefusedEdge], plan => [.. Hosts(plan, "AXI-3"), .. Card(plan, "AXI-3", BusScenario.Narrow, requests: 60)]),
        Check("AXI-4", [HostEdge, OfferedEdge, IndependentEdge], plan => [.. Hosts(plan, "AXI-4"), .. Card(plan, "AXI-4", BusScenario.Offers, requests: 60)]),
        Check("AXI-5", ["8 x 16 attributes"], plan => Card(plan, "AXI-5", BusScenario.Attributes, requests: 2 * 8 * 16)),
        new()
        {
            Clause = "AXI-6",
            Edges = terms => terms.Bus is AxiBusShape shape ? [.. BusRules.Applicable(shape).Select(rule => rule.Id)] : [],
            Cases = plan =>
            [
                .. Hosts(plan, "AXI-6"),
                .. Enumerable.Range(0, BusPace.All.Count).SelectMany(pace => Enumerable.Range(0, plan.Scale(2, 8, 32)).Select(index => Make(plan, "AXI-6", BusScenario.Traffic, pace, 80, index))),
                .. Card(plan, "AXI-6", BusScenario.Resets, requests: 40),
                .. Card(plan, "AXI-6", BusScenario.Narrow, requests: 40),
            ],
            Try = Try,
        },
        Check("AXI-7", ["memory state", "last transactions", "replayed from JSON"], plan => [.. Card(plan, "AXI-7", BusScenario.State, requests: 40), .. Card(plan, "AXI-7", BusScenario.Replay, requests: 40)]),
    ];

    /// <summary>Whether a clause is judged on calls of the device's own host.</summary>
    public static bool HasCalls(string clause) => clause is "AXI-2" or "AXI-3" or "AXI-4" or "AXI-6";

    /// <summary>Whether a clause has cases of a scenario.</summary>
    public static bool Has(string clause, BusScenario scenario) => clause switch
    {
        "AXI-1" => scenario == BusScenario.Shape,
        "AXI-2" => scenario == BusScenario.Lengths,
        "AXI-3" => scenario == BusScenario.Narrow,
        "AXI-4" => scenario == BusScenario.Offers,
        "AXI-5" => scenario == BusScenario.Attributes,
        "AXI-6" => scenario is BusScenario.Traffic or BusScenario.Resets or BusScenario.Narrow,
        "AXI-7" => scenario is BusScenario.State or BusScenario.Replay,
        _ => false,
    };

    /// <summary>A scenario that a clause's cases have.</summary>
    public static BusScenario ScenarioOf(string clause, ref CaseRandom random) => clause switch
    {
        "AXI-1" => BusScenario.Shape,
        "AXI-2" => BusScenario.Lengths,
        "AXI-3" => BusScenario.Narrow,
        "AXI-4" => BusScenario.Offers,
        "AXI-5" => BusScenario.Attributes,
        "AXI-7" => random.OneIn(2) ? BusScenario.State : BusScenario.Replay,
        _ => random.Next(4) switch { 0 => BusScenario.Resets, 1 => BusScenario.Narrow, _ => BusScenario.Traffic },
    };

    private static ClauseCheck Check(string clause, IReadOnlyList<string> edges, Func<CasePlan, IEnumerable<Case>> cases) => new()
    {
        Clause = clause,
        Edges = _ => edges,
        Cases = cases,
        Try = Try,
    };

    // Each length is an edge: 128 beats of 32 bytes are a page.
    private static IEnumerable<string> LengthEdges() =>
        [.. Enumerable.Range(1, 128).Select(beats => CardScenarios.LengthEdge(AxiBurstKind.Incr, beats)), .. Enumerable.Range(1, 16).Select(beats => CardScenarios.LengthEdge(AxiBurstKind.Fixed, beats))];

    private static IEnumerable<Case> Hosts(CasePlan plan, string clause) => PageShapes.Select(shape => plan.Matmul(clause, plan.Fit(shape), PlacementFamilies.Placement));

    private static IEnumerable<Case> Card(CasePlan plan, string clause, BusScenario scenario, int requests) =>
        Enumerable.Range(0, BusPace.All.Count).Select(pace => Make(plan, clause, scenario, pace, requests, index: 0));

    private static BusCase Make(CasePlan plan, string clause, BusScenario scenario, int pace, int requests, int index) =>
        new(clause, scenario, pace, requests, plan.SeedOf(string.Create(CultureInfo.InvariantCulture, $"{clause}/{scenario}/{pace}"), index));

    private static void Try(Trial trial)
    {
        if (trial.Case is MatmulCase tried)
        {
            using MatmulRun run = new(tried, trial.Device);
            if (MatmulTrial.Call(trial, run).Error is null)
            {
                trial.Reach(HostEdge);
            }

            return;
        }

        BusCase card = (BusCase)trial.Case;
        if (card.Scenario != BusScenario.Shape && (card.Requests == 0 || ((IBusDevice)trial.Device).BusShape.DataBits != AxiBusShape.ProfileA.DataBits))
        {
            trial.Record.SayNothing(card.Requests == 0 ? "a case without requests says nothing" : "the suite's master drives buses of 256 data bits");
            return;
        }

        switch (card.Scenario)
        {
            case BusScenario.Narrow:
                CardScenarios.Narrow(trial, RefusedEdge);
                break;
            case BusScenario.Lengths:
                CardScenarios.Lengths(trial);
                break;
            case BusScenario.Offers:
                CardScenarios.Offers(trial, OfferedEdge, IndependentEdge);
                break;
            case BusScenario.Attributes:
                CardScenarios.Attributes(trial, "8 x 16 attributes");
                break;
            case BusScenario.Resets:
                CardScenarios.Resets(trial);
                break;
            case BusScenario.State:
                CardStateScenarios.State(trial);
                break;
            case BusScenario.Replay:
                CardStateScenarios.Replay(trial);
                break;
            case BusScenario.Shape:
                CardScenarios.Shape(trial);
                break;
            default:
                CardScenarios.Traffic(trial);
                break;
        }
    }
}
