using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>The numbers of the pipe protocol, version 1.0 (docs/pipe-protocol.md).</summary>
public static class PipeProtocol
{
    /// <summary>Major version: a program of another is refused.</summary>
    public const uint Major = 1;

    /// <summary>Major in the high half, minor in the low half.</summary>
    public const ulong Version = (ulong)Major << 16;

    /// <summary>Bytes of a request's header, and of a reply's.</summary>
    public const int HeaderBytes = 64;

    /// <summary>Bytes of the description in version 1.0; a newer minor may append to it.</summary>
    public const int DescriptionBytes = 200;

    /// <summary>The most bytes of a description.</summary>
    public const int MostDescriptionBytes = 4096;

    /// <summary>The most bytes of a reply's text.</summary>
    public const int MostTextBytes = 191;

    /// <summary>The most Sails, and so the most buffers of a collective but one more, that the host asks for.</summary>
    public const int MostSails = 255;

    /// <summary>The most phases that a reply may hold.</summary>
    public const int MostPhases = 64;

    /// <summary>In a description's <c>offers</c>: the program answers <see cref="PipeCommand.TakePhases"/>.</summary>
    public const uint OffersPhases = 1;

    /// <summary>"SPKQ", the first bytes of a request, read as a little-endian number.</summary>
    public const uint RequestMagic = 0x514B_5053;

    /// <summary>"SPKR", the first bytes of a reply, read as a little-endian number.</summary>
    public const uint ReplyMagic = 0x524B_5053;
}

/// <summary>What a request asks for.</summary>
public enum PipeCommand
{
    /// <summary>The first request: the host's version; the answer is the program's version and its description.</summary>
    Hello = 0,

    /// <summary>Opens a device in its first state.</summary>
    Open = 1,

    /// <summary>Closes it.</summary>
    Close = 2,

    /// <summary>OUT = A * B^T.</summary>
    Matmul = 3,

    /// <summary>Connects Sails.</summary>
    FormTopology = 4,

    /// <summary>Reduces buffers in place.</summary>
    AllReduce = 5,

    /// <summary>Joins buffers.</summary>
    AllGather = 6,

    /// <summary>The phases since the last such request.</summary>
    TakePhases = 7,
}

/// <summary>The header of a request; what follows it are <paramref name="FirstBytes"/> and then <paramref name="SecondBytes"/> bytes.</summary>
/// <param name="Magic"><see cref="PipeProtocol.RequestMagic"/>.</param>
/// <param name="Command">A <see cref="PipeCommand"/>.</param>
/// <param name="Sequence">1 for hello, and one more for each request.</param>
/// <param name="X0">First argument.</param>
/// <param name="X1">Second argument.</param>
/// <param name="X2">Third argument.</param>
/// <param name="X3">Fourth argument.</param>
/// <param name="FirstBytes">Bytes of the first part.</param>
/// <param name="SecondBytes">Bytes of the second part.</param>
[StructLayout(LayoutKind.Sequential, Size = PipeProtocol.HeaderBytes)]
public readonly record struct PipeRequest(
    uint Magic, uint Command, ulong Sequence, ulong X0, ulong X1, ulong X2, ulong X3, ulong FirstBytes, ulong SecondBytes)
{
    /// <summary>A request that is yet to be numbered.</summary>
    public static PipeRequest Of(PipeCommand command, ulong x0 = 0, ulong x1 = 0, ulong x2 = 0, ulong x3 = 0) =>
        new(PipeProtocol.RequestMagic, (uint)command, 0, x0, x1, x2, x3, 0, 0);
}

/// <summary>The header of a reply; what follows it are <paramref name="TextBytes"/> of text and <paramref name="PayloadBytes"/> of payload.</summary>
/// <param name="Magic"><see cref="PipeProtocol.ReplyMagic"/>.</param>
/// <param name="Status">0 for success, or a status of native/spanker_device.h.</param>
/// <param name="Sequence">That of the request.</param>
/// <param name="Field0">First field of an error.</param>
/// <param name="Field1">Second field.</param>
/// <param name="Field2">Third field.</param>
/// <param name="Field3">Fourth field.</param>
/// <param name="TextBytes">Bytes of text.</param>
/// <param name="Reserved">Zero.</param>
/// <param name="PayloadBytes">Bytes of payload.</param>
[StructLayout(LayoutKind.Sequential, Size = PipeProtocol.HeaderBytes)]
public readonly record struct PipeReplyHeader(
    uint Magic, int Status, ulong Sequence, ulong Field0, ulong Field1, ulong Field2, ulong Field3, uint TextBytes, uint Reserved, ulong PayloadBytes);

/// <summary>The description that answers hello; texts are UTF-8 and end with a zero byte or with their room.</summary>
[StructLayout(LayoutKind.Sequential, Size = PipeProtocol.DescriptionBytes)]
public unsafe struct PipeDescription
{
    /// <summary><c>SPANKER_CLASS_*</c>.</summary>
    public uint ArithmeticClass;

    /// <summary><c>SPANKER_ORDER_*</c>.</summary>
    public uint SummationOrder;

    /// <summary><c>SPANKER_WEIGHTS_*</c>.</summary>
    public uint Weights;

    /// <summary><c>SPANKER_NONFINITE_*</c>.</summary>
    public uint NonFinite;

    /// <summary>1 if the same call gives the same bits.</summary>
    public uint IsDeterministic;

    /// <summary>0: no collectives.</summary>
    public uint MaxSails;

    /// <summary><see cref="PipeProtocol.OffersPhases"/>.</summary>
    public uint Offers;

    /// <summary>Zero.</summary>
    public uint Reserved;

    /// <summary>0: no limit.</summary>
    public ulong MaxM;

    /// <summary>0: no limit.</summary>
    public ulong MaxN;

    /// <summary>0: no limit.</summary>
    public ulong MaxK;

    /// <summary>0: no limit of its own.</summary>
    public ulong MaxCallMilliseconds;

    /// <summary>0: unknown.</summary>
    public ulong ProductsPerSecond;

    private fixed byte name[64];
    private fixed byte vendor[64];

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
