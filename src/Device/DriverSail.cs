namespace Spanker.Conformance.Device;

/// <summary>Upstream's real-device path: a card behind the driver (CONTRACT MM-14, COL-9).</summary>
/// <remarks>
/// The driver's ABI has no <c>SPANKER_IOC_WORK_SUBMIT</c> yet, so every operation answers <see cref="NotImplemented"/> before it looks
/// at its arguments. What the layer below answers arrives as <see cref="RuntimeError"/>.
/// </remarks>
public sealed class DriverSail : IMatmulDevice, ICollectiveDevice, IControlledDevice
{
    private readonly SpankerControl control;

    /// <summary>The card behind <paramref name="control"/>, which this device owns from now on.</summary>
    public DriverSail(SpankerControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        this.control = control;
        Description = new DeviceDescription
        {
            Name = "dev:" + control.Path,
            Vendor = "Spanker",
            Computes = false,
            SubmitsWork = false,
            MaxSails = DriverAbi.MaxSails,
        };
    }

    /// <inheritdoc/>
    public DeviceDescription Description { get; }

    /// <inheritdoc/>
    public ISystemCalls SystemCalls => control.SystemCalls;

    /// <summary>The node of the card.</summary>
    public string Path => control.Path;

    /// <inheritdoc/>
    public Topology Topology { get; private set; } = new(SailCount: 0, Links: []);

    /// <summary>Opens a card. Null is success, and then <paramref name="device"/> is set; an error of the control layer arrives as <see cref="RuntimeError"/>.</summary>
    public static DeviceError? TryOpen(ISystemCalls calls, string path, out DriverSail? device)
    {
        DeviceError? error = SpankerControl.TryOpen(calls, path, out SpankerControl? control);
        device = control is null ? null : new DriverSail(control);
        return Wrap(error);
    }

    /// <summary>Asks whether the driver answers. Null is success; an error of the control layer arrives as <see cref="RuntimeError"/>.</summary>
    public DeviceError? Ping() => Wrap(control.Ping());

    /// <inheritdoc/>
    public DeviceError? MatmulQ4K(in MatmulCall call) => Lacking("matmul_q4_k");

    /// <summary>Notes how many Sails a collective would span. No card is touched and there are no links: none is known before work can be submitted (CONTRACT DRV-7).</summary>
    public void FormTopology(int sailCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sailCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sailCount, DriverAbi.MaxSails);
        Topology = new Topology(sailCount, Links: []);
    }

    /// <inheritdoc/>
    public DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers) => Lacking("AllReduce");

    /// <inheritdoc/>
    public DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered) => Lacking("AllGather");

    /// <summary>Closes the card's node.</summary>
    public void Dispose() => control.Dispose();

    private static NotImplemented Lacking(string operation) =>
        new($"{operation} on a card needs {DriverAbi.WorkSubmitName}, which driver ABI {AbiVersion.Current} does not have");

    private static RuntimeError? Wrap(DeviceError? inner) => inner is null ? null : new RuntimeError(inner);
}
