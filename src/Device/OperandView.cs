namespace Spanker.Conformance.Device;

/// <summary>A read-only operand in native or mapped memory. Its length is 64 bits wide, so it may exceed what a span can hold.</summary>
/// <remarks>The owner of the memory keeps it alive for as long as the view is in use; the view itself owns nothing.</remarks>
public readonly unsafe struct OperandView
{
    private readonly byte* start;

    /// <summary>A view of <paramref name="lengthBytes"/> bytes at <paramref name="start"/>.</summary>
    public OperandView(byte* start, ulong lengthBytes)
    {
        ArgumentNullException.ThrowIfNull(start);
        this.start = start;
        LengthBytes = lengthBytes;
    }

    /// <summary>Length in bytes.</summary>
    public ulong LengthBytes { get; }

    /// <summary>The bytes from <paramref name="offsetBytes"/> on, as many as <paramref name="lengthBytes"/> says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slice is not inside the view.</exception>
    public ReadOnlySpan<byte> Slice(ulong offsetBytes, int lengthBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lengthBytes);
        if (offsetBytes > LengthBytes || (ulong)lengthBytes > LengthBytes - offsetBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offsetBytes), $"bytes {offsetBytes}..+{lengthBytes} lie outside an operand of {LengthBytes} bytes");
        }

        return new ReadOnlySpan<byte>(start + offsetBytes, lengthBytes);
    }

    /// <summary>The address of the first byte, for native callees.</summary>
    public byte* DangerousGetPointer() => start;
}
