using System.Globalization;

namespace Spanker.Conformance.Bench;

/// <summary>What a process holds in memory, of its own and shared with others, from /proc/PID/status.</summary>
/// <param name="AnonymousBytes">RssAnon: its own. A copy of the operands would stand here.</param>
/// <param name="SharedBytes">RssShmem: pages of shared memory that it has mapped and reached, such as the operands.</param>
internal readonly record struct PrivateMemory(long AnonymousBytes, long SharedBytes)
{
    /// <summary>Of a process, now.</summary>
    public static PrivateMemory Of(int pid)
    {
        string[] lines = File.ReadAllLines($"/proc/{pid}/status");
        return new PrivateMemory(Find(lines, "RssAnon:"), Find(lines, "RssShmem:"));
    }

    /// <summary>The worker: the only child process that this one has while it is asked for.</summary>
    public static int FindWorker() => ProcessStat.ChildPids() is [int only]
        ? only
        : throw new InvalidOperationException($"one child process was to be running; there are {ProcessStat.ChildPids().Count}");

    private static long Find(string[] lines, string name)
    {
        string line = Array.Find(lines, l => l.StartsWith(name, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"no {name} in status");
        return 1024 * long.Parse(line[name.Length..].Replace("kB", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
