using System.Text;
using FsCheck.Xunit;
using Spanker.Conformance.Vcd;
using Xunit;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>The writer's text, and that the reader gives back what was written.</summary>
public sealed class VcdWriterTests
{
    [Fact]
    public void A_small_dump_is_this_text()
    {
        string text = Write(writer =>
        {
            int clock = writer.Declare("tb", "clk", widthBits: 1);
            int data = writer.Declare("tb.dut", "data", widthBits: 8);
            writer.Alias(clock, "tb.dut", "aclk");
            writer.SetTime(0);
            writer.BeginDumpVars();
            writer.Change(clock, 0);
            writer.Change(data, 0b101);
            writer.SetTime(5);
            writer.Change(clock, 1);
            writer.Change(data, [0b1000_0001], [0b1000_0010]);
        });
        const string expected = """
            $version
            	Spanker Conformance
            $end
            $timescale
            	1ns
            $end
            $scope module tb $end
            $var wire 1 ! clk $end
            $scope module dut $end
            $var wire 8 " data [7:0] $end
            $var wire 1 ! aclk $end
            $upscope $end
            $upscope $end
            $enddefinitions $end
            #0
            $dumpvars
            0!
            b101 "
            $end
            #5
            1!
            bz00000x1 "

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), text);
    }

    [Theory]
    [InlineData("00000000", "b0")]
    [InlineData("00000001", "b1")]
    [InlineData("11111111", "b11111111")]
    [InlineData("xxxxxxxx", "bx")]
    [InlineData("zzzzzzzz", "bz")]
    [InlineData("zzzzzz01", "bz01")]
    [InlineData("0000000x", "b0x")]
    [InlineData("0000z000", "b0z000")]
    [InlineData("xx000000", "bx000000")]
    [InlineData("0100xz00", "b100xz00")]
    public void Values_are_as_short_as_the_standard_allows(string digits, string expected)
    {
        string text = Write(writer =>
        {
            int signal = writer.Declare("", "v", widthBits: 8);
            writer.SetTime(0);
            (ulong[] value, ulong[] unknown) = Words(digits);
            writer.Change(signal, value, unknown);
        });
        Assert.Equal($"#0\n{expected} !\n", text[text.IndexOf('#', StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Id_codes_go_on_behind_one_character()
    {
        string[] codes = [.. Write(writer =>
        {
            for (int i = 0; i < 94 + (94 * 94) + 1; i++)
            {
                _ = writer.Declare("", $"v{i}", widthBits: 1);
            }
        }).Split('\n').Where(line => line.StartsWith("$var", StringComparison.Ordinal)).Select(line => line.Split(' ')[3])];
        Assert.Equal(("!", "~", "!!", "~~", "!!!", codes.Length), (codes[0], codes[93], codes[94], codes[93 + (94 * 94)], codes[^1], codes.Distinct().Count()));
    }

    [Property(MaxTest = 300)]
    public void Reading_what_was_written_gives_it_back(ulong seed)
    {
        RandomDump dump = new(seed);
        string text = Write(writer =>
        {
            int[] signals = [.. dump.SignalWidths.Select((width, i) => writer.Declare("t", $"s{i}", width))];
            foreach ((ulong time, List<(int Signal, string Digits)> changes) in dump.Timestamps)
            {
                writer.SetTime(time);
                foreach ((int signal, string digits) in changes)
                {
                    (ulong[] value, ulong[] unknown) = Words(digits);
                    writer.Change(signals[signal], value, unknown);
                }
            }
        });
        Assert.Equal(dump.ExpectedStates(), VcdText.ReadAll(text));
    }

    [Fact]
    public void A_gap_that_was_written_is_read()
    {
        string text = Write(writer =>
        {
            int v = writer.Declare("t", "v", widthBits: 70);
            writer.SetTime(0);
            writer.Change(v, 1);
            writer.SetTime(1);
            writer.DumpOff();
            writer.SetTime(2);
            writer.BeginDumpOn();
            writer.Change(v, 0);
        });
        Assert.Equal([$"0: {new string('0', 69)}1", $"1: {new string('x', 70)}", $"2: {new string('0', 70)}"], VcdText.ReadAll(text));
    }

    [Fact]
    public void Scopes_timescale_and_aliases_that_were_written_are_read()
    {
        VcdHeader header = VcdText.Reader(Write(writer =>
        {
            int v = writer.Declare("a.b", "v", widthBits: 3);
            writer.Alias(v, "a", "w");
        })).Header;
        Assert.Equal(["a.w[2:0] net 0", "a.b.v[2:0] net 0"], header.Variables.Select(variable => $"{variable} net {variable.Net}"));
        Assert.Equal("1ns", header.Timescale?.ToString());
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("$end")]
    [InlineData("tab\t")]
    [InlineData("nul\0")]
    public void A_name_that_would_break_the_header_is_refused(string name) => Assert.Throws<ArgumentException>(() => Write(writer => writer.Declare("t", name, widthBits: 1)));

    [Fact]
    public void A_time_that_does_not_advance_is_refused() => Assert.Throws<ArgumentException>(() => Write(writer =>
    {
        writer.SetTime(5);
        writer.SetTime(5);
    }));

    private static string Write(Action<VcdWriter> write)
    {
        using MemoryStream stream = new();
        using (VcdWriter writer = new(stream, new VcdTimescale(1_000_000)))
        {
            write(writer);
        }

        return Encoding.Latin1.GetString(stream.ToArray());
    }

    private static (ulong[] Value, ulong[] Unknown) Words(string digits)
    {
        ulong[] value = new ulong[(digits.Length + 63) / 64];
        ulong[] unknown = new ulong[value.Length];
        for (int bit = 0; bit < digits.Length; bit++)
        {
            char digit = digits[digits.Length - 1 - bit];
            value[bit / 64] |= (digit is '1' or 'z' ? 1UL : 0) << (bit % 64);
            unknown[bit / 64] |= (digit is 'x' or 'z' ? 1UL : 0) << (bit % 64);
        }

        return (value, unknown);
    }
}
