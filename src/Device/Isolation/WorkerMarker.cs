using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Device;

/// <summary>The mark in the environment of a worker and of all that its library starts, by which leavings of a killed run are found.</summary>
/// <remarks><c>SPANKER_WORKER=RUNNER_PID.RUNNER_START.SERIAL</c>, where the start is field 22 of /proc/PID/stat, so that a pid that came round again is told apart.</remarks>
internal static class WorkerMarker
{
    /// <summary>The variable's name.</summary>
    public const string Name = "SPANKER_WORKER";

    private static readonly string Runner = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.ProcessId}.{StartOf(Environment.ProcessId.ToString(CultureInfo.InvariantCulture))}");

    private static readonly Lazy<bool> LeavingsEnded = new(() =>
    {
        EndLeavings();
        return true;
    });

    private static int serial;

    /// <summary>A mark for a new worker of this process.</summary>
    public static string Next() => string.Create(CultureInfo.InvariantCulture, $"{Runner}.{Interlocked.Increment(ref serial)}");

    /// <summary>Ends every process that bears a mark of a runner that is gone; only the first call of this process looks.</summary>
    public static void EndLeavingsOnce() => _ = LeavingsEnded.Value;

    private static void EndLeavings()
    {
        EndWhere(mark =>
        {
            string[] parts = mark.Split('.');
            return parts.Length == 3 && IsGone(parts[0], parts[1]);
        });
    }

    /// <summary>Ends every process that bears this mark.</summary>
    public static void End(string mark) => EndWhere(found => found == mark);

    // What cannot be read is not gone: another runner's workers are never ended on a guess.
    private static bool IsGone(string pid, string start) =>
        StartOf(pid) is var now && now != start && (now.Length > 0 || !Directory.Exists("/proc/" + pid));

    private static void EndWhere(Predicate<string> isToEnd)
    {
        byte[] wanted = Encoding.ASCII.GetBytes(Name + "=");
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && pid != Environment.ProcessId
                && MarkOf(folder, wanted) is string mark
                && isToEnd(mark))
            {
                _ = LinuxCalls.Kill(pid, LinuxCalls.SigKill);
            }
        }
    }

    private static string? MarkOf(string folder, byte[] wanted)
    {
        try
        {
            ReadOnlySpan<byte> environment = File.ReadAllBytes(folder + "/environ");
            foreach (Range variable in environment.Split((byte)0))
            {
                if (environment[variable].StartsWith(wanted))
                {
                    return Encoding.ASCII.GetString(environment[variable][wanted.Length..]);
                }
            }
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // Another user's, or gone by now.
        }

        return null;
    }

    // "pid (name) state ppid ..": the name may hold anything, so fields are counted from behind its last parenthesis. Empty if there is no such process.
    private static string StartOf(string pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
