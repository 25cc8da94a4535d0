namespace Spanker.Conformance.Device;

/// <summary>The few system calls that the runtime makes. One implementation is the C library, the other a simulated driver.</summary>
public interface ISystemCalls
{
    /// <summary>Opens a node. Returns a descriptor, or a negated errno.</summary>
    int Open(string path, int flags);

    /// <summary>Issues an ioctl on an open descriptor. Returns the call's own non-negative answer, or a negated errno.</summary>
    /// <param name="descriptor">What <see cref="Open"/> returned.</param>
    /// <param name="request">The ioctl number.</param>
    /// <param name="argument">An address, or any number for a request without a payload.</param>
    int Ioctl(int descriptor, uint request, nint argument);

    /// <summary>Closes a descriptor. Returns 0, or a negated errno.</summary>
    int Close(int descriptor);
}
