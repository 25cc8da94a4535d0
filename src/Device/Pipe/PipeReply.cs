using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>A well-formed reply; its payload is where the request said.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Error">The typed error that it carries; null for success.</param>
internal readonly record struct PipeReply(PipeReplyHeader Header, DeviceError? Error)
{
    /// <summary>A reply of this header and text. Fields and text are laid out as in <c>spanker_error</c>, and read as that.</summary>
    public static PipeReply Of(in PipeReplyHeader header, ReadOnlySpan<byte> text)
    {
        if (header.Status == VendorAbi.Ok)
        {
            return new PipeReply(header, null);
        }

        Span<byte> record = stackalloc byte[Marshal.SizeOf<VendorError>()];
        record.Clear();
        MemoryMarshal.Cast<byte, ulong>(record)[0] = header.Field0;
        MemoryMarshal.Cast<byte, ulong>(record)[1] = header.Field1;
        MemoryMarshal.Cast<byte, ulong>(record)[2] = header.Field2;
        MemoryMarshal.Cast<byte, ulong>(record)[3] = header.Field3;
        text.CopyTo(record[(4 * sizeof(ulong))..]);
        return new PipeReply(header, VendorAbi.ToError(header.Status, MemoryMarshal.Read<VendorError>(record)));
    }
}
