using Spanker.Conformance.Collectives;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>TOP-1: the mock topology.</summary>
public static class TopologyChecks
{
    private static readonly int[] SailCounts = [0, 1, 2, 3, 4, 8];

    /// <summary>TOP-1: a full mesh.</summary>
    public static ClauseCheck FullMesh { get; } = new()
    {
        Clause = "TOP-1",
        Edges = terms => [.. SailCounts.Where(n => n <= terms.Description.MaxSails).Select(n => $"{n} Sails")],
        Cases = plan => SailCounts.Where(n => n <= plan.MaxSails).Select(n => new TopologyCase("TOP-1", n)),
        Try = trial =>
        {
            TopologyCase tried = (TopologyCase)trial.Case;
            ICollectiveDevice device = (ICollectiveDevice)trial.Device;
            using (CallClock.Enter())
            {
                device.FormTopology(tried.Sails);
            }

            trial.Reach($"{tried.Sails} Sails");
            trial.Observe(Compare(tried.Sails, device.Topology));
        },
    };

    private static Deviation? Compare(int sails, Topology topology)
    {
        if (topology.SailCount != sails)
        {
            return new Deviation($"the topology has {topology.SailCount} Sails, expected {sails}", $"{sails}", $"{topology.SailCount}");
        }

        if (topology.Links.FirstOrDefault(link => link.State != LinkState.Up) is { Source: var source, Destination: var destination, State: var state }
            && topology.Links.Any(link => link.State != LinkState.Up))
        {
            return new Deviation($"link {source} to {destination} is {state}, expected Up", "Up", $"{state}");
        }

        HashSet<(int, int)> expected = [.. from s in Enumerable.Range(0, sails) from d in Enumerable.Range(0, sails) where s != d select (s, d)];
        HashSet<(int, int)> actual = [.. topology.Links.Select(link => (link.Source, link.Destination))];
        if (expected.Except(actual).Order().FirstOrDefault((-1, -1)) is var (from, to) && from >= 0)
        {
            return new Deviation($"no link from {from} to {to}", $"{sails * (sails - 1)} links", $"{topology.Links.Count} links");
        }

        if (topology.Links.Count != expected.Count)
        {
            (int, int) odd = actual.Except(expected).Order().FirstOrDefault((-1, -1));
            string what = odd.Item1 < 0 ? "a link stands twice" : $"link {odd.Item1} to {odd.Item2} does not belong";
            return new Deviation(what, $"{expected.Count} links", $"{topology.Links.Count} links");
        }

        return null;
    }
}
