namespace Spanker.Conformance.Device;

/// <summary>Why a device refused or failed. Data, not an exception: a referee compares it.</summary>
/// <remarks>
/// The set is open (CONTRACT MM-15): a device may answer with a kind that this version does not know, which arrives as
/// <see cref="UnknownDeviceError"/>, and later versions add kinds. The type can be extended outside this assembly on purpose,
/// so a switch expression without a default arm never compiles as exhaustive.
/// </remarks>
public abstract record DeviceError;

/// <summary>Dimensions or operand lengths do not fit together (CONTRACT MM-3, MM-4, MM-5).</summary>
/// <param name="M">Rows of A.</param>
/// <param name="K">Weights of a row.</param>
/// <param name="N">Rows of B.</param>
/// <param name="Qk">Weights of a block: 256.</param>
public sealed record BadDims(ulong M, ulong K, ulong N, ulong Qk) : DeviceError;

/// <summary>OUT is shorter than m*n*4 bytes (CONTRACT MM-6).</summary>
/// <param name="HaveBytes">Length of OUT.</param>
/// <param name="NeedBytes">Length needed.</param>
public sealed record OutputTooSmall(ulong HaveBytes, ulong NeedBytes) : DeviceError;

/// <summary>The layer below lacks an operation (CONTRACT MM-14, COL-9).</summary>
/// <param name="Message">Names what is missing.</param>
public sealed record NotImplemented(string Message) : DeviceError;

/// <summary>An error of the runtime arrived through the backend (CONTRACT MM-14).</summary>
/// <param name="Inner">The runtime's own error.</param>
public sealed record RuntimeError(DeviceError Inner) : DeviceError;

/// <summary>A collective was given another number of buffers than there are Sails (CONTRACT COL-3).</summary>
/// <param name="Expected">Sails in the topology.</param>
/// <param name="Actual">Buffers given.</param>
public sealed record TopologyMismatch(ulong Expected, ulong Actual) : DeviceError;

/// <summary>Buffers of a collective differ in length (CONTRACT COL-4).</summary>
/// <param name="Sail">The first Sail whose buffer differs from Sail 0's.</param>
/// <param name="Expected">Elements on Sail 0.</param>
/// <param name="Actual">Elements on <paramref name="Sail"/>.</param>
public sealed record ShapeMismatch(ulong Sail, ulong Expected, ulong Actual) : DeviceError;

/// <summary>A collective ended with an error on a card; no buffer holds a result (CONTRACT COL-10).</summary>
/// <param name="Sail">The first card that could not go on.</param>
/// <param name="Problem">Why.</param>
public sealed record CollectiveFailed(ulong Sail, string Problem) : DeviceError;

/// <summary>A node could not be opened (CONTRACT DRV-6).</summary>
/// <param name="Path">The node.</param>
/// <param name="Errno">The C library's errno.</param>
public sealed record OpenFailed(string Path, int Errno) : DeviceError;

/// <summary>An ioctl failed (CONTRACT DRV-6).</summary>
/// <param name="Operation">The request's name, such as PING.</param>
/// <param name="Errno">The C library's errno.</param>
public sealed record IoctlFailed(string Operation, int Errno) : DeviceError;

/// <summary>The driver speaks another major ABI version (CONTRACT DRV-5).</summary>
/// <param name="Supported">The version this runtime is built for.</param>
/// <param name="Actual">The version that the driver reports.</param>
public sealed record AbiMismatch(AbiVersion Supported, AbiVersion Actual) : DeviceError;

/// <summary>Enumeration found no card (CONTRACT DRV-7).</summary>
public sealed record NoSails : DeviceError;

/// <summary>A transfer between the host and the card failed.</summary>
/// <param name="Address">The address on the card's bus.</param>
/// <param name="Text">What happened, in words.</param>
public sealed record BusError(ulong Address, string Text) : DeviceError;

/// <summary>The host could not bring a device to where it can be called: it does not load, start, or describe itself as the host understands.</summary>
/// <param name="Text">What happened, in words.</param>
public sealed record HostFailure(string Text) : DeviceError
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>A kind that this version does not know (CONTRACT MM-15).</summary>
/// <param name="Code">The device's own code.</param>
/// <param name="Text">The device's own words.</param>
public sealed record UnknownDeviceError(int Code, string Text) : DeviceError;
