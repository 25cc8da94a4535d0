using System.Diagnostics;
using System.Globalization;

namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>A run of <see cref="ExactTilesComparison"/> in a process of its own, whose lines are passed on, indented, as they come.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="FirstLine">Its flags, as printed.</param>
/// <param name="RegisterBits">The width of its registers, 0 if it did not come to tell.</param>
/// <param name="Elements">Elements that were equal.</param>
internal sealed record ChildRun(int ExitCode, string FirstLine, int RegisterBits, long Elements)
{
    /// <summary>Its command, which compares in the process that is given it.</summary>
    public const string Command = "exact-tiles-here";

    private const string Prefix = "DOTNET_Enable";

    /// <summary>Its hardware path.</summary>
    public HardwareFlags Flags => HardwareFlags.Parse(FirstLine);

    /// <summary>Runs one with <paramref name="variable"/>=0 in the environment, and no other switch of its kind.</summary>
    public static ChildRun Start(string variable, ulong seed, long count, TextWriter output)
    {
        using Process process = Process.Start(StartInfo(variable, seed, count)) ?? throw new InvalidOperationException("the child does not start");
        string first = process.StandardOutput.ReadLine() ?? string.Empty;
        output.WriteLine($"  {first}");
        string last = string.Empty;
        while (process.StandardOutput.ReadLine() is string line)
        {
            output.WriteLine($"  {line}");
            last = line;
        }

        process.WaitForExit();
        string[] words = last.StartsWith(ExactTilesComparison.Summary, StringComparison.Ordinal)
            ? last[ExactTilesComparison.Summary.Length..].Split(' ')
            : ["0", "0"];
        return new ChildRun(
            process.ExitCode, first, int.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static ProcessStartInfo StartInfo(string variable, ulong seed, long count)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("this process has no path");
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildRun).Assembly.Location);
        }

        foreach (string argument in (string[])
            [Command, "--count", count.ToString(CultureInfo.InvariantCulture), "--seed", seed.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        if (variable.Length > 0)
        {
            start.Environment[variable] = "0";
        }

        return start;
    }
}
