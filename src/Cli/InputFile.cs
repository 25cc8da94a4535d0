using Microsoft.Win32.SafeHandles;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli;

/// <summary>A file that is read. What is wrong with it is said in one line.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly SafeFileHandle? handle;

    private InputFile(string path, SafeFileHandle? handle)
    {
        Path = path;
        this.handle = handle;
        LengthBytes = handle is null ? 0 : RandomAccess.GetLength(handle);
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
            // What may be empty and is needs no opening at all.
            if (RegularFile.LengthBytes(path) == 0)
            {
                return mayBeEmpty
                    ? new InputFile(path, handle: null)
                    : throw CommandException.Usage($"{quoted}: the file is empty, or no regular file; expected {meaning}");
            }

            InputFile file = new(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read));
            if (file.LengthBytes > 0 || mayBeEmpty)
            {
                return file;
            }

            // Emptied since it was asked for its length.
            file.Dispose();
            throw CommandException.Usage($"{quoted}: the file is empty, or no regular file; expected {meaning}");
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
                int read = RandomAccess.Read(handle!, destination, offsetBytes);
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
    public void Dispose() => handle?.Dispose();

    /// <summary>Why a file or folder could not be opened, on one line; the path is named by who asks.</summary>
    internal static string Reason(Exception exception) => exception switch
    {
        DirectoryNotFoundException => "a part of its path is no folder",
        UnauthorizedAccessException => "permission denied",
        PathTooLongException => "the path is too long",
        _ => InputText.OneLine(exception.Message.TrimEnd('.')),
    };
}
