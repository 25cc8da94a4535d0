using Spanker.Conformance.Collectives;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices that form a wrong topology and are right otherwise (CONTRACT TOP-1).</summary>
public static class TopologyFaults
{
    private const string Clause = "TOP-1";

    /// <summary>The entries over a device that <paramref name="inner"/> opens, which does all the rest.</summary>
    public static IReadOnlyList<FaultyEntry> Over(Func<ICollectiveDevice> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return
        [
            Entry("topology-phantom-sail", "sails=0", "a topology of no Sails has one", inner, WithPhantom),
            Entry("topology-self-link", "sails=1", "Sail 0 has a link to itself", inner, WithSelfLink),
            Entry("topology-missing-link", "sails=2", "the link from the last Sail to Sail 0 is missing", inner, WithoutLastToFirst),
            Entry("topology-link-down", "sails=2", "the link from Sail 0 to Sail 1 is Down", inner, WithLinkDown),
            Entry("topology-double-link", "sails=2", "the link from Sail 0 to Sail 1 is listed twice", inner, WithDoubleLink),
            Entry("topology-one-way-ring", "sails=3", "each Sail is linked to the next one only", inner, AsRing),
        ];
    }

    private static FaultyEntry Entry(
        string name, string minimalShape, string description, Func<ICollectiveDevice> inner, Func<Topology, Topology> bend) =>
        new(name, "topology", Clause, minimalShape, description, () => new BentTopology(inner(), bend));

    private static Topology WithPhantom(Topology right) => right.SailCount == 0 ? right with { SailCount = 1 } : right;

    private static Topology WithSelfLink(Topology right) =>
        right.SailCount == 0 ? right : right with { Links = [.. right.Links, new Link(Source: 0, Destination: 0, LinkState.Up)] };

    private static Topology WithoutLastToFirst(Topology right) => right with
    {
        Links = [.. right.Links.Where(link => link.Source != right.SailCount - 1 || link.Destination != 0)],
    };

    private static Topology WithLinkDown(Topology right) => right with
    {
        Links = [.. right.Links.Select(link => IsFirstToSecond(link) ? link with { State = LinkState.Down } : link)],
    };

    private static Topology WithDoubleLink(Topology right) => right with { Links = [.. right.Links, .. right.Links.Where(IsFirstToSecond)] };

    // With two Sails the ring is the full mesh, so it takes three to see the difference.
    private static Topology AsRing(Topology right) => right with
    {
        Links = [.. right.Links.Where(link => link.Destination == (link.Source + 1) % right.SailCount)],
    };

    private static bool IsFirstToSecond(Link link) => link is { Source: 0, Destination: 1 };

    /// <summary>Forwards everything and bends the topology that it shows; the collectives still run over the true one.</summary>
    private sealed class BentTopology(ICollectiveDevice inner, Func<Topology, Topology> bend) : ICollectiveDevice
    {
        private bool wasFormed;

        public DeviceDescription Description => inner.Description;

        public Topology Topology => wasFormed ? bend(inner.Topology) : inner.Topology;

        public void FormTopology(int sailCount)
        {
            inner.FormTopology(sailCount);
            wasFormed = true;
        }

        public DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers) => inner.AllReduce(operation, buffers);

        public DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered) =>
            inner.AllGather(buffers, gathered);

        public void Dispose() => inner.Dispose();
    }
}
