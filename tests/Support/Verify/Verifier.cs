using System.Runtime.CompilerServices;
using VerifyTests;

namespace VerifyXunit;

/// <summary>
/// Compares text with a committed golden file, under the names and file conventions of Verify.Xunit, so the same test sources compile against either.
/// Nothing is scrubbed and nothing is serialized: a golden file holds the very text that the test gives, with LF, in UTF-8 without BOM.
/// </summary>
public static class Verifier
{
    /// <summary>Compares with <c>{Type}.{Method}[_{p}={v}].verified.txt</c>; await the result, or nothing is compared and the test fails.</summary>
    public static SettingsTask Verify(string target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Verify(target, "txt", settings, sourceFile);

    /// <summary>The same for a text file of another kind, such as "json"; the extension carries no dot.</summary>
    public static SettingsTask Verify(
        string target,
        string extension,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentException.ThrowIfNullOrWhiteSpace(extension);
        GoldenScope scope = GoldenScope.Current
            ?? throw new InvalidOperationException("Verify was called outside a test, or from an assembly without [assembly: UseVerify].");
        return new SettingsTask(settings, scope, effective =>
        {
            GoldenName name = GoldenName.Of(scope.TestMethod, effective, sourceFile, extension);
            scope.Claim(name);
            GoldenFile.Check(name, target, AcceptSwitch.From(Environment.GetEnvironmentVariable));
        });
    }
}
