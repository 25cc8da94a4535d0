using System.Text;
using Spanker.Conformance.Tests.Support;
using Spanker.Conformance.Vcd;
using Xunit;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>Dumps written by hand, each wrong in one way, and the line that each must give.</summary>
public sealed class VcdHostileTests
{
    private static readonly string Clock = VcdText.Header("clk 1 !", "data 8 \"");

    private static readonly Dictionary<string, (string Text, string Line)> Table = new()
    {
        ["an empty file"] = ("", "byte 0, line 1: the file is empty; expected a VCD file"),
        ["FST"] = ("\0\0\0\0", "byte 0, line 1: the file begins with byte 0, so it is FST and not VCD, whatever its name; expected VCD text (fst2vcd makes it from FST)"),
        ["gzip"] = ("\u001f\u008b\b", "byte 0, line 1: the file begins with byte 0x1f, so it is compressed; expected VCD text (gunzip makes it from gzip)"),
        ["another text"] = ("hello\n", "byte 0, line 1: 'hello' stands where a keyword should; expected a keyword, such as $var"),
        ["no $enddefinitions, a time"] = (
            "$var wire 1 ! c $end\n#0\n1!\n", "byte 21, line 2: '#0' stands in the header; expected $enddefinitions before the first time or value"),
        ["no $enddefinitions, a section of values"] = (
            "$var wire 1 ! c $end\n$dumpvars\n1!\n$end\n", "byte 21, line 2: '$dumpvars' stands in the header; expected $enddefinitions before the first value"),
        ["no $enddefinitions, the end"] = (
            "$var wire 1 ! c $end\n", "byte 21, line 2: the file ends inside the header; expected $enddefinitions (is the file cut?)"),
        ["cut in a declaration"] = ("$var wire 1", "byte 11, line 1: the file ends inside a declaration; expected the id code of a $var (is the file cut?)"),
        ["cut in a comment"] = ("$comment for ever", "byte 17, line 1: the file ends inside the section that begins at byte 0; expected $end (is the file cut?)"),
        ["a width of 20 digits"] = (
            "$var wire 99999999999999999999 ! c $end", "byte 10, line 1: a $var is '99999999999999999999' bits wide; expected a number from 0 to 1048576"),
        ["a width above the limit"] = ("$var wire 1048577 ! c $end", "byte 10, line 1: a $var is '1048577' bits wide; expected a number from 0 to 1048576"),
        ["a negative width"] = ("$var wire -1 ! c $end", "byte 10, line 1: a $var is '-1' bits wide; expected a number from 0 to 1048576"),
        ["an id code with a byte of 200"] = (
            "$var wire 1 \u00c8 c $end", "byte 12, line 1: the id code '\u00c8' is not of printable characters; expected characters from ! to ~"),
        ["a $var without a name"] = ("$var wire 1 ! $end\n", "byte 18, line 1: a $var without a name; expected type, width, id code and name before $end"),
        ["a $var that goes on"] = (
            $"$var wire 1 ! c {new string('[', 70)} $end\n",
            $"byte 16, line 1: '{new string('[', 70)}' stands where a $var ends; expected a range such as [7:0], then $end"),
        ["$upscope at the top"] = ("\n$upscope $end", "byte 1, line 2: $upscope outside every scope; expected one $upscope for each $scope"),
        ["a timescale of 3 parsec"] = (
            "$timescale 3 parsec $end", "byte 0, line 1: the timescale is '3 parsec'; expected 1, 10 or 100 and a unit from s to fs, such as 1ps"),
        ["scopes without end"] = (
            string.Concat(Enumerable.Repeat("$scope module a $end\n", 300)), "byte 5391, line 257: scopes lie more than 256 deep; expected fewer, the reader's limit"),
        ["a negative time"] = ($"{Clock}#-5\n", "byte 123, line 7: the time is '-5'; expected a decimal number below 2^64"),
        ["a time with a sign"] = ($"{Clock}#+5\n", "byte 123, line 7: the time is '+5'; expected a decimal number below 2^64"),
        ["a time without digits"] = ($"{Clock}#\n", "byte 123, line 7: the time is ''; expected a decimal number below 2^64"),
        ["a time of 2^64"] = ($"{Clock}#18446744073709551616\n", "byte 123, line 7: the time is '18446744073709551616'; expected a decimal number below 2^64"),
        ["a time that goes back"] = ($"{Clock}#7\n#6\n", "byte 126, line 8: the time goes back from 7 to 6; expected 7 or more"),
        ["an id code that was not declared"] = ($"{Clock}#0\n1?\n", "byte 127, line 8: the id code '?' was not declared; expected one of the header's"),
        ["a long id code that was not declared"] = ($"{Clock}#0\n1abcdefghijkl\n", "byte 127, line 8: the id code 'abcdefghijkl' was not declared; expected one of the header's"),
        ["an id code of a vector that was not declared"] = ($"{Clock}#0\nb1 ?\n", "byte 129, line 8: the id code '?' was not declared; expected one of the header's"),
        ["an id code of a real that was not declared"] = ($"{Clock}#0\nr1 ?\n", "byte 129, line 8: the id code '?' was not declared; expected one of the header's"),
        ["a scalar without an id code"] = (
            $"{Clock}#0\n1 !\n", "byte 127, line 8: a value without an id code; expected the id code right behind a digit, or behind a vector and a blank"),
        ["a vector without digits"] = ($"{Clock}#0\nb \"\n", "byte 126, line 8: a vector without digits; expected 1 to 8 of them"),
        ["a vector of other characters"] = ($"{Clock}#0\nb102 \"\n", "byte 126, line 8: the value '102' holds another character than digits; expected 0, 1, x or z"),
        ["a vector that is too long"] = ($"{Clock}#0\nb100000000 \"\n", "byte 126, line 8: a value of 9 digits for a variable of 8 bits; expected at most 8"),
        ["a word that is nothing"] = (
            $"{Clock}#0\nq!\n", "byte 126, line 8: 'q!' is no value change; expected a time, a value and its id code, or a keyword"),
        ["extended VCD"] = ($"{Clock}#0\n$dumpports\n", "byte 126, line 8: the file is extended VCD (port values); expected plain four-state VCD ($dumpvars)"),
        ["two files in one"] = (
            $"{Clock}#0\n{Clock}", "byte 146, line 9: '$scope' stands behind $enddefinitions; expected declarations in the header only (are these two files in one?)"),
        ["control characters"] = (
            $"{Clock}#0\nq\u009b2J\n", "byte 126, line 8: 'q\\u009b2J' is no value change; expected a time, a value and its id code, or a keyword"),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_wrong_is_said_in_one_line(string name) => Assert.Equal(Table[name].Line, VcdText.Refused(Table[name].Text).Message);

    [Theory]
    [InlineData(1000)]
    [InlineData(100_000)]
    [InlineData(1 << 20)]
    public void Byte_and_line_are_right_however_much_was_read_in_between(int chunk)
    {
        string before = Clock + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"#{i}\n"));
        ChunkedStream stream = new(Encoding.Latin1.GetBytes($"{before}oops\n"), chunk);
        VcdException fault = Assert.Throws<VcdException>(() => VcdText.ReadOnly(stream));
        Assert.Equal((before.Length, before.Count(c => c == '\n') + 1), (fault.OffsetBytes, fault.Line));
    }

    [Theory]
    [InlineData("an empty file", true)]
    [InlineData("no $enddefinitions, the end", true)]
    [InlineData("cut in a declaration", true)]
    [InlineData("cut in a comment", true)]
    [InlineData("no $enddefinitions, a time", false)]
    [InlineData("a negative width", false)]
    public void A_header_that_is_cut_is_incomplete_and_not_wrong(string name, bool isIncomplete) => Assert.Equal(isIncomplete, VcdText.Refused(Table[name].Text).IsIncomplete);

    [Theory]
    [InlineData("#0\n1", "byte 126, line 8: the file ends inside a value change; expected its end (is it cut?)")]
    [InlineData("#0\n1!", "byte 126, line 8: the file ends inside a value change; expected its end (is it cut?)")]
    [InlineData("#0\nb1", "byte 126, line 8: the file ends inside a value change; expected its end (is it cut?)")]
    [InlineData("#0\nb1 ", "byte 126, line 8: the file ends inside a value change; expected its end (is it cut?)")]
    [InlineData("#0\nb1 \"", "byte 126, line 8: the file ends inside a value change; expected its end (is it cut?)")]
    [InlineData("#0\n#12", "byte 126, line 8: the file ends inside a word; expected its end (is it cut?)")]
    [InlineData("#0\n$dumpvars\n1!\n", "byte 139, line 10: the file ends inside a section; expected $end (is it cut?)")]
    [InlineData("#0\n$comment 1", "byte 136, line 8: the file ends inside a section; expected its end (is it cut?)")]
    [InlineData("#0\n1!\n", null)]
    [InlineData("#0\n$dumpvars\n1!\n$end\n", null)]
    public void A_dump_that_is_cut_says_so(string changes, string? incomplete)
    {
        _ = VcdText.ReadAll(VcdText.Stream(Clock + changes), out VcdReader reader);
        Assert.Equal(incomplete, reader.Incomplete);
    }

    [Fact]
    public void A_change_that_is_cut_is_not_taken() => Assert.Equal(["0: 0 xxxxxxxx"], VcdText.ReadAll($"{Clock}#0\n0!\n1!"));

    [Fact]
    public void A_net_declared_with_two_widths_is_refused_when_it_is_asked_for()
    {
        VcdReader reader = VcdText.Reader(VcdText.Header("a 1 !", "b 2 !"));
        Assert.Equal(
            "the id code of 't.a' is declared with different widths or kinds; expected the same of all that share it",
            Assert.Throws<VcdException>(() => reader.Track(reader.Header.Variables[0])).Message);
    }

    [Fact]
    public void A_real_cannot_be_tracked()
    {
        VcdReader reader = VcdText.Reader("$var real 64 ! r $end $enddefinitions $end\n");
        Assert.Equal("'r' is of kind Real and 64 bits; expected a variable of one bit or more", Assert.Throws<VcdException>(() => reader.Track(reader.Header.Variables[0])).Message);
    }

    [Fact]
    public void A_path_that_the_header_does_not_have_names_those_that_end_alike()
    {
        VcdHeader header = VcdText.Reader(VcdText.Header("awvalid 1 !")).Header;
        Assert.Equal(
            "the header has no single variable 'x.AWVALID'; expected a full path, such as 't.awvalid'",
            Assert.Throws<VcdException>(() => header.Find("x.AWVALID")).Message);
    }

    [Fact]
    public void A_file_that_does_not_exist_is_one_line()
    {
        string path = RepositoryRoot.File("golden/axi4/vcd/no-such.vcd");
        Assert.EndsWith(": no such file", Assert.Throws<VcdException>(() => VcdReader.OpenFile(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 'a')]
    [InlineData("$var wire 1 ", 'a')]
    [InlineData("$var wire 1 ! ", 'a')]
    [InlineData("$var wire ", '1')]
    [InlineData("$scope module ", 's')]
    [InlineData("$enddefinitions $end\n#", '1')]
    [InlineData("$var wire 8 ! v $end $enddefinitions $end\n#0\nb", '1')]
    [InlineData("$var wire 8 ! v $end $enddefinitions $end\n#0\n1", '!')]
    [InlineData("$var wire 8 ! v $end $enddefinitions $end\n#0\nb1 ", ' ')]
    [InlineData("$var wire 8 ! v $end $enddefinitions $end\n#0\nr", '9')]
    public void A_gigabyte_of_one_word_is_refused_after_few_megabytes(string start, char repeated)
    {
        EndlessStream stream = new(Encoding.ASCII.GetBytes(start), (byte)repeated, 1L << 30);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = Assert.Throws<VcdException>(() => VcdText.ReadAll(stream, out _));
        Assert.InRange(stream.Position, 0, 8 << 20);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Theory]
    [InlineData("$comment ", 'c')]
    [InlineData("$comment ", '\n')]
    [InlineData("$var wire 1 ! v $end $enddefinitions $end\n", '\n')]
    [InlineData("$var wire 1 ! v $end $enddefinitions $end\n#0\n$comment ", 'c')]
    public void A_comment_or_white_space_without_end_takes_no_memory(string start, char repeated)
    {
        EndlessStream stream = new(Encoding.ASCII.GetBytes(start), (byte)repeated, 64L << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _ = VcdText.ReadAll(stream, out _);
        }
        catch (VcdException e)
        {
            Assert.True(e.IsIncomplete, e.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Names_are_limited_together()
    {
        StringBuilder text = new();
        for (int i = 0; i < 7000; i++)
        {
            _ = text.Append($"$var wire 1 ! {i:d4000} $end\n");
        }

        Assert.EndsWith("names and paths take more than 25165824 bytes; expected fewer or shorter names", VcdText.Refused(text.ToString()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_are_limited() =>
        Assert.EndsWith(
            "more than 3 variables; expected fewer, the reader's limit",
            Assert.Throws<VcdException>(() => new VcdReader(VcdText.Stream(VcdText.Header("a 1 !", "b 1 !", "c 1 !", "d 1 !")), new VcdLimits { Variables = 3 })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Tracked_bits_are_limited()
    {
        VcdReader reader = new(VcdText.Stream(VcdText.Header("a 60 !", "b 60 \"")), new VcdLimits { TrackedBits = 100 });
        _ = reader.Track(reader.Header.Variables[0]);
        Assert.Equal(
            "the tracked signals have more than 100 bits with 't.b'; expected fewer or narrower signals",
            Assert.Throws<VcdException>(() => reader.Track(reader.Header.Variables[1])).Message);
    }
}
