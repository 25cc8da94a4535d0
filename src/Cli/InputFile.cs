using Microsoft.Win32.SafeHandles;

namespace Spanker.Conformance.Cli;

/// <summary>A file that is read. What is wrong with it is said in one line.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly SafeFileHandle handle;

    private InputFile(string path, SafeFileHandle handle)
    {
        Path = path;
        this.handle = handle;
        LengthBytes = RandomAccess.GetLength(handle);
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>Length in bytes.</summary>
    public long LengthBytes { get; }

    /// <summary>Opens a regular file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="meaning">What the file should hold, for errors: <c>Q4_K blocks of 144 bytes</c>.</param>
    /// <param name="mayBeEmpty">Whether an empty file is right.</param>
    /// <exception cref="CommandException">There is no such file, or it cannot be read, or it is empty.</exception>
    public static InputFile Open(string path, string meaning, bool mayBeEmpty = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string quoted = InputText.Quote(path);
        if (Directory.Exists(path))
        {
            throw CommandException.Usage($"{quoted}: a folder; expected a file of {meaning}");
        }

        try
        {
            // Asked before the file is opened: opening a pipe would wait for a writer, and pipes and devices have length 0.
            if (!mayBeEmpty && new FileInfo(path) is { Exists: true, Length: 0 })
            {
                throw CommandException.Usage($"{quoted}: the file is empty, or no regular file; expected {meaning}");
            }

            return new InputFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.Usage($"{quoted}: no such file; expected a file of {meaning}", missing);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CommandException.Usage($"{quoted}: cannot be read ({Reason(closed)}); expected a file of {meaning}", closed);
        }
    }

    /// <summary>Fills <paramref name="destination"/> with the bytes from <paramref name="offsetBytes"/> on.</summary>
    /// <exception cref="CommandException">The file cannot be read to there any more.</exception>
    public void Read(long offsetBytes, Span<byte> destination)
    {
        try
        {
            while (!destination.IsEmpty)
            {
                int read = RandomAccess.Read(handle, destination, offsetBytes);
                if (read == 0)
                {
                    throw CommandException.Usage($"{InputText.Quote(Path)}: ends at byte {offsetBytes}, before the {LengthBytes} bytes that it had; was it cut?");
                }

                offsetBytes += read;
                destination = destination[read..];
            }
        }
        catch (IOException broken)
        {
            throw CommandException.Usage($"{InputText.Quote(Path)}: cannot be read at byte {offsetBytes} ({Reason(broken)})", broken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    /// <summary>An exception's message on one line.</summary>
    internal static string Reason(Exception exception) => InputText.Quote(exception.Message.TrimEnd('.')).Trim('\'');
}
