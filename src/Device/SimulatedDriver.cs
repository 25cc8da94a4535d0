using System.Globalization;

namespace Spanker.Conformance.Device;

/// <summary>A model, in this process, of the driver as a client sees it (CONTRACT DRV-1 to DRV-4, DRV-7 to DRV-9).</summary>
/// <remarks>
/// The nodes are /dev/spankerctl and /dev/spanker0 .. N-1. A card's node answers what the control node does: upstream's runtime opens
/// both with the same handle, and no request for cards alone exists (DRV-8). Descriptors are given out lowest first, as POSIX wants, so
/// a use after close meets a stranger's node, as it would in earnest.
/// A pointer is judged by range alone: below <see cref="LowestUserAddress"/>, or ending above <see cref="HighestUserAddress"/>, is
/// EFAULT; anything between is written to, so a caller that passes an address of nothing kills this process where a kernel
/// would answer EFAULT. All members may be called from any thread. Each step can be overridden, which is how the zoo breaks one at a time.
/// </remarks>
public class SimulatedDriver : ISystemCalls
{
    /// <summary>Where Linux lets a process map its first page by default (vm.mmap_min_addr).</summary>
    public const ulong LowestUserAddress = 0x1_0000;

    /// <summary>The first address above user space on x86-64 with four-level page tables.</summary>
    public const ulong HighestUserAddress = 0x0000_7FFF_FFFF_F000;

    /// <summary>How many descriptors may be open at once; one more is EMFILE.</summary>
    public const int DescriptorLimit = 1024;

    private const int FirstDescriptor = 3;
    private readonly Lock gate = new();
    private readonly Dictionary<int, string> pathOfDescriptor = [];

    /// <summary>A driver of ABI 0.1.0 that found <paramref name="cardCount"/> cards.</summary>
    public SimulatedDriver(int cardCount = 0)
        : this(cardCount, AbiVersion.Current)
    {
    }

    /// <summary>A driver that found <paramref name="cardCount"/> cards and reports <paramref name="version"/>.</summary>
    public SimulatedDriver(int cardCount, AbiVersion version)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cardCount);
        CardCount = cardCount;
        Version = version;
    }

    /// <summary>N.</summary>
    public int CardCount { get; }

    /// <summary>What GET_VERSION reports.</summary>
    public AbiVersion Version { get; }

    /// <summary>Descriptors that are open now.</summary>
    public int OpenDescriptors
    {
        get
        {
            lock (gate)
            {
                return pathOfDescriptor.Count;
            }
        }
    }

    /// <summary>The number that is PING.</summary>
    protected virtual uint PingRequest => DriverAbi.Ping;

    /// <summary>The number that is GET_VERSION.</summary>
    protected virtual uint GetVersionRequest => DriverAbi.GetVersion;

    /// <inheritdoc/>
    public int Open(string path, int flags)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        lock (gate)
        {
            int refusal = AdmitOpen(path);
            if (refusal < 0)
            {
                return refusal;
            }

            for (int descriptor = FirstDescriptor; descriptor < FirstDescriptor + DescriptorLimit; descriptor++)
            {
                if (pathOfDescriptor.TryAdd(descriptor, path))
                {
                    return descriptor;
                }
            }

            return -Errno.EMFILE;
        }
    }

    /// <inheritdoc/>
    public int Ioctl(int descriptor, uint request, nint argument)
    {
        lock (gate)
        {
            if (!pathOfDescriptor.ContainsKey(descriptor))
            {
                return -Errno.EBADF;
            }
        }

        // As in the kernel, the request runs outside the table's lock, and a close meanwhile does not disturb it.
        return Dispatch(request, argument);
    }

    /// <inheritdoc/>
    public int Close(int descriptor)
    {
        lock (gate)
        {
            return pathOfDescriptor.Remove(descriptor) ? 0 : -Errno.EBADF;
        }
    }

    /// <summary>Copies to the caller's memory. 0, or -EFAULT where the range is not user space.</summary>
    protected static unsafe int CopyToCaller(nint address, ReadOnlySpan<byte> bytes)
    {
        // Kernel addresses are negative as nint; their bits are what counts.
        ulong start = unchecked((nuint)address);
        if (start < LowestUserAddress || start > HighestUserAddress || (ulong)bytes.Length > HighestUserAddress - start)
        {
            return -Errno.EFAULT;
        }

        bytes.CopyTo(new Span<byte>((void*)address, bytes.Length));
        return 0;
    }

    /// <summary>Whether <paramref name="path"/> may be opened: 0, or a negated errno. Called with the descriptor table locked.</summary>
    protected virtual int AdmitOpen(string path)
    {
        if (path == DriverAbi.ControlPath)
        {
            return 0;
        }

        bool isCard = path.StartsWith(DriverAbi.SailPathPrefix, StringComparison.Ordinal)
            && int.TryParse(path.AsSpan(DriverAbi.SailPathPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && index < CardCount
            && path == DriverAbi.SailPath(index);
        return isCard ? 0 : -Errno.ENOENT;
    }

    /// <summary>Finds the request by its whole number: another size or direction is another request (CONTRACT DRV-8).</summary>
    protected virtual int Dispatch(uint request, nint argument)
    {
        if (request == PingRequest)
        {
            return Ping(argument);
        }

        return request == GetVersionRequest ? GetVersion(argument) : AnswerUnknown(request, argument);
    }

    /// <summary>PING: 0, whatever the argument.</summary>
    protected virtual int Ping(nint argument) => 0;

    /// <summary>GET_VERSION: copies the record to <paramref name="argument"/>.</summary>
    protected virtual int GetVersion(nint argument)
    {
        Span<byte> record = stackalloc byte[VersionRecord.SizeBytes];
        VersionRecord.Write(Version, record);
        return CopyToCaller(argument, record);
    }

    /// <summary>Any other request: ENOTTY.</summary>
    protected virtual int AnswerUnknown(uint request, nint argument) => -Errno.ENOTTY;
}
