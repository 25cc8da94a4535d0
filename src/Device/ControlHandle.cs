using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>An open node, counted: the descriptor is closed once, and not before the last call on it has come back.</summary>
/// <remarks>
/// A descriptor that were closed under an ioctl in flight could be handed to another open at once, and the ioctl's successor would
/// reach a stranger's device. SafeHandle's reference count is what prevents it.
/// </remarks>
internal sealed class ControlHandle : SafeHandle
{
    /// <summary>How often an interrupted call is made again before EINTR is reported: a storm of signals, not bad luck.</summary>
    internal const int InterruptionLimit = 64;

    private readonly ISystemCalls calls;

    private ControlHandle(ISystemCalls calls)
        : base(invalidHandleValue: -1, ownsHandle: true)
    {
        this.calls = calls;
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == -1;

    /// <summary>Opens <paramref name="path"/>. Returns 0 and a handle, or a negated errno and null.</summary>
    internal static int Open(ISystemCalls calls, string path, out ControlHandle? opened)
    {
        // The handle exists before the descriptor does, so nothing that fails in between can leak it.
        ControlHandle fresh = new(calls);
        int answer = -Errno.EINTR;
        for (int attempt = 0; answer == -Errno.EINTR && attempt < InterruptionLimit; attempt++)
        {
            answer = calls.Open(path, DriverAbi.OpenFlags);
        }

        if (answer < 0)
        {
            fresh.Dispose();
            opened = null;
            return answer;
        }

        fresh.SetHandle(answer);
        opened = fresh;
        return 0;
    }

    /// <summary>Issues an ioctl. The descriptor stays open until it has come back, whoever disposes the handle meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The descriptor was closed before.</exception>
    internal int Ioctl(uint request, nint argument)
    {
        bool isCounted = false;
        try
        {
            DangerousAddRef(ref isCounted);
            int answer = -Errno.EINTR;
            for (int attempt = 0; answer == -Errno.EINTR && attempt < InterruptionLimit; attempt++)
            {
                answer = calls.Ioctl((int)handle, request, argument);
            }

            return answer;
        }
        finally
        {
            if (isCounted)
            {
                DangerousRelease();
            }
        }
    }

    /// <inheritdoc/>
    // Not repeated on EINTR: Linux has freed the descriptor by then, and a second close could hit another thread's.
    protected override bool ReleaseHandle() => calls.Close((int)handle) >= 0;
}
