using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Spanker.Conformance.Suite.Reports;
using Spanker.Conformance.Vcd;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>
/// The VCD text of an FST file: what <c>fst2vcd</c> (of GTKWave) prints, as it prints it. Nothing is written to disk. The process ends with the stream,
/// and with this one, since its output is then a broken pipe.
/// </summary>
internal sealed class FstStream : Stream
{
    private const string Converter = "fst2vcd";
    private const int ComplaintLength = 200;

    /// <summary>How long the converter may print nothing, and how long it may take to end when it has printed all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FileStream file;
    private readonly Process process;
    private readonly string seenAs;
    private readonly Stream text;
    private readonly Task<string> complaint;
    private readonly Timer impatience;
    private readonly CancellationToken cancellation;
    private readonly CancellationTokenRegistration onCancelled;
    private bool isTooSlow;
    private bool isDisposed;

    private FstStream(FileStream file, string seenAs, Process process, CancellationToken cancellation)
    {
        this.file = file;
        this.seenAs = seenAs;
        this.process = process;
        this.cancellation = cancellation;
        text = process.StandardOutput.BaseStream;
        complaint = Task.Run(() => FirstLine(process.StandardError));
        impatience = new Timer(_ =>
        {
            isTooSlow = true;
            Kill();
        });
        onCancelled = cancellation.Register(Kill);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Starts the converter; the stream owns <paramref name="file"/> from then on.</summary>
    /// <exception cref="VcdException">It is not installed.</exception>
    public static FstStream Start(FileStream file, CancellationToken cancellation)
    {
        // By our descriptor where that has a name: fst2vcd makes a file beside what it reads, which would stay there if it is ended; below /proc it cannot, and uses one without a name.
        string path = OperatingSystem.IsLinux()
            ? string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{file.SafeFileHandle.DangerousGetHandle()}")
            : Path.GetFullPath(file.Name);
        ProcessStartInfo start = new(Converter) { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { "-f", path } };
        try
        {
            return new FstStream(file, path, Process.Start(start)!, cancellation);
        }
        catch (Win32Exception missing)
        {
            throw new VcdException(
                $"the file is FST, and {Converter}, which makes VCD of it, cannot be started ({missing.Message.Split('\'')[^1].Trim('.', ' ')})", $"{Converter} of GTKWave in PATH, or VCD");
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        _ = impatience.Change(Patience, Timeout.InfiniteTimeSpan);
        int read = text.Read(buffer);
        if (read == 0)
        {
            JudgeEnd();
        }

        _ = impatience.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !isDisposed)
        {
            isDisposed = true;
            onCancelled.Dispose();
            impatience.Dispose();
            Kill();
            process.WaitForExit();
            _ = complaint.Wait(TimeSpan.FromSeconds(1));
            text.Dispose();
            process.StandardError.Dispose();
            process.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The first line, as far as it is of use; the rest is read so that its writer never waits.</summary>
    private static string FirstLine(StreamReader reader)
    {
        char[] buffer = new char[1024];
        string text = string.Empty;
        try
        {
            for (int read = reader.Read(buffer); read > 0; read = reader.Read(buffer))
            {
                text = text.Length < ComplaintLength ? text + new string(buffer, 0, Math.Min(read, ComplaintLength)) : text;
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The stream was closed while the converter ran; nobody asks for its words then.
        }

        return text.Split('\n')[0].Trim();
    }

    private void JudgeEnd()
    {
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (isTooSlow)
        {
            throw new VcdException($"{Converter} printed nothing for {Patience.TotalSeconds} seconds", "an FST file that it can read");
        }

        if (process.ExitCode != 0)
        {
            string words = complaint.GetAwaiter().GetResult().Replace(seenAs, Path.GetFileName(file.Name), StringComparison.Ordinal);
            throw new VcdException(
                $"{Converter} ended with exit code {process.ExitCode}{(words.Length == 0 ? string.Empty : $" ({PrintableText.Of(words)})")}", "an FST file that it can read");
        }
    }

    private void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
