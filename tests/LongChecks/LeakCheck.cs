using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spanker.Conformance.Cli;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.LongChecks;

/// <summary>Starts runs on devices that hang, fork and leave daemons, ends each after a drawn time, starts the next, and looks for what is left.</summary>
/// <remarks>Runners live in a world of their own: all that they start inherits its name in XDG_CACHE_HOME, so that a process counts although it has lost the runner's mark.</remarks>
internal sealed class LeakCheck(ulong seed, long count)
{
    private const int LongestLifeMicroseconds = 3_000_000;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestDying = TimeSpan.FromSeconds(5);
    private static readonly string[] Animals =
    [
        "leaves-a-child", "hangs-on-17-blocks", "takes-all-memory", "leaves-a-thread", "hangs-in-close", "deadlocks-on-13-blocks", "stops-itself-on-15-columns",
        "kills-itself-on-15-rows", "closes-every-descriptor", "ignores-termination",
    ];

    private static readonly string[] Faults = ["hangs-always", "floods-stderr", "starts-daemon-always", "closes-output-always", "stalls-in-payload-always"];
    private static readonly string[][] Endings = [["KILL"], ["TERM"], ["INT"], ["STOP", "KILL"], ["STOP", "CONT", "TERM"], ["TERM", "KILL"]];

    private readonly DirectoryInfo world = Directory.CreateTempSubdirectory("spanker-leaks-");
    private readonly DirectoryInfo libraries = Directory.CreateTempSubdirectory("spanker-leaks-lib-");
    private readonly SortedDictionary<string, int> tally = new(StringComparer.Ordinal);
    private TextWriter output = TextWriter.Null;
    private int complaints;

    /// <summary>Runs the rounds; the exit code is 1 if anything was left, or a runner did not end as it must.</summary>
    public int Run(TextWriter to)
    {
        output = to;
        output.WriteLine($"{count} rounds, seed {seed}");
        try
        {
            string sample = Build("sample", RepositoryRoot.File("native/sample/spanker_sample.c"));
            string[] specs =
            [
                .. Animals.Select(animal => $"lib:{Zoo.Value}?{animal}"),
                "lib:" + Build("daemon", Daemon()),
                "lib:" + sample,
                .. Faults.Select(fault => $"exec:python3 -B '{RepositoryRoot.File("tests/Properties/Vendor/faulty_pipe_device.py")}' {fault} {world.FullName}/report/told"),
            ];
            long started = Stopwatch.GetTimestamp();
            for (long index = 0; index < count; index++)
            {
                PlayRound(index, specs, sample);
            }

            output.WriteLine(string.Join(", ", tally.Select(pair => $"{pair.Key} {pair.Value}")));
            output.WriteLine($"{count} rounds in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s, seed {seed}: {complaints} complaints");
            return complaints == 0 ? 0 : 1;
        }
        finally
        {
            world.Delete(recursive: true);
            libraries.Delete(recursive: true);
        }
    }

    private Lazy<string> Zoo => new(() => Build("zoo", RepositoryRoot.File("native/zoo/spanker_zoo.c")));

    private void PlayRound(long index, string[] specs, string sample)
    {
        SplitMix64 stream = new(seed, (ulong)index);
        string spec = specs[stream.Below(specs.Length)];
        string[] ending = Endings[stream.Below(Endings.Length)];
        bool mustBuild = stream.OneIn(4);
        int microseconds = stream.Below(LongestLifeMicroseconds);
        string round = $"round {index}: {Short(spec)}, {string.Join(' ', ending)} after {microseconds} us{(mustBuild ? ", worker to be built" : string.Empty)}";
        foreach (string name in (string[])["tmp", "cache", "report"])
        {
            Directory.CreateDirectory(Path.Combine(world.FullName, name));
        }

        if (mustBuild)
        {
            Directory.Delete(Path.Combine(world.FullName, "cache"), recursive: true);
        }

        using Process runner = Start("run", "--device", spec, "--seed", "1", "--timeout-per-case", "2", "--report", Path.Combine(world.FullName, "report"));
        bool hadEnded = runner.WaitForExit(TimeSpan.FromMicroseconds(microseconds));
        foreach (string signal in hadEnded ? [] : ending)
        {
            using Process kill = Process.Start("kill", [$"-{signal}", runner.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }

        if (!runner.WaitForExit(LongestEnd))
        {
            Complain(round, $"the runner did not end within {LongestEnd}");
            runner.Kill(entireProcessTree: true);
            runner.WaitForExit();
        }

        // 128 + 2 and 128 + 15: the signal came before the runtime could catch it.
        bool isKilled = ending.Contains("KILL");
        Count(hadEnded ? "ended before" : string.Join('+', ending));
        if (!hadEnded && !(isKilled || runner.ExitCode is 3 or 130 or 143))
        {
            // A run that was about to end has its own code; it must be a verdict then.
            Count("ended with its verdict");
            if (runner.ExitCode is not (0 or 1))
            {
                Complain(round, $"exit code {runner.ExitCode}: {runner.StandardError.ReadToEnd()}");
            }
        }

        using Process next = Start("run", "--device", "lib:" + sample, "--seed", "1", "--filter", "MM-3", "--report", Path.Combine(world.FullName, "report"));
        if (!next.WaitForExit(LongestEnd) || next.ExitCode != 0)
        {
            Complain(round, $"the next run did not conform: {next.StandardError.ReadToEnd()}");
        }

        string[] left = [.. FilesLeft(), .. ProcessesLeft()];
        if (left.Length > 0)
        {
            Complain(round, "left: " + string.Join("; ", left));
        }
    }

    private void Count(string what) => tally[what] = tally.GetValueOrDefault(what) + 1;

    private void Complain(string round, string what)
    {
        complaints++;
        output.WriteLine($"{round}: {what}");
    }

    private static string Short(string spec) => spec[..spec.IndexOf(':', StringComparison.Ordinal)] + ":" + spec.Split('?', '\'')[^1].Trim();

    private IEnumerable<string> FilesLeft() => Directory.EnumerateFiles(world.FullName, "*", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateDirectories(world.FullName, "build-*", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(world.FullName, path))
        .Where(path => path is not ("report/report.json" or "report/report.md" or "report/junit.xml" or "report/told")
            && !path.StartsWith("report/cases/", StringComparison.Ordinal)
            && !path.StartsWith("cache/spanker-conformance/worker-", StringComparison.Ordinal));

    private List<string> ProcessesLeft()
    {
        List<string> left = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int pid)
                && Read(folder + "/environ").Contains(world.FullName, StringComparison.Ordinal)
                && !HasEnded(pid))
            {
                IEnumerable<string> memory = Directory.EnumerateFiles(folder + "/fd").Select(file => new FileInfo(file).LinkTarget ?? string.Empty).Where(target => target.StartsWith("/memfd:", StringComparison.Ordinal));
                left.Add($"process {pid} ({Read(folder + "/cmdline").Replace('\0', ' ').Trim()}) {string.Join(' ', memory)}");
            }
        }

        return left;
    }

    private static bool HasEnded(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return process.WaitForExit(LongestDying);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }

    private static string Read(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    // What it says is read by nobody: on a full pipe it would wait.
    private Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { typeof(CommandLine).Assembly.Location } };
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["TMPDIR"] = Path.Combine(world.FullName, "tmp");
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(world.FullName, "cache");
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    // Each call leaves a process that has left the worker's group and session, and never returns.
    private string Daemon()
    {
        string source = Path.Combine(libraries.FullName, "daemon.c");
        File.WriteAllText(source, """
            #include <unistd.h>
            #define spanker_device_matmul_q4_k sample_matmul
            #include "sample/spanker_sample.c"
            #undef spanker_device_matmul_q4_k
            SPANKER_EXPORT int32_t spanker_device_matmul_q4_k(spanker_device *device, const void *a, uint64_t a_bytes, const void *b, uint64_t b_bytes,
                void *out, uint64_t out_bytes, uint64_t m, uint64_t k, uint64_t n, spanker_error *error)
            {
                if (fork() == 0) {
                    setsid();
                    if (fork() > 0)
                        _exit(0);
                    for (;;) pause();
                }
                if (m == 1)
                    for (;;) pause();
                return sample_matmul(device, a, a_bytes, b, b_bytes, out, out_bytes, m, k, n, error);
            }
            """);
        return source;
    }

    private string Build(string name, string source)
    {
        string library = Path.Combine(libraries.FullName, $"lib{name}.so");
        using Process compiler = Process.Start("gcc", ["-std=gnu11", "-O2", "-ffp-contract=off", "-fvisibility=hidden", "-fPIC", "-shared", "-pthread", "-I" + RepositoryRoot.File("native"), "-o", library, source, "-lm"]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException($"gcc does not build {source}");
    }
}
