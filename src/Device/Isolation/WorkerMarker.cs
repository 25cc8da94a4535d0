using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Device;

/// <summary>The mark in the environment of a worker and of all that its library starts, by which leavings of a killed run are found.</summary>
/// <remarks>
/// <c>SPANKER_WORKER=RUNNER_PID.RUNNER_START.NAMESPACE.SERIAL</c>, where the start is field 22 of /proc/PID/stat, so that a pid that came round again is told apart, and the
/// namespace is that of the runner's pids: a runner in a container, whose pids mean others here, is never taken for gone.
/// </remarks>
internal static class WorkerMarker
{
    /// <summary>The variable's name.</summary>
    public const string Name = "SPANKER_WORKER";

    private static readonly string Namespace = NamespaceOfPids();

    /// <summary>This process in marks and names: <c>PID.START.NAMESPACE</c>.</summary>
    public static readonly string Runner = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.ProcessId}.{StartOf(Environment.ProcessId.ToString(CultureInfo.InvariantCulture))}.{Namespace}");

    private static readonly Lazy<bool> LeavingsEnded = new(() =>
    {
        EndLeavings();
        return true;
    });

    // A process that forks without end could keep one pass after another busy; what is left then is the next start's.
    private const int MostPasses = 16;

    private static int serial;
    private static volatile bool isEnding;

    // A run that is interrupted leaves its work where it stands, and nobody disposes of what was started for it.
    static WorkerMarker() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        isEnding = true;
        EndWhere(mark => mark.StartsWith(Runner + ".", StringComparison.Ordinal));
    };

    /// <summary>A mark for a new worker of this process.</summary>
    /// <exception cref="InvalidOperationException">This process is ending, and a new one would be left behind.</exception>
    public static string Next() => isEnding
        ? throw new InvalidOperationException("no worker is started while the process ends")
        : string.Create(CultureInfo.InvariantCulture, $"{Runner}.{Interlocked.Increment(ref serial)}");

    /// <summary>Ends every process that bears a mark of a runner that is gone; only the first call of this process looks.</summary>
    public static void EndLeavingsOnce() => _ = LeavingsEnded.Value;

    // Also takes away what the runtime left of such runners.
    private static void EndLeavings()
    {
        EndWhere(mark => mark.Split('.') is [string pid, string start, string pids, _] && IsGone(pid, start, pids));
        RuntimeLeavings.Remove(Path.GetTempPath());
    }

    /// <summary>Ends every process that bears this mark.</summary>
    public static void End(string mark) => EndWhere(found => found == mark);

    /// <summary>Whether a runner is surely gone. One whose pids are of another namespace is not known to be.</summary>
    public static bool IsGone(string pid, string start, string pids) => pids == Namespace && pids.Length > 0 && IsGone(pid, start);

    /// <summary>Whether a process of this namespace is surely gone. What cannot be read is not gone: another runner's workers are never ended on a guess.</summary>
    public static bool IsGone(string pid, string start) =>
        StartOf(pid) is var now && now != start && (now.Length > 0 || !Directory.Exists("/proc/" + pid));

    // What forks while it is looked for may escape one pass, so passes are made until one finds nothing.
    private static void EndWhere(Predicate<string> isToEnd)
    {
        for (int pass = 0; pass < MostPasses && EndOnce(isToEnd); pass++)
        {
        }
    }

    private static bool EndOnce(Predicate<string> isToEnd)
    {
        bool hasEnded = false;
        byte[] wanted = Encoding.ASCII.GetBytes(Name + "=");
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && pid != Environment.ProcessId
                && MarkOf(folder, wanted) is string mark
                && isToEnd(mark))
            {
                hasEnded |= LinuxCalls.Kill(pid, LinuxCalls.SigKill) == 0;
            }
        }

        return hasEnded;
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

    // The number in "pid:[4026531836]"; empty where it cannot be read.
    private static string NamespaceOfPids() =>
        new([.. (new FileInfo("/proc/self/ns/pid").LinkTarget ?? string.Empty).Where(char.IsAsciiDigit)]);

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
