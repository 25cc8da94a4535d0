using Spanker.Conformance.Collectives;

namespace Spanker.Conformance.Device;

/// <summary>A directed link between two Sails.</summary>
/// <param name="Source">Index of the Sail that sends.</param>
/// <param name="Destination">Index of the Sail that receives.</param>
/// <param name="State">What the link is doing.</param>
public readonly record struct Link(int Source, int Destination, LinkState State);

/// <summary>The connected Sails, indexed 0..N-1, and their directed links (CONTRACT TOP, DRV-7).</summary>
/// <param name="SailCount">N.</param>
/// <param name="Links">The links, in no promised order.</param>
public sealed record Topology(int SailCount, IReadOnlyList<Link> Links)
{
    /// <summary>Upstream's mock topology: every Sail linked to every other, all Up, no self link (CONTRACT TOP-1).</summary>
    public static Topology FullMesh(int sailCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sailCount);
        List<Link> links = new(sailCount * Math.Max(0, sailCount - 1));
        for (int source = 0; source < sailCount; source++)
        {
            for (int destination = 0; destination < sailCount; destination++)
            {
                if (source != destination)
                {
                    links.Add(new Link(source, destination, LinkState.Up));
                }
            }
        }

        return new Topology(sailCount, links);
    }
}
