using System.Net.Sockets;

namespace Spanker.Conformance.Device;

/// <summary>What the .NET runtime leaves in the temporary folder when its process is killed: a socket and two pipes for debuggers.</summary>
/// <remarks>
/// <c>dotnet-diagnostic-PID-START-socket</c>, <c>clr-debug-pipe-PID-START-in</c> and <c>-out</c>. The runtime removes them when it ends in good order, and can be told not to make them
/// by an environment variable only. They do not say which program it was, so a dead one's go whichever it was: pid and start name a process that
/// never comes again. Because a temporary folder may be shared with other containers, whose processes are not seen here, the socket must refuse besides.
/// </remarks>
internal static class RuntimeLeavings
{
    private const string SocketName = "dotnet-diagnostic-";
    private const string SocketEnd = "-socket";
    private const string PipeName = "clr-debug-pipe-";

    /// <summary>Removes those of processes that are surely gone.</summary>
    public static void Remove(string folder)
    {
        foreach (string socket in Find(folder, SocketName + "*" + SocketEnd))
        {
            string name = Path.GetFileName(socket)[SocketName.Length..^SocketEnd.Length];
            if (IsOfGone(name) && Refuses(socket))
            {
                Delete(Path.Combine(folder, $"{PipeName}{name}-in"));
                Delete(Path.Combine(folder, $"{PipeName}{name}-out"));
                Delete(socket);
            }
        }

        // The pipes come first: a runtime that was killed at once has no socket yet.
        foreach (string pipe in Find(folder, PipeName + "*"))
        {
            string name = Path.GetFileName(pipe)[PipeName.Length..];
            name = name[..Math.Max(0, name.LastIndexOf('-'))];
            if (IsOfGone(name) && !File.Exists(Path.Combine(folder, SocketName + name + SocketEnd)))
            {
                Delete(pipe);
            }
        }
    }

    private static string[] Find(string folder, string pattern)
    {
        try
        {
            return Directory.GetFiles(folder, pattern);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // Another user's, or removed by another runner meanwhile.
        }
    }

    private static bool IsOfGone(string name) => name.Split('-') is [string pid, string start] && WorkerMarker.IsGone(pid, start);

    private static bool Refuses(string path)
    {
        // Anybody may have put it there: a full queue is no refusal, and nothing to wait for.
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }
}
