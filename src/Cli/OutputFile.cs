using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli;

/// <summary>
/// A file that is written, at any offset and from several threads. A file that was made for it and not finished is removed.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly FileStream stream;
    private readonly bool isNew;
    private bool isFinished;

    private OutputFile(string path, FileStream stream, bool isNew)
    {
        Path = path;
        this.stream = stream;
        this.isNew = isNew;
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>Makes the file, or empties the one that is there.</summary>
    /// <param name="path">The path.</param>
    /// <param name="others">Files that are read or written besides; the output must be none of them.</param>
    /// <exception cref="CommandException">It cannot be written, or it is one of the others.</exception>
    public static OutputFile Create(string path, params ReadOnlySpan<string> others)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string quoted = InputText.Quote(path);
        if (Directory.Exists(path))
        {
            throw CommandException.Usage($"{quoted}: a folder; expected the file to write");
        }

        try
        {
            // Through links, so that a link to the input is seen to be the input.
            foreach (string other in others)
            {
                if (RegularFile.Resolve(other) == RegularFile.Resolve(path))
                {
                    throw CommandException.Usage($"{quoted}: the output is the same file as {InputText.Quote(other)}; give another");
                }
            }

            bool isNew = !File.Exists(path);
            return new OutputFile(path, new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0), isNew);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CommandException.Usage($"{quoted}: cannot be written ({InputFile.Reason(closed)})", closed);
        }
    }

    /// <summary>Whether bytes can be written out of order; not so for a pipe.</summary>
    public bool IsSeekable => stream.CanSeek;

    /// <summary>Writes bytes from <paramref name="offsetBytes"/> on.</summary>
    /// <exception cref="CommandException">They cannot be written.</exception>
    public void Write(long offsetBytes, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(stream.SafeFileHandle, bytes, offsetBytes);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"{InputText.Quote(Path)}: cannot be written at byte {offsetBytes} ({InputFile.Reason(broken)})", broken);
        }
    }

    /// <summary>Says that all is written, so that the file stays.</summary>
    public void Finish() => isFinished = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        stream.Dispose();
        if (isNew && !isFinished)
        {
            File.Delete(Path);
        }
    }
}
