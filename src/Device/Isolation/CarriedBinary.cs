using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Spanker.Conformance.Device;

/// <summary>What an assembly carries as C source: built once by the machine's C compiler, where it is first needed, and kept.</summary>
/// <remarks>
/// It lies at <c>${XDG_CACHE_HOME:-$HOME/.cache}/spanker-conformance/NAME-HASH</c>, or in the temporary folder where that cannot be written. The hash
/// is over sources and flags. It is built under another name and moved there, so that a half-written one is never run. The compiler bears the mark of
/// <see cref="WorkerMarker"/>, and its temporary files lie in the folder of the build: a runner that is killed leaves one folder, which the next start removes.
/// </remarks>
public sealed class CarriedBinary
{
    private const string SourcePrefix = "native/";
    private const string OutputName = "built";
    private const string BuildName = "build-";
    private static readonly TimeSpan LongestBuild = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromSeconds(5);

    private readonly string name;
    private readonly string words;
    private readonly Assembly carrier;
    private readonly string arguments;
    private readonly Lock gate = new();
    private string? built;

    /// <summary>A binary that is yet to be built.</summary>
    /// <param name="name">The first part of its file's name.</param>
    /// <param name="words">What it is, in words: <c>the worker process</c>.</param>
    /// <param name="carrier">The assembly whose resources <c>native/..</c> are its sources.</param>
    /// <param name="arguments">The compiler's arguments but for the output, parted by blanks; sources are named as the resources are.</param>
    public CarriedBinary(string name, string words, Assembly carrier, string arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(carrier);
        this.name = name;
        this.words = words;
        this.carrier = carrier;
        this.arguments = arguments;
    }

    private IEnumerable<string> Sources =>
        carrier.GetManifestResourceNames().Where(source => source.StartsWith(SourcePrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>Its path.</summary>
    /// <exception cref="DeviceOpenException">It cannot be built here; the error says what is missing.</exception>
    public string Find(string spec)
    {
        lock (gate)
        {
            return built ??= FindOrBuild(spec);
        }
    }

    private string FindOrBuild(string spec)
    {
        if (!LinuxCalls.AreAvailable || OperatingSystem.IsWindows())
        {
            throw Missing(spec, "vendor libraries are hosted on Linux only, x86-64 or arm64");
        }

        string file = $"{name}-{HashSources()}";
        List<string> folders = Folders();
        folders.ForEach(RemoveLeavings);
        string why = "no folder for it can be written";
        foreach (string folder in folders)
        {
            try
            {
                // A folder that others may write would let them put a program there.
                Directory.CreateDirectory(folder, OwnerOnly);
                if (!LinuxCalls.IsOwnedAlone(folder))
                {
                    why = $"'{folder}' is not this user's alone";
                    continue;
                }

                string kept = Path.Combine(folder, file);
                return File.Exists(kept) ? kept : Build(spec, folder, file);
            }
            catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
            {
                why = closed.Message;
            }
            catch (ArgumentOutOfRangeException)
            {
                // How the runtime says EFBIG: a limit on the size of files was reached.
                why = $"a file in '{folder}' would be too large";
            }
        }

        throw Missing(spec, $"{words} cannot be kept: {why}");
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static List<string> Folders()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string? home = Environment.GetEnvironmentVariable("HOME");
        List<string> folders = [];
        if (!string.IsNullOrEmpty(cache) || !string.IsNullOrEmpty(home))
        {
            folders.Add(Path.Combine(string.IsNullOrEmpty(cache) ? Path.Combine(home!, ".cache") : cache, "spanker-conformance"));
        }

        folders.Add(Path.Combine(Path.GetTempPath(), $"spanker-conformance-{Environment.UserName}"));
        return folders;
    }

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private string Build(string spec, string folder, string file)
    {
        string work = Path.Combine(folder, $"{BuildName}{WorkerMarker.Runner}.{name}");
        void RemoveAtExit(object? sender, EventArgs e) => Remove(work);
        AppDomain.CurrentDomain.ProcessExit += RemoveAtExit;
        try
        {
            Directory.CreateDirectory(work);
            foreach (string source in Sources)
            {
                string path = Path.Combine(work, source);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, ReadSource(source));
            }

            Compile(spec, work);
            string kept = Path.Combine(folder, file);
            File.Move(Path.Combine(work, OutputName), kept, overwrite: true);
            return kept;
        }
        finally
        {
            Remove(work);
            AppDomain.CurrentDomain.ProcessExit -= RemoveAtExit;
        }
    }

    // A build that was killed leaves its folder behind; the name says whose it was.
    private static void RemoveLeavings(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        try
        {
            foreach (string left in Directory.GetDirectories(folder, BuildName + "*"))
            {
                string[] runner = Path.GetFileName(left)[BuildName.Length..].Split('.');
                if (runner is [string pid, string start, string pids, _] && WorkerMarker.IsGone(pid, start, pids))
                {
                    Remove(left);
                }
            }
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // Not ours to read, or gone while it was read.
        }
    }

    // At the process's end the compiler may still be writing into the folder; what cannot be removed is the next start's.
    private static void Remove(string build)
    {
        try
        {
            Directory.Delete(build, recursive: true);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
        }
    }

    private void Compile(string spec, string folder)
    {
        string? chosen = Environment.GetEnvironmentVariable("CC");
        string[] compilers = string.IsNullOrWhiteSpace(chosen) ? ["cc", "gcc", "clang"] : [chosen.Trim()];
        foreach (string compiler in compilers)
        {
            // CC may hold arguments, as in "ccache gcc".
            string[] command = compiler.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            ProcessStartInfo start = new(command[0]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardInput = true };
            foreach (string argument in (string[])[.. command[1..], "-o", OutputName, .. arguments.Split(' ')])
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment[WorkerMarker.Name] = WorkerMarker.Next();
            start.Environment["TMPDIR"] = folder;
            try
            {
                using Process process = Process.Start(start)!;
                process.StandardInput.Close();
                Task<string> complaint = process.StandardError.ReadToEndAsync();
                if (!process.WaitForExit(LongestBuild))
                {
                    process.Kill(entireProcessTree: true);
                    throw Missing(spec, $"the C compiler '{compiler}' did not end within {LongestBuild.TotalSeconds} s");
                }

                if (process.ExitCode != 0)
                {
                    string first = (complaint.Wait(LastWordsLimit) ? complaint.Result : string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("it said nothing");
                    throw Missing(spec, $"the C compiler '{compiler}' does not build {words}: {first}");
                }

                return;
            }
            catch (Win32Exception)
            {
                // Not there, or not to be run: the next one may be.
            }
        }

        throw Missing(spec, $"no C compiler to build {words} with: {string.Join(", ", compilers)} not found; install one, or set CC");
    }

    private static DeviceOpenException Missing(string spec, string what) => new(spec, new NotImplemented(what));

    private string HashSources()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(arguments));
        foreach (string source in Sources)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(source));
            hash.AppendData(ReadSource(source));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()).Substring(0, 16);
    }

    private byte[] ReadSource(string source)
    {
        using Stream resource = carrier.GetManifestResourceStream(source) ?? throw new InvalidOperationException($"{carrier.GetName().Name} does not carry {source}");
        using MemoryStream copy = new();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
