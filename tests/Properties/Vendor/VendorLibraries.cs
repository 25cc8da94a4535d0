using System.Diagnostics;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>The vendor libraries of native/, built once, and devices of them judged.</summary>
internal static class VendorLibraries
{
    private static readonly Lazy<string> Folder = new(() => Directory.CreateTempSubdirectory("spanker-vendor-").FullName);
    private static readonly Lazy<string> BuiltSample = new(() => Build("sample", "native/sample/spanker_sample.c"));
    private static readonly Lazy<string> BuiltZoo = new(() => Build("zoo", "native/zoo/spanker_zoo.c"));

    /// <summary>The sample library.</summary>
    internal static string Sample => BuiltSample.Value;

    /// <summary>The zoo.</summary>
    internal static string Zoo => BuiltZoo.Value;

    /// <summary>An animal of the zoo.</summary>
    internal static LibDeviceSource Animal(string name) => new(Zoo, name);

    /// <summary>Builds a library from a piece of C that includes the sample under other names, as the zoo does.</summary>
    internal static string BuildText(string name, string text)
    {
        string source = Path.Combine(Folder.Value, name + ".c");
        File.WriteAllText(source, text);
        return Build(name, source);
    }

    /// <summary>Judges a device on the clauses of a filter, with a limit of two seconds a call.</summary>
    internal static DeviceResult Judge(IDeviceSource source, string filter = "*") => DeviceJudgement.Plan(Options(source, filter), source).Run(null, default);

    /// <summary>The options of such a run.</summary>
    internal static RunOptions Options(IDeviceSource source, string filter = "*") => new(new CasePlan(Seed: 1, Profile.Quick), [source])
    {
        Filter = new ClauseFilter(filter),
        Shrinks = false,
        Threads = 2,
        TimeoutPerCase = TimeSpan.FromSeconds(2),
    };

    /// <summary>The clauses that a device broke.</summary>
    internal static string[] Broken(DeviceResult result) => [.. result.Failures.Select(f => f.Clause)];

    private static string Build(string name, string source)
    {
        string library = Path.Combine(Folder.Value, $"lib{name}.so");
        ProcessStartInfo start = new("gcc")
        {
            RedirectStandardError = true,
            ArgumentList =
            {
                "-std=gnu11", "-O2", "-ffp-contract=off", "-fvisibility=hidden", "-fPIC", "-shared", "-pthread",
                "-I" + RepositoryRoot.File("native"), "-o", library, Path.IsPathRooted(source) ? source : RepositoryRoot.File(source), "-lm",
            },
        };
        using Process compiler = Process.Start(start)!;
        string complaint = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException($"gcc: {complaint}");
    }
}
