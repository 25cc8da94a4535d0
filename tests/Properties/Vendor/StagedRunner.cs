using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spanker.Conformance.Tests.Properties.Cli;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>Runs of the command line in a world of their own (temporary folder, cache, report folder), whose devices halt at one stage until told to go on.</summary>
internal sealed class StagedRunner : IDisposable
{
    // For a process on a busy machine. Who hits one waits for what does not come.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<string> Library = new(() => VendorLibraries.BuildText("staged", File.ReadAllText(RepositoryRoot.File("tests/Properties/Vendor/staged_library.c"))));

    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder props = new();
    private readonly Dictionary<string, string> variables;

    public StagedRunner()
    {
        foreach (string name in (string[])["tmp", "cache", "report"])
        {
            Directory.CreateDirectory(folder.File(name));
        }

        Do("mkfifo", props.File("told"), props.File("go"));
        variables = new()
        {
            ["TMPDIR"] = folder.File("tmp"),
            ["XDG_CACHE_HOME"] = folder.File("cache"),
            ["TOLD"] = props.File("told"),
            ["GO"] = props.File("go"),
            ["LIMIT"] = "0",
            ["CC"] = props.Write("cc", "#!/bin/sh\nif [ \"$STAGE\" = build ]; then echo $$ > \"$TOLD\"; read go < \"$GO\"; fi\nexec gcc \"$@\"\n"),
        };
        Do("chmod", "+x", props.File("cc"));
    }

    /// <summary>The milliseconds that the program says a call may take; 0 for none.</summary>
    public int LimitMilliseconds
    {
        init => variables["LIMIT"] = value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The report folder.</summary>
    public string Report => folder.File("report");

    /// <summary>Starts a run and waits until its device, or the compiler of its worker, says that it got to a stage.</summary>
    /// <param name="device">lib or exec.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="more">More arguments.</param>
    public Process StartUntil(string device, string stage, params string[] more) => StartUntil(stage, Arguments(device, more));

    /// <summary>The spec of the program.</summary>
    public static string Program => $"exec:python3 -B '{RepositoryRoot.File("tests/Properties/Vendor/staged_pipe_device.py")}'";

    /// <summary>The same for any command line.</summary>
    public Process StartUntil(string stage, string[] arguments)
    {
        Process runner = CliCall.Start(With(stage), arguments);
        Task<string> told = Task.Run(() => File.ReadLines(props.File("told")).First());
        Assert.True(told.Wait(Patience), $"no word from stage {stage} within {Patience}");
        return runner;
    }

    /// <summary>Such a run without a halt, to its end.</summary>
    public CliCall RunThrough(string device, params string[] more) => CliCall.InProcess(With("none"), Arguments(device, more));

    /// <summary>The next start: a run of the sample library.</summary>
    public CliCall StartNext() =>
        CliCall.InProcess(With("none"), "run", "--device", $"lib:{VendorLibraries.Sample}", "--seed", "1", "--filter", "MM-3", "--report", Report);

    /// <summary>Empties the cache, so that the next run builds the worker again.</summary>
    public void ForgetWorker()
    {
        Directory.Delete(folder.File("cache"), recursive: true);
        Directory.CreateDirectory(folder.File("cache"));
    }

    /// <summary>Lets what halts go on.</summary>
    public void Go() => Assert.True(Task.Run(() => File.WriteAllText(props.File("go"), "go\n")).Wait(Patience), $"nothing waits for the word to go on within {Patience}");

    /// <summary>Sends a signal.</summary>
    public static void Signal(Process runner, string name) => Do("kill", $"-{name}", runner.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits for a runner's end; its exit code.</summary>
    public static int AwaitEnd(Process runner)
    {
        Assert.True(runner.WaitForExit(Patience), $"the runner did not end within {Patience}");
        return runner.ExitCode;
    }

    /// <summary>What is left of a runner that has ended: files beside the worker's program, and processes with its mark. All shared memory is memfd, which goes with its processes.</summary>
    public string[] LeftOf(Process runner)
    {
        string mark = string.Create(CultureInfo.InvariantCulture, $"SPANKER_WORKER={runner.Id}.");
        IEnumerable<string> files = Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder.Path, path))
            .Where(path => path is not ("tmp" or "cache" or "report" or "cache/spanker-conformance" or "report/report.json" or "report/report.md" or "report/junit.xml")
                && !path.StartsWith("cache/spanker-conformance/worker-", StringComparison.Ordinal));
        IEnumerable<string> processes = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _) && IsOfRunner(EnvironmentOf(name!)) && !HasEnded(name!))
            .Select(pid => $"process {pid}");

        // By its mark, or, were it without one, by the folder that it was given.
        bool IsOfRunner(string environment) =>
            environment.Contains(mark, StringComparison.Ordinal) || environment.Contains("XDG_CACHE_HOME=" + folder.File("cache"), StringComparison.Ordinal);
        return [.. files.Order(StringComparer.Ordinal), .. processes];
    }

    public void Dispose()
    {
        folder.Dispose();
        props.Dispose();
    }

    private static void Do(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static string EnvironmentOf(string pid)
    {
        try
        {
            return Encoding.ASCII.GetString(File.ReadAllBytes($"/proc/{pid}/environ"));
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    // One that was killed a moment ago may still be on its way out. Nothing else ends by itself here: what halts, halts for ever.
    private static bool HasEnded(string pid)
    {
        try
        {
            using Process process = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
            return process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }

    private Dictionary<string, string> With(string stage) => new(variables) { ["STAGE"] = stage };

    private string[] Arguments(string device, string[] more)
    {
        string spec = device == "lib"
            ? $"lib:{Library.Value}"
            : Program;
        return ["run", "--device", spec, "--seed", "1", "--filter", "MM-3", "--threads", "1", "--report", Report, .. more];
    }
}
