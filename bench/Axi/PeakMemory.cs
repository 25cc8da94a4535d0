using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Spanker.Conformance.Bench;

/// <summary>The most memory that a process held which does one thing with a dump and ends: VmHWM of /proc/PID/status.</summary>
internal static class PeakMemory
{
    /// <summary>The argument by which this program does only that thing.</summary>
    public const string Verb = "axi-peak";

    private const string Field = "VmHWM:";

    /// <summary>Does <paramref name="work"/> ("read" or "check") in a process of its own.</summary>
    /// <returns>Bytes; null if it did not end well.</returns>
    public static long? Of(string work, string path)
    {
        string host = Environment.ProcessPath ?? throw new InvalidOperationException("this process has no path");
        ProcessStartInfo start = new(host) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (string argument in (string[])[Verb, work, path])
        {
            start.ArgumentList.Add(argument);
        }

        using Process child = Process.Start(start) ?? throw new InvalidOperationException($"{host} does not start");
        string said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 && long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : null;
    }

    /// <summary>The child's side: does the work, and prints what it held at most.</summary>
    public static int Run(string work, string path)
    {
        _ = work == "read" ? DumpBenchmarks.ReadThrough(path) : DumpBenchmarks.CheckAll(path);
        string line = File.ReadLines("/proc/self/status").First(each => each.StartsWith(Field, StringComparison.Ordinal));
        long bytes = 1024 * long.Parse(line[Field.Length..].Replace("kB", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);
        Console.Out.Write(bytes.ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
