namespace Spanker.Conformance.Device;

/// <summary>A writable result window in native or mapped memory, with a 64-bit length.</summary>
/// <remarks>The owner of the memory keeps it alive for as long as the view is in use; the view itself owns nothing.</remarks>
public readonly unsafe struct OutputView
{
    private readonly byte* start;

    /// <summary>A window of <paramref name="lengthBytes"/> bytes at <paramref name="start"/>.</summary>
    public OutputView(byte* start, ulong lengthBytes)
    {
        ArgumentNullException.ThrowIfNull(start);
        this.start = start;
        LengthBytes = lengthBytes;
    }

    /// <summary>Length in bytes.</summary>
    public ulong LengthBytes { get; }

    /// <summary>The bytes from <paramref name="offsetBytes"/> on, as many as <paramref name="lengthBytes"/> says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slice is not inside the window.</exception>
    public Span<byte> Slice(ulong offsetBytes, int lengthBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lengthBytes);
        if (offsetBytes > LengthBytes || (ulong)lengthBytes > LengthBytes - offsetBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offsetBytes), $"bytes {offsetBytes}..+{lengthBytes} lie outside a result of {LengthBytes} bytes");
        }

        return new Span<byte>(start + offsetBytes, lengthBytes);
    }

    /// <summary>The address of the first byte, for native callees and for faulty devices.</summary>
    public byte* DangerousGetPointer() => start;
}
