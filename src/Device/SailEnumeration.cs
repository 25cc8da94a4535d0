namespace Spanker.Conformance.Device;

/// <summary>Finds the cards: /dev/spanker0 .. N-1 (CONTRACT DRV-7).</summary>
public static class SailEnumeration
{
    /// <summary>Walks the nodes in order of their index until one is missing, or <see cref="DriverAbi.MaxSails"/> were found. Null is success.</summary>
    /// <param name="calls">The system calls.</param>
    /// <param name="topology">The cards found, Sail i being /dev/spanker{i}; no links, since no link protocol is fixed yet. Empty after an error.</param>
    /// <returns>
    /// <see cref="NoSails"/> if there is no /dev/spanker0. A node that exists but does not open (EACCES, EBUSY, ENXIO, ..) ends the
    /// walk with its <see cref="OpenFailed"/>, and no topology: a card that may not be used is not a card that is absent, and running
    /// on fewer cards than are plugged in would shard a model otherwise without a word. Only ENOENT means the end.
    /// </returns>
    /// <remarks>A node is opened and closed again, as upstream's runtime does; no request is issued on it.</remarks>
    public static DeviceError? TryEnumerate(ISystemCalls calls, out Topology topology)
    {
        ArgumentNullException.ThrowIfNull(calls);
        topology = new Topology(SailCount: 0, Links: []);
        int found = 0;
        while (found < DriverAbi.MaxSails)
        {
            string path = DriverAbi.SailPath(found);
            int answer = ControlHandle.Open(calls, path, out ControlHandle? handle);
            if (answer == -Errno.ENOENT)
            {
                break;
            }

            if (handle is null)
            {
                return new OpenFailed(path, -answer);
            }

            handle.Dispose();
            found++;
        }

        if (found == 0)
        {
            return new NoSails();
        }

        topology = new Topology(found, Links: []);
        return null;
    }
}
