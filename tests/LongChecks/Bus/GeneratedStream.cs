namespace Spanker.Conformance.Tests.LongChecks.Bus;

/// <summary>A head, and then pieces made one by one until a length is reached, none of them held.</summary>
internal sealed class GeneratedStream(byte[] head, Func<long, byte[]> piece, long length) : Stream
{
    private byte[] now = head;
    private int at;
    private long next;
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
        if (position >= length)
        {
            return 0;
        }

        while (at == now.Length)
        {
            (now, at) = (piece(next++), 0);
        }

        int given = Math.Min(count, now.Length - at);
        now.AsSpan(at, given).CopyTo(buffer.AsSpan(offset));
        at += given;
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
