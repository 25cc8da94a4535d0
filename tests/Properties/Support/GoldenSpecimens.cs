using VerifyTests;
using VerifyXunit;
using Xunit;

// The harness runs these, the ordinary run must not: hence they are not public, which xunit's analyzer takes for a slip.
#pragma warning disable xUnit1000

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>Tests that compare with golden files in a folder that the test gives, which holds what it wrote there.</summary>
internal sealed class GoldenSpecimens
{
    public static string Folder { get; set; } = string.Empty;

    [Fact]
    public static async Task Matches() => await Verifier.Verify("one\ntwo\n").UseDirectory(Folder);

    [Fact]
    public static Task Returns_its_comparison() => Verifier.Verify("{}", "json").UseDirectory(Folder);

    [Fact]
    public static void Forgets_to_await() => _ = Verifier.Verify("anything").UseDirectory(Folder);

    [Fact]
    public static async Task Compares_twice_with_one_file()
    {
        await Verifier.Verify("one").UseDirectory(Folder);
        await Verifier.Verify("one").UseDirectory(Folder);
    }

    [Fact]
    public static async Task Takes_settings()
    {
        VerifySettings settings = new();
        settings.UseDirectory(Folder);
        settings.UseFileName("chosen");
        await Verifier.Verify("one", settings);
    }
}
