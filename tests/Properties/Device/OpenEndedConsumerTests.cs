using System.Text.RegularExpressions;
using Spanker.Conformance.Device;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>CONTRACT MM-15: a consumer that does not expect kinds it has not heard of does not compile.</summary>
/// <remarks>The consumer is compiled against the very assembly under test, into a folder of its own, so no project of the solution is built again.</remarks>
public sealed partial class OpenEndedConsumerTests
{
    [Fact]
    public async Task A_consumer_with_default_arms_compiles()
    {
        ChildProcess build = await BuildAsync(withoutDefault: false);

        Assert.True(build.ExitCode == 0, build.Output + build.Errors);
    }

    [Fact]
    public async Task A_consumer_without_default_arms_fails_to_compile_once_for_each_open_ended_type()
    {
        ChildProcess build = await BuildAsync(withoutDefault: true);

        IEnumerable<string> errors = CompilerError().Matches(build.Output)
            .Select(match => $"{match.Groups["file"].Value} {match.Groups["code"].Value}")
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(["ErrorConsumer.cs CS8509", "LinkStateConsumer.cs CS8524", "ReduceOpConsumer.cs CS8524"], errors);
        Assert.NotEqual(0, build.ExitCode);
    }

    // Errors of MSBuild, NuGet and the SDK have other prefixes and count too: they would mean that the compiler was not asked.
    [GeneratedRegex(@"^(.*/)?(?<file>[^/()]+)(\(\d+,\d+\))? ?: error (?<code>\w+):", RegexOptions.Multiline)]
    private static partial Regex CompilerError();

    private static async Task<ChildProcess> BuildAsync(bool withoutDefault)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("spanker-consumer-");
        try
        {
            string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
            return await ChildProcess.RunAsync(dotnet,
            [
                "build",
                RepositoryRoot.File("tests/Consumer/Spanker.Conformance.Tests.Consumer.csproj"),
                "--nologo",
                "--verbosity", "quiet",
                "--disable-build-servers",
                "-nodeReuse:false",
                "-p:UseSharedCompilation=false",
                $"-p:BaseIntermediateOutputPath={folder.FullName}/obj/",
                $"-p:BaseOutputPath={folder.FullName}/bin/",
                $"-p:DeviceAssembly={typeof(DeviceError).Assembly.Location}",
                $"-p:WithoutDefault={(withoutDefault ? "true" : "false")}",
            ]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
