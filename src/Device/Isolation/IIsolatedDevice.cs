namespace Spanker.Conformance.Device;

/// <summary>Which calls a device allows at the same time.</summary>
public enum ThreadRule
{
    /// <summary>One call at a time in the whole process.</summary>
    None,

    /// <summary>One call at a time on each open device.</summary>
    PerDevice,

    /// <summary>Any calls, on one open device too.</summary>
    Free,
}

/// <summary>How calls of several threads are arranged.</summary>
public enum ThreadArrangement
{
    /// <summary>One call at a time on one device, each from a thread of its own.</summary>
    InTurn,

    /// <summary>All at once, each on a device of its own.</summary>
    DeviceEach,

    /// <summary>All at once on one device.</summary>
    OneDevice,
}

/// <summary>A buffer of a call, in memory where a device's strays are seen.</summary>
public interface ICallBuffer
{
    /// <summary>Length in bytes.</summary>
    ulong LengthBytes { get; }

    /// <summary>The buffer as an operand.</summary>
    OperandView Operand { get; }

    /// <summary>The buffer as a result window.</summary>
    OutputView Output { get; }

    /// <summary>A part of the buffer.</summary>
    Span<byte> Slice(ulong offsetBytes, int lengthBytes);

    /// <summary>The offset from the buffer's start of the first byte around it that changed, or null. Negative: before the buffer.</summary>
    long? FindDamage();
}

/// <summary>The buffers of one matmul call.</summary>
public interface ICallMemory : IDisposable
{
    /// <summary>A, [m x k].</summary>
    ICallBuffer A { get; }

    /// <summary>B, [n x k].</summary>
    ICallBuffer B { get; }

    /// <summary>OUT, [m x n].</summary>
    ICallBuffer Output { get; }

    /// <summary>True if a device that writes to A or B is stopped by the machine, so that they need not be compared.</summary>
    bool OperandsAreProtected { get; }
}

/// <summary>A device in a process of its own: its crash is an incident, not the suite's end.</summary>
public interface IIsolatedDevice : IDevice
{
    /// <summary>True if no device was opened in this process before.</summary>
    bool IsInFreshProcess { get; }

    /// <summary>Memory that both processes see, so that operands are made where the device reads them.</summary>
    ICallMemory Reserve(ulong aBytes, ulong bBytes, ulong outputBytes);

    /// <summary>What has come to light since the last call of this method; also to be asked after the device is disposed of.</summary>
    IReadOnlyList<Incident> TakeIncidents();

    /// <summary>Begins to close the device while its caller goes on with the results; <see cref="IDisposable.Dispose"/> waits for it. No call may follow.</summary>
    void BeginClose();

    /// <summary>Calls from several threads, thread i with rows [i*m/threads, (i+1)*m/threads) of A, and compares with the same calls alone.</summary>
    /// <param name="call">All rows, in reserved memory.</param>
    /// <param name="threads">How many threads; m is a multiple of it.</param>
    /// <param name="rounds">How often each calls.</param>
    /// <param name="arrangement">How they are arranged.</param>
    /// <returns>The error of a call alone; null if all succeeded. A disagreement is an incident.</returns>
    DeviceError? MatmulFromThreads(in MatmulCall call, int threads, int rounds, ThreadArrangement arrangement);
}

/// <summary>A source of isolated devices.</summary>
public interface IIsolatedSource : IDeviceSource
{
    /// <summary>Opens a device whose calls are ended at a limit.</summary>
    /// <param name="callLimit">The time that a call may take, unless the device declares its own.</param>
    /// <param name="inFreshProcess">True for a process in which no device was opened before.</param>
    /// <exception cref="DeviceOpenException">It cannot be opened.</exception>
    IDevice Open(TimeSpan callLimit, bool inFreshProcess);

    /// <summary>Ends the processes that wait for another device to be opened in them. The source stays usable.</summary>
    void EndIdleProcesses();
}
