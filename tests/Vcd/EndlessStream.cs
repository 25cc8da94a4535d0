namespace Spanker.Conformance.Tests.Vcd;

/// <summary>Some bytes, and then one byte over and over up to a length, without holding them.</summary>
internal sealed class EndlessStream(byte[] start, byte repeated, long length) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int given = (int)Math.Min(count, length - position);
        Span<byte> target = buffer.AsSpan(offset, given);
        target.Fill(repeated);
        if (position < start.Length)
        {
            ReadOnlySpan<byte> rest = start.AsSpan((int)position);
            rest[..Math.Min(rest.Length, given)].CopyTo(target);
        }

        position += given;
        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
