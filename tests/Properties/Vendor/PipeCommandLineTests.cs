using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>How <c>exec:COMMAND</c> is parted into words.</summary>
public sealed class PipeCommandLineTests
{
    [Theory]
    [InlineData("./card --fast", "./card|--fast")]
    [InlineData("  a \t b  ", "a|b")]
    [InlineData("python3 'my device.py' $HOME *", "python3|my device.py|$HOME|*")]
    [InlineData("""a 'b\"c' "d\"e\\f\g" h\ i""", """a|b\"c|d"e\f\g|h i""")]
    [InlineData("a ''", "a|")]
    [InlineData("a'b'\"c\"d", "abcd")]
    public void Words_are_as_the_page_says(string command, string words) => Assert.Equal(words, string.Join('|', PipeCommandLine.Parse(command).Words));

    [Theory]
    [InlineData("", "names no program")]
    [InlineData("   ", "names no program")]
    [InlineData("'' a", "names no program")]
    [InlineData("a 'b", "has no closing ' for the one at character 3")]
    [InlineData("a \"b\\\"", "has no closing \" for the one at character 3")]
    [InlineData("a \\", "ends in a backslash")]
    public void What_is_no_command_is_refused(string command, string words) =>
        Assert.Contains(words, Assert.Throws<FormatException>(() => PipeCommandLine.Parse(command)).Message, StringComparison.Ordinal);
}
