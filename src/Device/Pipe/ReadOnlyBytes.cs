namespace Spanker.Conformance.Device;

/// <summary>Bytes to send, in memory that stays where it is; their length is 64 bits wide.</summary>
internal readonly unsafe struct ReadOnlyBytes
{
    /// <summary>So many bytes from <paramref name="start"/> on.</summary>
    public ReadOnlyBytes(byte* start, ulong lengthBytes)
    {
        Start = start;
        LengthBytes = lengthBytes;
    }

    /// <summary>The first.</summary>
    public byte* Start { get; }

    /// <summary>How many.</summary>
    public ulong LengthBytes { get; }

    /// <summary>An operand's bytes.</summary>
    public static ReadOnlyBytes Of(in OperandView operand) => new(operand.DangerousGetPointer(), operand.LengthBytes);
}
