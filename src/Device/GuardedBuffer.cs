using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>Native memory with canary bytes before and behind it, so that a device that writes outside is seen (CONTRACT MM-11).</summary>
/// <remarks>
/// <code>
/// | 4096 canary bytes | payload, 64-byte aligned | 4096 canary bytes |
/// </code>
/// The canary at offset o from the payload's start is a fixed function of o, so a shifted copy of it is seen too.
/// </remarks>
public sealed unsafe class GuardedBuffer : ICallBuffer, IDisposable
{
    /// <summary>Canary bytes on each side.</summary>
    public const int GuardBytes = 4096;

    // Of the canaries, in bytes: 256 for the product, 256 * 128 for the shifted offset.
    private const int Period = 1 << 15;

    private static readonly byte[] Canaries = [.. Enumerable.Range(0, Period + GuardBytes).Select(offset => Canary(offset))];

    private byte* allocation;

    /// <summary>A zeroed payload of <paramref name="lengthBytes"/> bytes between fresh canaries.</summary>
    public GuardedBuffer(ulong lengthBytes)
    {
        LengthBytes = lengthBytes;
        allocation = (byte*)NativeMemory.AlignedAlloc(checked((nuint)lengthBytes + (2 * GuardBytes)), alignment: 64);
        NativeMemory.Clear(allocation + GuardBytes, (nuint)lengthBytes);
        CanariesFrom(-GuardBytes).CopyTo(FrontGuard);
        CanariesFrom((long)lengthBytes).CopyTo(RearGuard);
    }

    /// <summary>Length of the payload in bytes.</summary>
    public ulong LengthBytes { get; }

    /// <summary>The payload as an operand.</summary>
    public OperandView Operand => new(Payload, LengthBytes);

    /// <summary>The payload as a result window.</summary>
    public OutputView Output => new(Payload, LengthBytes);

    private byte* Payload
    {
        get
        {
            ObjectDisposedException.ThrowIf(allocation is null, this);
            return allocation + GuardBytes;
        }
    }

    private Span<byte> FrontGuard => new(Payload - GuardBytes, GuardBytes);

    private Span<byte> RearGuard => new(Payload + LengthBytes, GuardBytes);

    /// <summary>A part of the payload.</summary>
    public Span<byte> Slice(ulong offsetBytes, int lengthBytes) => Output.Slice(offsetBytes, lengthBytes);

    /// <summary>The offset from the payload's start of the first canary byte that changed, or null. Negative: before the payload.</summary>
    public long? FindDamage() => FindDamage(FrontGuard, -GuardBytes) ?? FindDamage(RearGuard, (long)LengthBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(allocation);
        allocation = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the memory of a buffer that was abandoned with a hung call.</summary>
    ~GuardedBuffer()
    {
        NativeMemory.AlignedFree(allocation);
    }

    private static ReadOnlySpan<byte> CanariesFrom(long firstOffset) => Canaries.AsSpan((int)(firstOffset & (Period - 1)), GuardBytes);

    private static long? FindDamage(ReadOnlySpan<byte> guard, long firstOffset)
    {
        int same = guard.CommonPrefixLength(CanariesFrom(firstOffset));
        return same < guard.Length ? firstOffset + same : null;
    }

    // unchecked: a hash of the offset. 167 is odd, so neighbouring bytes differ.
    private static byte Canary(long offset) => unchecked((byte)(((ulong)offset * 167) ^ ((ulong)offset >> 7) ^ 0xA5));
}
