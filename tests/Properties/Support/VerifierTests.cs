using Spanker.Conformance.Tests.Support;
using VerifyXunit;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>The golden comparison as a test sees it.</summary>
[Collection(nameof(GoldenSpecimens))]
public sealed class VerifierTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("golden-");

    public VerifierTests() => GoldenSpecimens.Folder = _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_test_whose_text_equals_its_golden_file_passes()
    {
        Write("GoldenSpecimens.Matches.verified.txt", "one\ntwo\n");
        Assert.True((await Run(nameof(GoldenSpecimens.Matches))).HasPassed);
    }

    [Fact]
    public async Task A_test_whose_text_differs_fails()
    {
        Write("GoldenSpecimens.Matches.verified.txt", "one\nTWO\n");
        Assert.Equal(["VerifyTests.VerifyException"], (await Run(nameof(GoldenSpecimens.Matches))).ExceptionTypes);
    }

    [Fact]
    public async Task A_test_that_returns_its_comparison_fails_without_a_golden_file()
    {
        TestOutcome outcome = await Run(nameof(GoldenSpecimens.Returns_its_comparison));
        Assert.False(outcome.HasPassed);
        Assert.Equal(["GoldenSpecimens.Returns_its_comparison.received.json"], Files());
    }

    [Fact]
    public async Task A_comparison_that_is_not_awaited_fails_its_test()
    {
        TestOutcome outcome = await Run(nameof(GoldenSpecimens.Forgets_to_await));
        Assert.Contains("without awaiting", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_golden_file_serves_one_comparison()
    {
        Write("GoldenSpecimens.Compares_twice_with_one_file.verified.txt", "one");
        TestOutcome outcome = await Run(nameof(GoldenSpecimens.Compares_twice_with_one_file));
        Assert.Contains("has compared with already", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_choose_folder_and_name()
    {
        Write("chosen.verified.txt", "one");
        Assert.True((await Run(nameof(GoldenSpecimens.Takes_settings))).HasPassed);
    }

    [Fact]
    public void Every_committed_golden_file_is_claimed_by_a_test() =>
        Assert.Empty(GoldenFolder.Unclaimed(RepositoryRoot.File("golden"), RepositoryRoot.File("tests")));

    [Theory]
    [InlineData("VerifierTests.A_golden_file_serves_one_comparison.verified.txt", true)]
    [InlineData("VerifierTests.A_golden_file_serves_one_comparison_n=1.verified.txt", true)]
    [InlineData("chosen.verified.txt", true)]
    [InlineData("VerifierTests.A_golden_file.verified.txt", false)]
    [InlineData("OtherTests.A_golden_file_serves_one_comparison.verified.txt", false)]
    public void A_golden_file_is_claimed_by_its_test_or_by_its_quoted_name(string file, bool isClaimed)
    {
        Write(file, string.Empty);
        IReadOnlyList<string> unclaimed = GoldenFolder.Unclaimed(_folder.FullName, RepositoryRoot.File("tests"));
        Assert.Equal(isClaimed ? [] : [file], unclaimed);
    }

    [Fact]
    public async Task Verify_outside_a_test_is_refused()
    {
        Task<Exception> outside;
        using (ExecutionContext.SuppressFlow())
        {
            outside = Task.Run(() => Record.Exception(() => { _ = Verifier.Verify("anything"); }));
        }

        Assert.IsType<InvalidOperationException>(await outside);
    }

    private static Task<TestOutcome> Run(string specimen) => TestHarness.RunOne(typeof(GoldenSpecimens), specimen);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private string[] Files() => [.. _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
}
