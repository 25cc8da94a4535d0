using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Spanker.Conformance.Device;

/// <summary>The numbers of native/spanker_device.h. A test compiles a probe against the header and compares.</summary>
public static class VendorAbi
{
    /// <summary>The major version: a library of another is refused.</summary>
    public const int Major = 1;

    /// <summary>The minor version.</summary>
    public const int Minor = 0;

    /// <summary>Success.</summary>
    public const int Ok = 0;

    /// <summary>Fields m, k, n, qk.</summary>
    public const int BadDims = 1;

    /// <summary>Fields have_bytes, need_bytes.</summary>
    public const int OutputTooSmall = 2;

    /// <summary>Text names what is missing.</summary>
    public const int NotImplemented = 3;

    /// <summary>Fields expected, actual.</summary>
    public const int TopologyMismatch = 4;

    /// <summary>Fields sail, expected, actual.</summary>
    public const int ShapeMismatch = 5;

    /// <summary>Field errno; text: the path.</summary>
    public const int OpenFailed = 6;

    /// <summary>Field errno; text: the operation.</summary>
    public const int IoctlFailed = 7;

    /// <summary>No card was found.</summary>
    public const int NoSails = 8;

    /// <summary>A status with its error record as a typed error; null for success. A number that is not named here is an <see cref="UnknownDeviceError"/>.</summary>
    public static DeviceError? ToError(int status, in VendorError error) => status switch
    {
        Ok => null,
        BadDims => new BadDims(M: error.Field(0), K: error.Field(1), N: error.Field(2), Qk: error.Field(3)),
        OutputTooSmall => new OutputTooSmall(HaveBytes: error.Field(0), NeedBytes: error.Field(1)),
        NotImplemented => new NotImplemented(error.Words),
        TopologyMismatch => new TopologyMismatch(Expected: error.Field(0), Actual: error.Field(1)),
        ShapeMismatch => new ShapeMismatch(Sail: error.Field(0), Expected: error.Field(1), Actual: error.Field(2)),
        OpenFailed => new OpenFailed(error.Words, unchecked((int)error.Field(0))), // unchecked: whatever a library wrote is shown, not refused
        IoctlFailed => new IoctlFailed(error.Words, unchecked((int)error.Field(0))),
        NoSails => new NoSails(),
        _ => new UnknownDeviceError(status, error.Words),
    };

    internal static string ReadText(ReadOnlySpan<byte> zeroEnded)
    {
        int end = zeroEnded.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? zeroEnded : zeroEnded[..end]);
    }
}

/// <summary><c>spanker_error</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct VendorError
{
    private fixed ulong fields[4];
    private fixed byte text[192];

    /// <summary>The text.</summary>
    public readonly string Words
    {
        get
        {
            fixed (byte* first = text)
            {
                return VendorAbi.ReadText(new ReadOnlySpan<byte>(first, 192));
            }
        }
    }

    /// <summary>A field, from 0.</summary>
    public readonly ulong Field(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, 4u);
        return fields[index];
    }
}

/// <summary><c>spanker_phase</c>.</summary>
/// <param name="Kind">Write A, write B, compute, read OUT: 0 to 3.</param>
/// <param name="Reserved">Zero.</param>
/// <param name="Bytes">Of a write or a read.</param>
/// <param name="M">Of compute.</param>
/// <param name="K">Of compute.</param>
/// <param name="N">Of compute.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct VendorPhase(uint Kind, uint Reserved, ulong Bytes, ulong M, ulong K, ulong N)
{
    /// <summary>The phase as the contract names it. A kind that nobody knows keeps its number.</summary>
    public BusPhase ToPhase() => Kind switch
    {
        0 => new WritePhase("A", Bytes),
        1 => new WritePhase("B", Bytes),
        2 => new ComputeSubmitPhase(MatmulPhases.Kind, M, K, N),
        3 => new ReadPhase("OUT", Bytes),
        _ => new ComputeSubmitPhase($"phase {Kind}", M, K, N),
    };
}

/// <summary><c>spanker_description</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct VendorDescription
{
    /// <summary>The record's size, set by the host.</summary>
    public uint StructBytes;

    /// <summary><c>SPANKER_CLASS_*</c>.</summary>
    public uint ArithmeticClass;

    /// <summary><c>SPANKER_ORDER_*</c>.</summary>
    public uint SummationOrder;

    /// <summary><c>SPANKER_WEIGHTS_*</c>.</summary>
    public uint Weights;

    /// <summary><c>SPANKER_NONFINITE_*</c>.</summary>
    public uint NonFinite;

    /// <summary><c>SPANKER_THREADS_*</c>.</summary>
    public uint ThreadRule;

    /// <summary>1 if the same call gives the same bits.</summary>
    public uint IsDeterministic;

    /// <summary>0: no collectives.</summary>
    public uint MaxSails;

    /// <summary>0: no limit.</summary>
    public ulong MaxM;

    /// <summary>0: no limit.</summary>
    public ulong MaxN;

    /// <summary>0: no limit.</summary>
    public ulong MaxK;

    /// <summary>0: no limit.</summary>
    public ulong MaxCallMilliseconds;

    /// <summary>0: unknown.</summary>
    public ulong ProductsPerSecond;

    private fixed ulong reserved[3];
    private fixed byte name[64];
    private fixed byte vendor[64];

    /// <summary>Whether any reserved field holds something.</summary>
    public readonly bool HasReserved => (reserved[0] | reserved[1] | reserved[2]) != 0;

    /// <summary>The bytes of the device's name.</summary>
    public readonly byte[] Name
    {
        get
        {
            fixed (byte* first = name)
            {
                return new ReadOnlySpan<byte>(first, 64).ToArray();
            }
        }
    }

    /// <summary>The bytes of its maker's name.</summary>
    public readonly byte[] Vendor
    {
        get
        {
            fixed (byte* first = vendor)
            {
                return new ReadOnlySpan<byte>(first, 64).ToArray();
            }
        }
    }
}
