namespace Spanker.Conformance.Device;

/// <summary>An opened device. What it can do is said by the capability interfaces that it implements.</summary>
/// <remarks>
/// The suite opens a fresh one for every case, so that no case sees what another left behind (CONTRACT MM-16 is judged inside one case).
/// </remarks>
public interface IDevice : IDisposable
{
    /// <summary>What the device declares.</summary>
    DeviceDescription Description { get; }
}

/// <summary>A device that offers the Q4_K matmul (CONTRACT MM).</summary>
public interface IMatmulDevice : IDevice
{
    /// <summary>OUT = A * B^T. Null is success.</summary>
    DeviceError? MatmulQ4K(in MatmulCall call);
}

/// <summary>A device whose calls can be observed as phases (CONTRACT MM-9, MM-10).</summary>
public interface ITracedDevice : IDevice
{
    /// <summary>False if the last call's phases are not known after all.</summary>
    bool TellsPhases => true;

    /// <summary>What lengths of phases are rounded up to: whole beats where they are taken from a bus, a byte elsewhere.</summary>
    int PhaseGranularityBytes => 1;

    /// <summary>The phases since the last call of this method, in order; the record is emptied.</summary>
    IReadOnlyList<BusPhase> TakePhases();
}

/// <summary>A device that offers collectives over several Sails (CONTRACT COL, TOP).</summary>
public interface ICollectiveDevice : IDevice
{
    /// <summary>Connects <paramref name="sailCount"/> Sails, at most what the description declares; afterwards <see cref="Topology"/> holds.</summary>
    void FormTopology(int sailCount);

    /// <summary>The topology formed last; empty before that.</summary>
    Topology Topology { get; }

    /// <summary>Reduces element by element over the Sails' buffers, in place. Null is success.</summary>
    /// <param name="operation">What to compute; the set is open.</param>
    /// <param name="buffers">One buffer a Sail, in topology order.</param>
    DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers);

    /// <summary>Joins the Sails' buffers in topology order. Null is success.</summary>
    /// <param name="buffers">One buffer a Sail, in topology order.</param>
    /// <param name="gathered">The joined elements; left as it was when the call fails. A mismatch of its own length is the caller's mistake.</param>
    DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered);
}

/// <summary>A device with a control node that the suite may probe directly (CONTRACT DRV).</summary>
public interface IControlledDevice : IDevice
{
    /// <summary>The system calls through which the node is reached: the C library's, or a simulated driver's.</summary>
    ISystemCalls SystemCalls { get; }
}
