using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Traces;

/// <summary>Traces are compared by meaning, and the first difference is said in words.</summary>
public sealed class AxiTraceDiffTests
{
    // Three writes and two reads on 32 data bits, in the form of golden text.
    private const string Golden = """
        spanker-axi-trace/1
        bus data=32 addr=16 id=2
        W id=0x0 addr=0x1000 INCR 2x4 bytes=8 digest=d1a5f998fa6ed82d OKAY
          data=0x33221100 strb=0xf
          data=0x77665544 strb=0xf
        W id=0x1 addr=0x2001 INCR 1x4 bytes=3 digest=fa22dfe1da9013b3 OKAY
          data=0xccbbaa00 strb=0xe
        W id=0x0 addr=0x3000 INCR 1x4 bytes=4 digest=9f64a747e1b97f13 SLVERR
          data=0x04030201 strb=0xf
        R id=0x2 addr=0x1000 INCR 2x4 bytes=8 digest=d1a5f998fa6ed82d OKAY
          data=0x33221100 mask=0xf
          data=0x77665544 mask=0xf
        R id=0x3 addr=0x1004 FIXED 1x4 bytes=4 digest=8103a5d9e46161d2 OKAY
          data=0x77665544 mask=0xf
        end writes=3 reads=2

        """;

    // What is changed in JSON, which has no digests to keep true, and the sentence by hand.
    [Theory]
    [InlineData("\"data_bits\": 32,\n    \"address_bits\": 16,\n    \"id_bits\": 2", "\"data_bits\": 32,\n    \"address_bits\": 16,\n    \"id_bits\": 3", "bus: 32 data bits, 16 address bits, 3 id bits where the golden has 32 data bits, 16 address bits, 2 id bits")]
    [InlineData("\"id\": \"0x1\"", "\"id\": \"0x3\"", "write 1: id 0x3 where the golden has 0x1")]
    [InlineData("\"addr\": \"0x1000\"", "\"addr\": \"0x1020\"", "write 0: address 0x1020 where the golden has 0x1000")]
    [InlineData("\"burst\": \"FIXED\"", "\"burst\": \"WRAP\"", "read 1: burst WRAP where the golden has FIXED")]
    [InlineData("\"len\": 1", "\"len\": 2", "write 0: beats asked for: 3 where the golden has 2")]
    [InlineData("\"size\": 2", "\"size\": 1", "write 0: bytes a beat: 2 where the golden has 4")]
    [InlineData("\"gap\": 0", "\"cache\": 3, \"gap\": 0", "write 0: cache 3 where the golden has 0")]
    [InlineData("\"gap\": 0", "\"user\": \"0x0000000000000001\", \"gap\": 0", "write 0: user 0x0000000000000001 where the golden has 0x0000000000000000")]
    [InlineData("\"0x77665544\", \"strb\": \"0xf\"", "\"0x77665544\", \"strb\": \"0xd\"", "write 0: beat 1: strobes 0xd where the golden has 0xf")]
    [InlineData("\"0x77665544\", \"strb\"", "\"0x77ee5544\", \"strb\"", "write 0: beat 1, byte 2 (address 0x1006): ee where the golden has 66")]
    [InlineData("\"0xccbbaa00\"", "\"0xccbbab00\"", "write 1: beat 0, byte 1 (address 0x2001): ab where the golden has aa")]
    [InlineData("\"0x77665544\", \"strb\": \"0xf\"", "\"0x77665544\", \"strb\": \"0xf\", \"last\": false", "write 0: LAST on no beat where the golden has beat 1")]
    [InlineData("{ \"data\": \"0x33221100\", \"strb\": \"0xf\" }", "{ \"data\": \"0x33221100\", \"strb\": \"0xf\", \"last\": true }", "write 0: LAST on beats 0, 1 where the golden has beat 1")]
    [InlineData("{ \"data\": \"0x33221100\", \"strb\": \"0xf\" },", "", "write 0: beats that came: 1 where the golden has 2")]
    [InlineData("\"resp\": \"SLVERR\"", "\"resp\": \"DECERR\"", "write 2: response DECERR where the golden has SLVERR")]
    [InlineData("\"resp\": \"OKAY\", \"last\": true", "\"resp\": \"EXOKAY\", \"last\": true", "read 0: beat 1: response EXOKAY where the golden has OKAY")]
    [InlineData("\"0x33221100\", \"mask\"", "\"0x33221101\", \"mask\"", "read 0: beat 0, byte 0 (address 0x1000): 01 where the golden has 00")]
    public void One_change_is_said_in_one_sentence(string original, string changed, string sentence)
    {
        AxiTrace golden = AxiTraceText.Parse(Golden);
        string json = AxiTraceJson.Print(golden);
        int at = json.IndexOf(original, StringComparison.Ordinal);
        AxiTrace found = AxiTraceJson.Parse($"{json[..at]}{changed}{json[(at + original.Length)..]}");

        Assert.Equal(sentence, AxiTraceDiff.Compare(found, golden).First?.Message);
    }

    [Theory]
    [InlineData(new[] { 0, 2, 3, 4 }, "one write less: the golden has write 1, W id=0x1 addr=0x2001 INCR 1x4 bytes=3 digest=fa22dfe1da9013b3 OKAY")]
    [InlineData(new[] { 0, 1, 2 }, "2 reads less: the golden has read 0, R id=0x2 addr=0x1000 INCR 2x4 bytes=8 digest=d1a5f998fa6ed82d OKAY")]
    [InlineData(new[] { 0, 0, 1, 2, 3, 4 }, "one write more: write 1, W id=0x0 addr=0x1000 INCR 2x4 bytes=8 digest=d1a5f998fa6ed82d OKAY, is not in the golden")]
    [InlineData(new[] { 0, 1, 2, 3, 4, 4 }, "one read more: read 2, R id=0x3 addr=0x1004 FIXED 1x4 bytes=4 digest=8103a5d9e46161d2 OKAY, is not in the golden")]
    [InlineData(new[] { 1, 0, 2, 3, 4 }, "writes 0 and 1 stand in the other order in the golden: W id=0x0 addr=0x1000 INCR 2x4 bytes=8 digest=d1a5f998fa6ed82d OKAY comes first there")]
    [InlineData(new[] { 3, 4, 0, 1, 2 }, null)]
    [InlineData(new[] { 0, 3, 1, 4, 2 }, null)]
    public void What_is_missing_or_too_much_or_out_of_order_is_named_and_the_order_between_writes_and_reads_is_not(int[] order, string? sentence)
    {
        AxiTrace golden = AxiTraceText.Parse(Golden);
        AxiTrace found = new(golden.Shape, [.. order.Select(index => golden.Transactions[index])]);

        Assert.Equal(sentence, AxiTraceDiff.Compare(found, golden).First?.Message);
    }

    // Ids of the golden's writes are 0, 1, 0 and of its reads 2, 3; a write of id 0 cannot be under way where a later one of id 0 has ended.
    [Theory]
    [InlineData(new[] { 0, 1, 3 }, 2, null)]
    [InlineData(new[] { 3 }, 4, null)]
    [InlineData(new[] { 0, 2, 4 }, 2, null)]
    [InlineData(new int[0], 5, null)]
    [InlineData(new[] { 1, 2 }, 2, "one write less: the golden has write 0, W id=0x0 addr=0x1000 INCR 2x4 bytes=8 digest=d1a5f998fa6ed82d OKAY")]
    [InlineData(new[] { 0, 1, 2, 2 }, 2, "one write more: write 3, W id=0x0 addr=0x3000 INCR 1x4 bytes=4 digest=9f64a747e1b97f13 SLVERR, is not in the golden")]
    [InlineData(new[] { 4, 4 }, 4, "one read more: read 2, R id=0x3 addr=0x1004 FIXED 1x4 bytes=4 digest=8103a5d9e46161d2 OKAY, is not in the golden")]
    public void A_cut_trace_may_lack_what_can_have_been_under_way_and_nothing_else(int[] order, int lacking, string? sentence)
    {
        AxiTrace golden = AxiTraceText.Parse(Golden);
        AxiTrace cut = new(golden.Shape, [.. order.Select(index => golden.Transactions[index])]);

        AxiTraceComparison comparison = AxiTraceDiff.Compare(cut, golden, cut: AxiTraceCut.Found);

        Assert.Equal((sentence, lacking), (comparison.First?.Message, comparison.Lacking));
        if (sentence is null)
        {
            AxiTraceComparison other = AxiTraceDiff.Compare(golden, cut, cut: AxiTraceCut.Golden);
            Assert.Equal((null, lacking, comparison.Writes, comparison.Reads), (other.First, other.Lacking, other.Writes, other.Reads));
        }
    }

    [Fact]
    public void Only_the_side_that_is_cut_may_lack_anything()
    {
        AxiTrace golden = AxiTraceText.Parse(Golden);
        AxiTrace less = new(golden.Shape, [.. golden.Transactions.Take(2)]);

        Assert.NotNull(AxiTraceDiff.Compare(less, golden, cut: AxiTraceCut.Golden).First);
        Assert.NotNull(AxiTraceDiff.Compare(golden, less, cut: AxiTraceCut.Found).First);
        Assert.NotNull(AxiTraceDiff.Compare(less, golden).First);
    }

    [Fact]
    public void A_digest_that_differs_says_so_since_the_byte_is_not_known()
    {
        AxiTrace golden = AxiTraceText.Parse(AxiTraceText.Print(AxiTraceText.Parse(Golden), hasBeats: false));
        AxiTrace found = AxiTraceJson.Parse(AxiTraceJson.Print(AxiTraceText.Parse(Golden)).Replace("\"0x04030201\"", "\"0x04030200\"", StringComparison.Ordinal));

        // sha256sum of 00 02 03 04.
        Assert.Equal("write 2: data of 4 bytes: digest 1e6175315920374c where the golden has 9f64a747e1b97f13", AxiTraceDiff.Compare(found, golden).First?.Message);
    }

    [Fact]
    public void Timing_replay_and_data_on_lanes_that_do_not_count_are_no_difference()
    {
        AxiTrace golden = AxiTraceText.Parse(Golden);
        string json = AxiTraceJson.Print(golden).Replace("\"0xccbbaa00\"", "\"0xccbbaaff\"", StringComparison.Ordinal).Replace("\"gap\": 0", "\"gap\": 9", StringComparison.Ordinal);
        AxiTrace found = AxiTraceJson.Parse(json) with { Timing = [.. golden.Transactions.Select(each => new AxiTransactionTiming(1, 2, 3, 4, new (long, long)[each.Summary.Beats]))] };

        AxiTraceComparison comparison = AxiTraceDiff.Compare(found, golden);

        Assert.Equal((null, 3, 2, 0), (comparison.First, comparison.Writes, comparison.Reads, comparison.DataNotCompared));
    }

    [Fact]
    public void A_read_of_which_fewer_lanes_count_is_compared_where_both_have_bytes_and_told_of_where_one_has_a_digest()
    {
        AxiTrace golden = AxiTraceText.Parse(Golden);
        AxiTrace found = AxiTraceJson.Parse(AxiTraceJson.Print(golden).Replace("\"0x33221100\", \"mask\": \"0xf\"", "\"0x33220000\", \"mask\": \"0xc\"", StringComparison.Ordinal));
        AxiTrace digests = AxiTraceText.Parse(AxiTraceText.Print(golden, hasBeats: false));

        Assert.Equal((null, 0), Of(AxiTraceDiff.Compare(found, golden)));
        Assert.Equal((null, 1), Of(AxiTraceDiff.Compare(found, digests)));

        static (string? Message, int DataNotCompared) Of(AxiTraceComparison comparison) => (comparison.First?.Message, comparison.DataNotCompared);
    }

    [Property(MaxTest = 200)]
    public void A_trace_equals_itself_in_every_form(ulong seed)
    {
        AxiTrace trace = new RandomTrace(seed).Draw(hasTiming: true);
        AxiTrace lines = AxiTraceText.Parse(AxiTraceText.Print(trace, hasBeats: false));
        AxiTrace beats = AxiTraceText.Parse(AxiTraceText.Print(trace, hasBeats: true));

        Assert.All<(AxiTrace, AxiTrace)>([(trace, lines), (lines, beats), (beats, trace), (lines, lines)], pair =>
        {
            AxiTraceComparison comparison = AxiTraceDiff.Compare(pair.Item1, pair.Item2);
            Assert.Equal((null, trace.Transactions.Count, 0), (comparison.First?.Message, comparison.Writes + comparison.Reads, comparison.DataNotCompared));
        });
    }

    [Property(MaxTest = 300)]
    public void A_byte_that_counts_is_named_when_it_changes(ulong seed)
    {
        AxiTrace golden = new RandomTrace(seed).Draw(hasTiming: false);
        SplitMix64 random = new(seed, index: 1);
        (int Index, int Beat, int Lane)[] bytes =
        [
            .. from index in Enumerable.Range(0, golden.Transactions.Count)
               from beat in Enumerable.Range(0, golden.Transactions[index].Beats!.Count)
               from lane in Enumerable.Range(0, golden.Shape.DataBytes)
               where ((golden.Transactions[index].Beats![beat].Lanes >> lane) & 1) != 0
               select (index, beat, lane),
        ];
        if (bytes.Length == 0)
        {
            return;
        }

        (int at, int changed, int byteLane) = bytes[random.Below(bytes.Length)];
        AxiTraceTransaction old = golden.Transactions[at];
        byte was = old.Beats![changed].ByteOf(byteLane);
        byte now = (byte)(was ^ (1 + random.Below(255)));
        ulong[] data = [.. old.Beats[changed].Data];
        data[byteLane / 8] ^= (ulong)(was ^ now) << (byteLane % 8 * 8);
        AxiTraceBeat[] beats = [.. old.Beats.Select((beat, index) => index == changed ? beat with { Data = data } : beat)];
        AxiTraceTransaction edited = new(old.Address, beats, old.Response, golden.Shape.DataBytes) { Gap = old.Gap, After = old.After };
        AxiTrace found = new(golden.Shape, [.. golden.Transactions.Select((each, index) => index == at ? edited : each)]);

        AxiTraceDifference difference = AxiTraceDiff.Compare(found, golden).First!;

        int before = golden.Transactions.Take(at).Count(each => each.IsRead == old.IsRead);
        Assert.Equal((old.IsRead ? "read" : "write", before), (difference.Kind, difference.Index));
        Assert.StartsWith($"{(old.IsRead ? "read" : "write")} {before}: beat {changed}, byte {byteLane}", difference.Message, StringComparison.Ordinal);
        Assert.EndsWith($": {now:x2} where the golden has {was:x2}", difference.Message, StringComparison.Ordinal);
    }
}
