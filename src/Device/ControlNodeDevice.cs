namespace Spanker.Conformance.Device;

/// <summary>A driver by itself, without a card: a subject for the DRV clauses alone.</summary>
public sealed class ControlNodeDevice : IControlledDevice
{
    /// <summary>The driver that <paramref name="calls"/> reach.</summary>
    public ControlNodeDevice(string name, ISystemCalls calls)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(calls);
        Description = new DeviceDescription { Name = name, Computes = false, SubmitsWork = false };
        SystemCalls = calls;
    }

    /// <inheritdoc/>
    public DeviceDescription Description { get; }

    /// <inheritdoc/>
    public ISystemCalls SystemCalls { get; }

    /// <summary>Does nothing: whoever probes the node opens and closes it.</summary>
    public void Dispose()
    {
    }
}
