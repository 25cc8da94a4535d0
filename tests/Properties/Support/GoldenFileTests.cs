using System.Text;
using VerifyTests;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>A golden file is compared byte for byte, and changes only when a person says so.</summary>
public sealed class GoldenFileTests : IDisposable
{
    private static readonly AcceptSwitch Off = new(false);
    private static readonly AcceptSwitch On = new(true);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("golden-");
    private readonly GoldenName _name;

    public GoldenFileTests() => _name = new GoldenName(Path.Combine(_folder.FullName, "below"), "Type.Method", "txt");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_missing_golden_file_fails_and_leaves_the_received_text()
    {
        VerifyException failure = Assert.Throws<VerifyException>(() => GoldenFile.Check(_name, "text", Off));
        Assert.StartsWith("There is no golden file ", failure.Message, StringComparison.Ordinal);
        Assert.Equal("text"u8.ToArray(), File.ReadAllBytes(_name.ReceivedPath));
    }

    [Fact]
    public void A_difference_leaves_the_golden_file_as_it_was()
    {
        Commit("old\n");
        Assert.Throws<VerifyException>(() => GoldenFile.Check(_name, "new\n", Off));
        Assert.Equal("old\n", File.ReadAllText(_name.VerifiedPath));
    }

    [Theory]
    [InlineData("a\nbcd\n", "a\nbXd\n", "line 2, column 2\n  expected: bcd<end of line>\n  actual:   bXd<end of line>")]
    [InlineData("a\n", "a\nb\n", "line 2, column 1\n  expected: <end of file>\n  actual:   b<end of line>")]
    [InlineData("a\nb", "a\n", "line 2, column 1\n  expected: b<end of file>\n  actual:   <end of file>")]
    [InlineData("a", "a\n", "line 1, column 2\n  expected: a<end of file>\n  actual:   a<end of line>")]
    [InlineData("5 µs\n", "5 ms\n", "line 1, column 3\n  expected: 5 µs<end of line>\n  actual:   5 ms<end of line>")]
    public void The_message_shows_the_first_difference(string golden, string text, string difference)
    {
        Commit(golden);
        VerifyException failure = Assert.Throws<VerifyException>(() => GoldenFile.Check(_name, text, Off));
        Assert.Contains(difference, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_far_into_a_long_line_is_shown_with_its_surroundings_only()
    {
        Commit(new string('a', 5000) + "b" + new string('c', 5000));
        VerifyException failure = Assert.Throws<VerifyException>(
            () => GoldenFile.Check(_name, new string('a', 5000) + "x" + new string('c', 5000), Off));
        Assert.Contains($"actual:   ..{new string('a', 60)}x{new string('c', 59)}..\n", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_match_removes_the_received_file_of_an_earlier_run()
    {
        Commit("text");
        File.WriteAllText(_name.ReceivedPath, "earlier");
        GoldenFile.Check(_name, "text", Off);
        Assert.False(File.Exists(_name.ReceivedPath));
    }

    [Fact]
    public void Line_ends_of_the_text_are_compared_as_LF()
    {
        Commit("a\nb\nc");
        GoldenFile.Check(_name, "a\r\nb\rc", Off);
    }

    [Fact]
    public void Other_separators_are_text()
    {
        Commit("a\n");
        Assert.Throws<VerifyException>(() => GoldenFile.Check(_name, "a\u2028", Off));
    }

    [Fact]
    public void A_golden_file_with_a_byte_order_mark_fails()
    {
        CommitBytes([0xef, 0xbb, 0xbf, (byte)'a']);
        VerifyException failure = Assert.Throws<VerifyException>(() => GoldenFile.Check(_name, "a", Off));
        Assert.Contains("byte order mark", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_golden_file_with_a_carriage_return_fails_and_names_the_line()
    {
        Commit("a\nb\r\n");
        VerifyException failure = Assert.Throws<VerifyException>(() => GoldenFile.Check(_name, "a\nb\n", Off));
        Assert.Contains("carriage return on line 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepting_writes_UTF_8_without_a_mark_and_with_LF()
    {
        GoldenFile.Check(_name, "5 µs\r\n", On);
        Assert.Equal("5 \u00b5s\n"u8.ToArray(), File.ReadAllBytes(_name.VerifiedPath));
    }

    [Fact]
    public void Accepting_replaces_the_golden_file_and_removes_the_received_one()
    {
        Commit("old");
        File.WriteAllText(_name.ReceivedPath, "new");
        GoldenFile.Check(_name, "new", On);
        Assert.Equal(("new", false), (File.ReadAllText(_name.VerifiedPath), File.Exists(_name.ReceivedPath)));
    }

    [Fact]
    public void Text_that_UTF_8_cannot_hold_is_refused() =>
        Assert.Throws<EncoderFallbackException>(() => GoldenFile.Check(_name, "\ud800", On));

    [Theory]
    [InlineData("1", null, true)]
    [InlineData("1", "false", true)]
    [InlineData("1", "true", false)]
    [InlineData("1", "True", false)]
    [InlineData("0", null, false)]
    [InlineData(null, null, false)]
    public void The_accept_switch_is_one_outside_CI(string? accept, string? ci, bool isOn) =>
        Assert.Equal(isOn, AcceptSwitch.From(name => name == "CI" ? ci : name == "SPANKER_ACCEPT_GOLDEN" ? accept : null).IsOn);

    private void Commit(string text) => CommitBytes(Encoding.UTF8.GetBytes(text));

    private void CommitBytes(byte[] bytes)
    {
        Directory.CreateDirectory(_name.Directory);
        File.WriteAllBytes(_name.VerifiedPath, bytes);
    }
}
