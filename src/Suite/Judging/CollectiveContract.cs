using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>What a collective must answer before any arithmetic (CONTRACT COL-3, COL-4).</summary>
public static class CollectiveContract
{
    /// <summary>The error that the contract demands, or null for success.</summary>
    public static DeviceError? ExpectedError(CollectiveCase tried)
    {
        ArgumentNullException.ThrowIfNull(tried);
        if (tried.Lengths.Count != tried.Sails)
        {
            return new TopologyMismatch((ulong)tried.Sails, (ulong)tried.Lengths.Count);
        }

        for (int sail = 1; sail < tried.Lengths.Count; sail++)
        {
            if (tried.Lengths[sail] != tried.Lengths[0])
            {
                return new ShapeMismatch((ulong)sail, (ulong)tried.Lengths[0], (ulong)tried.Lengths[sail]);
            }
        }

        return null;
    }
}
