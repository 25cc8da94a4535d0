using System.Globalization;

namespace Spanker.Conformance.Bench;

/// <summary>The fields of /proc/PID/stat: <c>PID (NAME) STATE PARENT ..</c>, those before the state left out since a name may hold anything.</summary>
internal static class ProcessStat
{
    /// <summary>The parent's process identifier.</summary>
    public const int Parent = 1;

    /// <summary>Jiffies in the process.</summary>
    public const int UserTime = 11;

    /// <summary>Jiffies in the kernel.</summary>
    public const int SystemTime = 12;

    /// <summary>The same of children that ended and were waited for.</summary>
    public const int ChildUserTime = 13;

    /// <summary>The same in the kernel.</summary>
    public const int ChildSystemTime = 14;

    /// <summary>The fields of a process; null if it is gone.</summary>
    public static string[]? Of(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The child processes of this one: their identifiers.</summary>
    public static IReadOnlyList<int> ChildPids()
    {
        string self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        List<int> pids = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && Of(pid)?[Parent] == self)
            {
                pids.Add(pid);
            }
        }

        return pids;
    }

    /// <summary>The child processes of this one: their fields.</summary>
    public static IEnumerable<string[]> ChildrenOfThis() => ChildPids().Select(Of).OfType<string[]>();
}
