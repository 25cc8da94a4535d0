using System.Text;
using FsCheck.Xunit;
using Spanker.Conformance.Vcd;
using Xunit;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>What the reader makes of dumps; expected values are written by hand or modelled as strings of digits.</summary>
public sealed class VcdReaderTests
{
    [Theory]
    [InlineData("b1", "00000001")]
    [InlineData("b0", "00000000")]
    [InlineData("b10", "00000010")]
    [InlineData("bx", "xxxxxxxx")]
    [InlineData("bz", "zzzzzzzz")]
    [InlineData("bx1", "xxxxxxx1")]
    [InlineData("bz01", "zzzzzz01")]
    [InlineData("b0x", "0000000x")]
    [InlineData("b1z", "0000001z")]
    [InlineData("bXz0", "xxxxxxz0")]
    [InlineData("B11111111", "11111111")]
    [InlineData("b0000000011111111", "11111111")]
    public void A_vector_is_extended_on_the_left(string value, string expected) =>
        Assert.Equal([$"0: {expected}"], VcdText.ReadAll($"{VcdText.Header("v 8 !")}#0\n{value} !\n"));

    [Theory]
    [InlineData("bx1", 'x', 1)]
    [InlineData("bz10", 'z', 2)]
    [InlineData("b1", '0', 1)]
    public void Extension_goes_on_over_the_words_of_a_wide_vector(string value, char fill, int digits) =>
        Assert.Equal([$"0: {new string(fill, 200 - digits)}{value[^digits..]}"], VcdText.ReadAll($"{VcdText.Header("v 200 !")}#0\n{value} !\n"));

    [Theory]
    [InlineData("1!", "00000001")]
    [InlineData("x!", "xxxxxxxx")]
    [InlineData("Z!", "zzzzzzzz")]
    public void A_scalar_value_of_a_vector_is_extended_too(string change, string expected) =>
        Assert.Equal([$"0: {expected}"], VcdText.ReadAll($"{VcdText.Header("v 8 !")}#0\n{change}\n"));

    [Theory]
    [InlineData('U', 'x')]
    [InlineData('W', 'x')]
    [InlineData('-', 'x')]
    [InlineData('L', '0')]
    [InlineData('H', '1')]
    public void States_of_VHDL_are_read(char dumped, char expected) =>
        Assert.Equal([$"0: {expected}"], VcdText.ReadAll($"{VcdText.Header("v 1 !")}#0\n{dumped}!\n"));

    [Fact]
    public void Variables_with_one_id_code_are_one_net()
    {
        VcdReader reader = VcdText.Reader(VcdText.Header("a 1 !", "b 1 !", "c 1 \""));
        Assert.Equal([0, 0, 1], reader.Header.Variables.Select(reader.Track));
    }

    [Theory]
    [InlineData("data [7:0]", "data", 7, 0)]
    [InlineData("data[7:0]", "data", 7, 0)]
    [InlineData("data [0:7]", "data", 0, 7)]
    [InlineData("data [ 7 : 0 ]", "data", 7, 0)]
    [InlineData("data [-1:-8]", "data", -1, -8)]
    [InlineData("mem[3] [7:0]", "mem[3]", 7, 0)]
    [InlineData("mem[3]", "mem[3]", null, null)]
    [InlineData("data [3]", "data", 3, 3)]
    [InlineData("data", "data", null, null)]
    [InlineData("\\esc[7:0]", "\\esc[7:0]", null, null)]
    [InlineData("\\a+b.c [7:0]", "\\a+b.c", 7, 0)]
    public void A_reference_is_a_name_and_a_range(string reference, string name, int? msb, int? lsb)
    {
        VcdVariable variable = VcdText.Reader($"$scope module t $end\n$var wire 8 ! {reference} $end\n$enddefinitions $end\n").Header.Variables[0];
        Assert.Equal((name, msb, lsb), (variable.Name, variable.Msb, variable.Lsb));
    }

    [Fact]
    public void Paths_follow_the_scopes()
    {
        VcdReader reader = VcdText.Reader(
            "$scope module a $end $var wire 1 ! v $end $scope begin b $end $var wire 1 \" v $end $upscope $end $scope module $end $var wire 1 # w $end $upscope $end $upscope $end "
            + "$var wire 1 $ top $end $enddefinitions $end\n");
        Assert.Equal(["a.v", "a.b.v", "a.w", "top"], reader.Header.Variables.Select(variable => variable.Path));
    }

    [Theory]
    [InlineData("1ps", 1000UL)]
    [InlineData("10 ns", 10_000_000UL)]
    [InlineData("100\tus", 100_000_000_000UL)]
    [InlineData("1 s", 1_000_000_000_000_000UL)]
    [InlineData("1fs", 1UL)]
    public void The_timescale_is_read(string text, ulong femtoseconds) =>
        Assert.Equal(femtoseconds, VcdText.Reader($"$timescale {text} $end $enddefinitions $end\n").Header.Timescale?.Femtoseconds);

    [Fact]
    public void A_dump_without_date_and_timescale_is_read()
    {
        VcdHeader header = VcdText.Reader("$enddefinitions $end\n").Header;
        Assert.Equal((null, null, null), (header.Date, header.Version, header.Timescale));
    }

    [Fact]
    public void Reals_and_strings_are_stepped_over_and_counted()
    {
        VcdReader reader = VcdText.Reader(
            "$var real 64 r temperature $end $var string 1 s state $end $var wire 1 ! v $end $enddefinitions $end\n#0\nr1.5 r\nsIDLE s\n0!\n#1\nr-2e10 r\n1!\n");
        while (reader.ReadTimestamp())
        {
        }

        Assert.Equal(new VcdStatistics(Timestamps: 2, Changes: 2, Reals: 2, Texts: 1, Gaps: 0, UnknownKeywords: 0), reader.Statistics);
    }

    [Fact]
    public void Between_dumpoff_and_dumpon_everything_is_x_and_changes_are_ignored() =>
        Assert.Equal(
            ["0: 1 00000101", "1: x xxxxxxxx", "2: x xxxxxxxx", "3: 0 00000111", "4: 1 00000111"],
            VcdText.ReadAll($"{VcdText.Header("c 1 !", "v 8 v")}#0\n1!\nb101 v\n#1\n$dumpoff\nx!\nbx v\n$end\n1!\n#2\nb11 v\n#3\n$dumpon\n0!\nb111 v\n$end\n#4\n1!\n"));

    [Fact]
    public void A_gap_is_said_of_each_of_its_timestamps()
    {
        VcdReader reader = VcdText.Reader($"{VcdText.Header("c 1 !")}#0\n1!\n#1\n$dumpoff\nx!\n$end\n#2\n#3\n$dumpon\n0!\n$end\n#4\n1!\n");
        List<(ulong, bool, bool)> gaps = [];
        while (reader.ReadTimestamp())
        {
            gaps.Add((reader.Time, reader.HasGap, reader.IsInGap));
        }

        Assert.Equal([(0, false, false), (1, true, true), (2, true, true), (3, true, false), (4, false, false)], gaps);
    }

    [Theory]
    [InlineData("$comment 1! #5 b1 $ende $end")]
    [InlineData("$vendor_keyword 1! whatever $end")]
    [InlineData("$comment\n$end")]
    [InlineData("$dumpall 0! $end")]
    [InlineData("$end")]
    public void Sections_that_say_nothing_change_nothing(string section) =>
        Assert.Equal(["0: 0", "2: 1"], VcdText.ReadAll($"{VcdText.Header("c 1 !")}#0\n0!\n{section}\n#2\n1!\n"));

    [Fact]
    public void Unknown_keywords_are_counted_in_the_header_and_behind_it()
    {
        VcdReader reader = VcdText.Reader("$attrbegin misc 02 $end $comment no $end $enddefinitions $end\n#0\n$vendor x $end\n");
        Assert.True(reader.ReadTimestamp());
        Assert.Equal(2, reader.Statistics.UnknownKeywords);
    }

    [Fact]
    public void A_time_that_is_repeated_is_one_timestamp() =>
        Assert.Equal(["5: 0 1"], VcdText.ReadAll($"{VcdText.Header("a 1 !", "b 1 \"")}#5\n0!\n#5\n1\"\n"));

    [Fact]
    public void Values_before_the_first_time_are_of_time_0() =>
        Assert.Equal(["0: 1", "7: 0"], VcdText.ReadAll($"{VcdText.Header("a 1 !")}$dumpvars\n1!\n$end\n#7\n0!\n"));

    [Fact]
    public void The_last_of_two_changes_in_a_timestamp_counts() =>
        Assert.Equal(["0: 1"], VcdText.ReadAll($"{VcdText.Header("a 1 !")}#0\n1!\n0!\n1!\n"));

    [Fact]
    public void A_header_without_changes_has_no_timestamp() => Assert.Empty(VcdText.ReadAll(VcdText.Header("a 1 !")));

    [Fact]
    public void A_signal_is_named_as_changed_once_in_a_timestamp()
    {
        VcdReader reader = VcdText.Reader($"{VcdText.Header("a 1 !", "b 1 \"")}#0\n1!\n0!\n#1\n1\"\n");
        int a = reader.Track(reader.Header.Find("t.a"));
        int b = reader.Track(reader.Header.Find("t.b"));
        Assert.True(reader.ReadTimestamp());
        Assert.Equal([a], reader.Changed.ToArray());
        Assert.True(reader.ReadTimestamp());
        Assert.Equal([b], reader.Changed.ToArray());
    }

    [Theory]
    [InlineData("$ending")]
    [InlineData("x$end")]
    [InlineData("$en d")]
    public void A_comment_ends_at_its_end_and_nowhere_before(string text)
    {
        string longWord = new('c', 700_000);
        VcdHeader header = VcdText.Reader($"$comment {longWord} {text} {longWord}$end $end $version v  1 $end $enddefinitions $end\n").Header;
        Assert.Equal("v 1", header.Version);
    }

    [Property(MaxTest = 400)]
    public void The_values_at_the_end_of_each_timestamp_are_those_of_the_model(ulong seed)
    {
        RandomDump dump = new(seed);
        Assert.Equal(dump.ExpectedStates(), VcdText.ReadAll(dump.Text(seed)));
    }

    [Property(MaxTest = 200)]
    public void It_does_not_matter_how_many_bytes_a_read_gives(ulong seed, byte chunk)
    {
        RandomDump dump = new(seed);
        ChunkedStream stream = new(Encoding.Latin1.GetBytes(dump.Text(seed)), 1 + (chunk % 40));
        Assert.Equal(dump.ExpectedStates(), VcdText.ReadAll(stream, out _));
    }

    [Fact]
    public void It_does_not_matter_where_the_window_ends()
    {
        string header = VcdText.Header("clock 1 !", "vector 70 abc", "long 1 a_code_that_is_long");
        const string changes = "#10\n1!\nbz01 abc\n0a_code_that_is_long\n#1234567890\n0!\n$comment x $end\n1a_code_that_is_long\nb101 abc\n";
        string[] expected = [$"10: 1 {new string('z', 68)}01 0", $"1234567890: 0 {new string('0', 67)}101 1"];
        byte[] dump = Encoding.Latin1.GetBytes(header + changes);
        for (int split = 1; split < dump.Length; split++)
        {
            Assert.Equal(expected, VcdText.ReadAll(new ChunkedStream(dump, split), out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("ab")]
    [InlineData("{{{{{")]
    [InlineData("a long code ")]
    public void Thousands_of_id_codes_are_told_apart(string start)
    {
        // Codes as simulators count them, the first character fastest, behind what makes them longer; each variable's value is its number.
        List<string> codes = [];
        for (int i = 0; i < 10_000; i++)
        {
            string code = start.Replace(' ', '_');
            for (int rest = i + 1; rest > 0; rest = (rest - 1) / 94)
            {
                code += (char)('!' + ((rest - 1) % 94));
            }

            codes.Add(code);
        }

        string changes = string.Concat(codes.Select((code, i) => $"b{i:b} {code}\n"));
        string[] states = VcdText.ReadAll($"{VcdText.Header([.. codes.Select((code, i) => $"v{i} 14 {code}")])}#0\n{changes}");
        Assert.Equal($"0: {string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"{i:b14}"))}", Assert.Single(states));
    }

    [Fact]
    public void A_dump_larger_than_every_window_is_read_to_its_end()
    {
        StringBuilder text = new(VcdText.Header("count 20 code"));
        for (int i = 0; i < 60_000; i++)
        {
            _ = text.Append($"#{i}\nb{i:b} code\n");
        }

        string[] states = VcdText.ReadAll(text.ToString());
        Assert.Equal(Enumerable.Range(0, 60_000).Select(i => $"{i}: {i:b20}"), states);
    }

    [Theory]
    [InlineData("bz !")]
    [InlineData("bx !")]
    [InlineData("b1 \"")]
    public void Stray_bits_above_the_width_are_0_after_a_change_and_before_the_first(string change)
    {
        VcdReader reader = VcdText.Reader($"{VcdText.Header("v 70 !", "w 1 \"")}#0\n{change}\n");
        int signal = reader.Track(reader.Header.Variables[0]);
        Assert.True(reader.ReadTimestamp());
        Assert.False(VcdText.HasStrayBits(reader.Value(signal), 70) || VcdText.HasStrayBits(reader.Unknown(signal), 70));
    }

    [Fact]
    public void A_change_allocates_nothing()
    {
        StringBuilder text = new(VcdText.Header("clk 1 !", "data 64 \"", "other 32 #", "code 1 long_code_of_20_bytes"));
        for (int i = 0; i < 50_000; i++)
        {
            _ = text.Append($"#{i * 5}\n{i % 2}!\nb{i % 7 % 2}1x \"\nb10110 #\n{i % 2}long_code_of_20_bytes\n");
        }

        VcdReader reader = VcdText.Reader(text.ToString());
        VcdSampler sampler = new(reader, reader.Header.Find("t.clk"), [reader.Header.Find("t.data"), reader.Header.Find("t.code")]);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(sampler.Read());
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        while (sampler.Read())
        {
        }

        // The runtime counts in blocks of 8 KiB when other threads collect; one object a change would be 3 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 10);
    }

    [Fact]
    public void Tracking_after_the_first_timestamp_is_a_mistake_of_the_caller()
    {
        VcdReader reader = VcdText.Reader($"{VcdText.Header("v 1 !")}#0\n");
        Assert.True(reader.ReadTimestamp());
        Assert.Throws<InvalidOperationException>(() => reader.Track(reader.Header.Variables[0]));
    }
}
