namespace Spanker.Conformance.Device;

/// <summary>The device spec <c>mock</c>.</summary>
public sealed class MockSource : IDeviceSource
{
    /// <inheritdoc/>
    public string Spec => "mock";

    /// <inheritdoc/>
    public IDevice Open() => new MockSail();
}
