using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Spanker.Conformance.Device;

/// <summary>The worker's program: built once from the sources that this assembly carries, by the machine's C compiler, and kept.</summary>
/// <remarks>
/// It lies at <c>${XDG_CACHE_HOME:-$HOME/.cache}/spanker-conformance/worker-HASH</c>, or in the temporary folder where that cannot be written. The hash
/// is over sources and flags. It is built under another name and moved there, so that a half-written one is never run.
/// </remarks>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class WorkerBinary
{
    private const string Flags = "-std=gnu11 -O2 -pthread";
    private static readonly string[] SourceNames = ["worker.c", "spanker_device.h"];
    private static readonly TimeSpan LongestBuild = TimeSpan.FromSeconds(120);
    private static readonly Lock Gate = new();
    private static string? built;

    /// <summary>The program's path.</summary>
    /// <exception cref="DeviceOpenException">It cannot be built here; the error says what is missing.</exception>
    public static string Find(string spec)
    {
        lock (Gate)
        {
            return built ??= FindOrBuild(spec);
        }
    }

    private static string FindOrBuild(string spec)
    {
        if (!LinuxCalls.AreAvailable)
        {
            throw Missing(spec, "vendor libraries are hosted on Linux only, x86-64 or arm64");
        }

        string name = "worker-" + HashSources();
        List<string> folders = Folders();
        foreach (string kept in folders.Select(folder => Path.Combine(folder, name)).Where(File.Exists))
        {
            return kept;
        }

        string why = "no folder for it can be written";
        foreach (string folder in folders)
        {
            try
            {
                Directory.CreateDirectory(folder);
                RemoveLeavings(folder);
                return Build(spec, folder, name);
            }
            catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
            {
                why = closed.Message;
            }
        }

        throw Missing(spec, $"the worker cannot be kept: {why}");
    }

    private static List<string> Folders()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string? home = Environment.GetEnvironmentVariable("HOME");
        List<string> folders = [];
        if (!string.IsNullOrEmpty(cache) || !string.IsNullOrEmpty(home))
        {
            folders.Add(Path.Combine(string.IsNullOrEmpty(cache) ? Path.Combine(home!, ".cache") : cache, "spanker-conformance"));
        }

        // A folder that others may write would let them put a program there: it carries the user's name, and is theirs alone.
        string shared = Path.Combine(Path.GetTempPath(), $"spanker-conformance-{Environment.UserName}");
        if (!Directory.Exists(shared) || File.GetUnixFileMode(shared) == OwnerOnly)
        {
            folders.Add(shared);
        }

        return folders;
    }

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static string Build(string spec, string folder, string name)
    {
        File.SetUnixFileMode(folder, OwnerOnly);
        string work = Path.Combine(folder, $"build-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(work);
            foreach (string source in SourceNames)
            {
                File.WriteAllBytes(Path.Combine(work, source), ReadSource(source));
            }

            Compile(spec, work);
            string kept = Path.Combine(folder, name);
            File.Move(Path.Combine(work, "worker"), kept, overwrite: true);
            return kept;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    // A build that was killed leaves its folder behind; the name says whose it was.
    private static void RemoveLeavings(string folder)
    {
        foreach (string left in Directory.GetDirectories(folder, "build-*"))
        {
            if (!Directory.Exists("/proc/" + Path.GetFileName(left)["build-".Length..]))
            {
                Directory.Delete(left, recursive: true);
            }
        }
    }

    private static void Compile(string spec, string folder)
    {
        string? chosen = Environment.GetEnvironmentVariable("CC");
        string[] compilers = string.IsNullOrWhiteSpace(chosen) ? ["cc", "gcc", "clang"] : [chosen.Trim()];
        foreach (string compiler in compilers)
        {
            ProcessStartInfo start = new(compiler) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardInput = true };
            foreach (string argument in (string[])[.. Flags.Split(' '), "-o", "worker", "worker.c", "-ldl"])
            {
                start.ArgumentList.Add(argument);
            }

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
                    string first = complaint.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("it said nothing");
                    throw Missing(spec, $"the C compiler '{compiler}' does not build the worker: {first}");
                }

                return;
            }
            catch (Win32Exception)
            {
                // Not there, or not to be run: the next one may be.
            }
        }

        throw Missing(spec, $"no C compiler to build the worker process with: {string.Join(", ", compilers)} not found; install one, or set CC");
    }

    private static DeviceOpenException Missing(string spec, string what) => new(spec, new NotImplemented(what));

    private static string HashSources()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Flags));
        foreach (string name in SourceNames)
        {
            hash.AppendData(ReadSource(name));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()).Substring(0, 16);
    }

    private static byte[] ReadSource(string name)
    {
        using Stream resource = typeof(WorkerBinary).Assembly.GetManifestResourceStream("native/" + name)
            ?? throw new InvalidOperationException($"this build does not carry native/{name}");
        using MemoryStream copy = new();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
