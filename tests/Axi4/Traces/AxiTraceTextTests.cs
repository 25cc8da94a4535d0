using System.Text;
using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Traces;

/// <summary>Golden text: inverse to parsing, as a reader would write it, without timing, and strict.</summary>
public sealed class AxiTraceTextTests
{
    // Written by hand; the digests are those of sha256sum over the bytes that the beat lines show on active lanes.
    private const string Beats = """
        spanker-axi-trace/1
        bus data=32 addr=14 id=2
        W id=0x2 addr=0x1004 INCR 2x4 prot=0x2 bytes=6 digest=aafcc203faab6c98 lanes=e97e3325f04e85fc OKAY
          data=0x00c0ffee strb=0xf
          data=0x12345678 strb=0x3
        W id=0x0 addr=0x0ffd FIXED 1x4 bytes=3 digest=fa22dfe1da9013b3 DECERR
          data=0xccbbaa99 strb=0xe
        W id=0x0 addr=0x0000 RESERVED 3x4 beats=1 last=none bytes=4 digest=9f64a747e1b97f13 SLVERR
          data=0x04030201 strb=0xf
        W id=0x0 addr=0x0000 INCR 1x4 beats=0 bytes=0 digest=e3b0c44298fc1c14 OKAY
        R id=0x3 addr=0x0008 WRAP 4x4 cache=0x3 bytes=16 digest=64610d406dfa90d7 OKAY
          data=0x0b0a0908 mask=0xf
          data=0x0f0e0d0c mask=0xf
          data=0x03020100 mask=0xf
          data=0x07060504 mask=0xf
        R id=0x3 addr=0x0008 INCR 2x4 last=0,1 bytes=4 digest=8103a5d9e46161d2 SLVERR*1,OKAY*1
          data=0x00000000 mask=0x0
          data=0x77665544 mask=0xf
        end writes=4 reads=2

        """;

    private static readonly string Lines = string.Concat(Beats.Split('\n').Where(line => line.Length > 0 && line[0] != ' ').Select(line => $"{line}\n"));

    [Property(MaxTest = 300)]
    public void With_beat_lines_printing_and_parsing_are_inverse(ulong seed)
    {
        AxiTrace trace = TextualPart(new RandomTrace(seed).Draw(hasTiming: true));

        Assert.Equal(trace, AxiTraceText.Parse(AxiTraceText.Print(trace, hasBeats: true)));
    }

    [Property(MaxTest = 300)]
    public void Without_beat_lines_what_is_left_is_what_the_lines_say(ulong seed)
    {
        AxiTrace trace = TextualPart(new RandomTrace(seed).Draw(hasTiming: false));
        string text = AxiTraceText.Print(trace, hasBeats: false);
        AxiTrace read = AxiTraceText.Parse(text);

        Assert.Equal(trace.Transactions.Select(each => (each.Address, each.Summary)), read.Transactions.Select(each => (each.Address, each.Summary)));
        Assert.Equal(text, AxiTraceText.Print(read, hasBeats: false));
    }

    [Fact]
    public void A_text_written_by_hand_prints_as_it_was() => Assert.Equal(Beats, AxiTraceText.Print(AxiTraceText.Parse(Beats), hasBeats: true));

    [Fact]
    public void Beat_lines_are_all_that_differs_between_the_two_forms() => Assert.Equal(Lines, AxiTraceText.Print(AxiTraceText.Parse(Beats), hasBeats: false));

    [Fact]
    public void Timing_and_replay_leave_no_mark_in_golden_text()
    {
        AxiTrace trace = AxiTraceText.Parse(Beats);
        AxiTrace slow = new(
            trace.Shape,
            [.. trace.Transactions.Select((each, index) => each with { Gap = 7, After = index == 0 ? null : 0 })],
            [.. trace.Transactions.Select(each => new AxiTransactionTiming(1, 2, 3, 4, new (long, long)[each.Summary.Beats]))]);

        Assert.Equal(Beats, AxiTraceText.Print(slow, hasBeats: true));
    }

    [Fact]
    public void Remarks_and_empty_lines_are_for_people() => Assert.Equal(AxiTraceText.Parse(Beats), AxiTraceText.Parse($"# a catalogue\n\n{Beats.Replace("\nR ", "\n\n# reads\nR ", StringComparison.Ordinal)}"));

    // Each row changes one thing in the text with beats.
    [Theory]
    [InlineData("trace/1", "trace/2", "line 1: 'spanker-axi-trace/2'; expected 'spanker-axi-trace/1'")]
    [InlineData("bus data=32", "data=32", "line 2: 'data=32' where the line 'bus data=.. addr=.. id=..' is expected")]
    [InlineData("data=32", "data=33", "line 2: data '33'; expected 8, 16, 32 .. 1024")]
    [InlineData("data=32", "data=2048", "line 2: data '2048'; expected a whole number from 8 to 1024")]
    [InlineData("id=2\n", "id=2 \n", "line 2: '' where the line should end")]
    [InlineData("W id=0x2", "V id=0x2", "line 3: 'V' is unknown; the words are W, R")]
    [InlineData("W id=0x2", "W  id=0x2", "line 3: '' where id= is expected")]
    [InlineData("id=0x2", "id=0x4", "line 3, id: '0x4' has a one beyond its 2 bits")]
    [InlineData("id=0x2", "id=2", "line 3, id: '2'; 2 bits are 0x and 1 lower-case hex digits")]
    [InlineData("addr=0x1004", "address=0x1004", "line 3: 'address=0x1004' where addr= is expected")]
    [InlineData("INCR 2x4", "INCREMENT 2x4", "line 3: 'INCREMENT' is unknown; the words are FIXED, INCR, WRAP, RESERVED")]
    [InlineData("INCR 2x4", "INCR 2*4", "line 3: '2*4' where beats and their bytes are expected, such as 4x32")]
    [InlineData("INCR 2x4", "INCR 257x4", "line 3: beats '257'; expected a whole number from 1 to 256")]
    [InlineData("INCR 2x4", "INCR 02x4", "line 3: beats '02'; expected a whole number from 1 to 256")]
    [InlineData("INCR 2x4", "INCR 2x3", "line 3: bytes a beat '3'; expected 1, 2, 4 .. 128")]
    [InlineData("prot=0x2", "prot=0x8", "line 3, prot: '0x8' has a one beyond its 3 bits")]
    [InlineData("bytes=6", "bytes=9", "line 3: bytes '9'; expected a whole number from 0 to 8")]
    [InlineData("bytes=3", "bytes=4", "line 6: bytes=4; the lanes of this burst are 3 bytes, and others have lanes=")]
    [InlineData("aafcc203faab6c98", "aafcc203", "line 3: digest 'aafcc203'; expected 16 lower-case hex digits")]
    [InlineData("aafcc203faab6c98", "aafcc203faab6c99", "line 6: the beats above are those of 'W id=0x2 addr=0x1004 INCR 2x4 prot=0x2 bytes=6 digest=aafcc203faab6c98 lanes=e97e3325f04e85fc OKAY', not of the line before them")]
    [InlineData("0x12345678", "0x12345679", "line 6: the beats above are those of ")]
    [InlineData("85fc OKAY", "85fc", "line 3: the line ends where a response is expected")]
    [InlineData("85fc OKAY", "85fc OKAY,OKAY", "line 3: 'OKAY,OKAY' are not as many responses as there should be; expected 1")]
    [InlineData("85fc OKAY", "85fc FINE", "line 3: 'FINE' is unknown; the words are OKAY, EXOKAY, SLVERR, DECERR")]
    [InlineData("85fc OKAY", "85fc OKAY OKAY", "line 3: 'OKAY' where the line should end")]
    [InlineData("OKAY\n", "OKAY\r\n", "line 3: it ends with CR LF; lines end with LF alone")]
    [InlineData("  data=0x00c0ffee strb=0xf\n", "", "line 5: the transaction above has 2 beats, and 1 lines of them")]
    [InlineData("  data=0x12345678 strb=0x3\n", "  data=0x12345678 strb=0x3\n  data=0x12345678 strb=0x3\n", "line 6: another beat; the transaction above has 2")]
    [InlineData("data=0x00c0ffee strb", "data=0x00c0ffee mask", "line 4: 'mask=0xf' where strb= is expected")]
    [InlineData("data=0x00c0ffee", "data=0xc0ffee", "line 4, data: '0xc0ffee'; 32 bits are 0x and 8 lower-case hex digits")]
    [InlineData("last=none", "last=1", "line 8: last '1'; expected a whole number from 0 to 0")]
    [InlineData("last=0,1", "last=1,0", "line 16: last '1,0'; expected rising beats")]
    [InlineData("SLVERR*1,OKAY*1", "SLVERR*1,OKAY*2", "line 16: 'SLVERR*1,OKAY*2' are not as many responses as there should be; expected 2")]
    [InlineData("end writes=4", "end writes=5", "line 19: 5 writes and 2 reads are told of, 4 and 2 are there; was the file cut?")]
    [InlineData("end writes=4 reads=2\n", "", "line 19: the text ends where the line 'end writes=.. reads=..' is expected; was the file cut?")]
    [InlineData("reads=2\n", "reads=2", "line 19: no newline at its end; was the file cut?")]
    [InlineData("reads=2\n", "reads=2\nR\n", "line 20: 'R' after the line 'end'")]
    [InlineData("end writes=4 reads=2\n", "W id=0x0 addr=0x0000 INCR 1x4 beats=0 bytes=0 digest=e3b0c44298fc1c14 OKAY\nend writes=5 reads=2\n", "line 19: a write after a read; all writes come before the reads")]
    public void What_is_no_golden_text_is_refused_in_a_line_that_names_the_place(string original, string wrong, string message)
    {
        int at = Beats.IndexOf(original, StringComparison.Ordinal);
        string text = $"{Beats[..at]}{wrong}{Beats[(at + original.Length)..]}";

        AxiTraceException refused = Assert.Throws<AxiTraceException>(() => AxiTraceText.Parse(text));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_line_without_an_end_is_refused_before_it_is_read() =>
        Assert.Equal("line 1: a line of more than 65536 bytes", Assert.Throws<AxiTraceException>(() => AxiTraceText.Parse(new string('a', 1 << 17))).Message);

    [Property(MaxTest = 1000)]
    public bool A_text_that_is_damaged_is_refused_or_read_and_does_nothing_else(ushort at, byte value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Beats);
        bytes[at % bytes.Length] = value;
        try
        {
            AxiTrace read = AxiTraceText.Parse(bytes);
            return AxiTraceText.Parse(AxiTraceText.Print(read, hasBeats: false)).Transactions.Count == read.Transactions.Count;
        }
        catch (AxiTraceException)
        {
            return true;
        }
    }

    // What golden text holds of a trace: writes before reads, no cycles, nothing for a replay.
    private static AxiTrace TextualPart(AxiTrace trace) =>
        new(trace.Shape, [.. trace.Writes.Concat(trace.Reads).Select(each => each with { Gap = 0, After = null })]);
}
