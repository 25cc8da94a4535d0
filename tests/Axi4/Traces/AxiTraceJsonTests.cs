using System.Text;
using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Traces;

/// <summary>The JSON form of a trace: inverse to parsing, as the document says it, and strict.</summary>
public sealed class AxiTraceJsonTests
{
    // Written by hand after the description of the form.
    private const string Sample = """
        {
          "schema": "spanker-axi-trace/1",
          "bus": {
            "data_bits": 32,
            "address_bits": 14,
            "id_bits": 2
          },
          "transactions": [
            {
              "kind": "W",
              "id": "0x2",
              "addr": "0x1004",
              "len": 1,
              "size": 2,
              "burst": "INCR",
              "prot": 2,
              "gap": 3,
              "after": null,
              "beats": [
                { "data": "0x00c0ffee", "strb": "0xf" },
                { "data": "0x12345678", "strb": "0x3" }
              ],
              "expect": {
                "resp": "OKAY"
              }
            },
            {
              "kind": "R",
              "id": "0x0",
              "addr": "0x0000",
              "len": 0,
              "size": 2,
              "burst": "FIXED",
              "gap": 0,
              "after": 0,
              "expect": {
                "beats": [
                  { "data": "0x00000000", "mask": "0x0", "resp": "SLVERR", "last": true }
                ]
              }
            }
          ],
          "timing": [
            { "request": 1, "address": 2, "answer": 5, "last": 6, "beats": [[1, 2], [3, 4]] },
            { "request": 7, "address": 7, "answer": 8, "last": 8, "beats": [[8, 8]] }
          ]
        }

        """;

    [Property(MaxTest = 300)]
    public void Printing_and_parsing_are_inverse(ulong seed, bool hasTiming)
    {
        AxiTrace trace = new RandomTrace(seed).Draw(hasTiming);

        Assert.Equal(trace, AxiTraceJson.Parse(AxiTraceJson.Print(trace)));
    }

    [Property(MaxTest = 100)]
    public void Timing_in_a_file_of_its_own_reads_back_the_same(ulong seed)
    {
        IReadOnlyList<AxiTransactionTiming> timing = new RandomTrace(seed).Draw(hasTiming: true).Timing!;

        Assert.Equal(timing, AxiTimingJson.Parse(AxiTimingJson.Print(timing)));
    }

    [Fact]
    public void A_document_written_by_hand_prints_as_it_was() => Assert.Equal(Sample, AxiTraceJson.Print(AxiTraceJson.Parse(Sample)));

    [Fact]
    public void What_a_document_says_is_what_the_trace_holds()
    {
        AxiTrace trace = AxiTraceJson.Parse(Sample);
        (AxiTraceTransaction write, AxiTraceTransaction read) = (trace.Transactions[0], trace.Transactions[1]);

        Assert.Equal((32, 14, 2), (trace.Shape.DataBits, trace.Shape.AddressBits, trace.Shape.IdBits));
        Assert.Equal((false, 2UL, 0x1004UL, 2, 4, 2, 3), (write.IsRead, write.Address.Id, write.Address.Burst.Address, write.Address.Burst.Beats, write.Address.Burst.BeatBytes, write.Address.Prot, write.Gap));
        Assert.Equal([new([0x00c0ffeeUL], 0xf, AxiResponse.Okay, IsLast: false), new([0x12345678UL], 0x3, AxiResponse.Okay, IsLast: true)], write.Beats);
        Assert.Equal((true, 0, AxiBurstKind.Fixed), (read.IsRead, read.After, read.Address.Burst.Kind));
        Assert.Equal([new([0UL], 0, AxiResponse.SlvErr, IsLast: true)], read.Beats);
        Assert.Equal((7, 8), (trace.Timing![1].Request, trace.Timing[1].Last));
    }

    // Each row changes one thing in the sample: what is replaced, by what, and the line that says so.
    [Theory]
    [InlineData("trace/1", "trace/2", "schema: 'spanker-axi-trace/2'; expected 'spanker-axi-trace/1'")]
    [InlineData("\"data_bits\": 32", "\"data_bits\": 24", "bus.data_bits: '24'; expected 8, 16, 32 .. 1024")]
    [InlineData("\"id_bits\": 2", "\"id_bits\": 65", "bus.id_bits: '65'; expected a whole number from 0 to 64")]
    [InlineData("\"id_bits\": 2", "\"id_bits\": 1", "transactions[0].id: '0x2' has a one beyond its 1 bits")]
    [InlineData("\"id_bits\": 2", "\"id_bits\": 2, \"user_bits\": 2", "bus: 'user_bits' is unknown here; the members are data_bits, address_bits, id_bits")]
    [InlineData("\"kind\": \"W\"", "\"kind\": \"w\"", "transactions[0].kind: 'w' is unknown; the words are W, R")]
    [InlineData("\"kind\": \"W\",", "", "transactions[0].kind: missing")]
    [InlineData("\"kind\": \"W\"", "\"kind\": \"R\"", "transactions[0]: 'beats' is unknown here; the members are kind, id, addr, len, size, burst, lock, cache, prot, qos, region, user, gap, after, expect")]
    [InlineData("\"0x1004\"", "\"0x104\"", "transactions[0].addr: '0x104'; 14 bits are 0x and 4 lower-case hex digits")]
    [InlineData("\"0x1004\"", "\"0x4004\"", "transactions[0].addr: '0x4004' has a one beyond its 14 bits")]
    [InlineData("\"0x1004\"", "4100", "transactions[0].addr: '4100'; expected a string")]
    [InlineData("\"len\": 1", "\"len\": 256", "transactions[0].len: '256'; expected a whole number from 0 to 255")]
    [InlineData("\"len\": 1", "\"len\": 1.5", "transactions[0].len: '1.5'; expected a whole number from 0 to 255")]
    [InlineData("\"len\": 1", "\"len\": \"1\"", "transactions[0].len: a string; expected a whole number from 0 to 255")]
    [InlineData("\"INCR\"", "\"incr\"", "transactions[0].burst: 'incr' is unknown; the words are FIXED, INCR, WRAP, RESERVED")]
    [InlineData("\"prot\": 2", "\"prot\": 8", "transactions[0].prot: '8'; expected a whole number from 0 to 7")]
    [InlineData("\"gap\": 3", "\"gap\": -1", "transactions[0].gap: '-1'; expected a whole number from 0 to 2147483647")]
    [InlineData("\"after\": null", "\"after\": 1", "transactions[0].after: the first transaction waits for none; null would be right")]
    [InlineData("\"after\": 0", "\"after\": 1", "transactions[1].after: '1'; expected a whole number from 0 to 0")]
    [InlineData("0x00c0ffee", "0x00C0FFEE", "transactions[0].beats[0].data: '0x00C0FFEE'; 32 bits are 0x and 8 lower-case hex digits")]
    [InlineData("\"0x3\" }", "\"0x3\", \"last\": 0 }", "transactions[0].beats[1].last: '0'; expected true or false")]
    [InlineData("\"strb\": \"0x3\"", "\"mask\": \"0x3\"", "transactions[0].beats[1]: 'mask' is unknown here; the members are data, strb, last")]
    [InlineData("\"resp\": \"OKAY\"", "\"resp\": \"FINE\"", "transactions[0].expect.resp: 'FINE' is unknown; the words are OKAY, EXOKAY, SLVERR, DECERR")]
    [InlineData(", \"last\": true", "", "transactions[1].expect.beats[0].last: missing")]
    [InlineData("[[1, 2], [3, 4]]", "[[1, 2]]", "timing: timing[0] has 1 beats, the transaction 2")]
    [InlineData("[[1, 2], [3, 4]]", "[[1, 2], [3]]", "timing[0].beats[1]: expected two cycles, [offered, accepted]")]
    [InlineData("[[1, 2], [3, 4]]", "[[1, 2], [3, -4]]", "timing[0].beats[1][1]: '-4'; expected a whole number from 0 to 9223372036854775807")]
    [InlineData("\"prot\": 2", "\"prot\": 2, \"prot\": 2", "no JSON: ")]
    [InlineData("\"prot\": 2", "\"pr\\ud800t\": 2", "no JSON: a member's name is no valid Unicode")]
    [InlineData("\"0x1004\"", "\"\\ud800\"", "transactions[0].addr: a string that is no valid Unicode")]
    [InlineData("\"0x1004\"", "\"\\u001b[2J\"", "transactions[0].addr: '\\u001b[2J'; 14 bits are 0x and 4 lower-case hex digits")]
    [InlineData("\"prot\": 2", "\"prot\" 2", "line 16, byte 14: no JSON: ")]
    public void What_is_not_the_form_is_refused_in_a_line_that_names_the_place(string original, string wrong, string message)
    {
        int at = Sample.IndexOf(original, StringComparison.Ordinal);
        string text = $"{Sample[..at]}{wrong}{Sample[(at + original.Length)..]}";

        AxiTraceException refused = Assert.Throws<AxiTraceException>(() => AxiTraceJson.Parse(text));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("{} {}")]
    [InlineData("{\"\\ud800\": 1}")]
    public void What_is_no_document_is_refused(string text) => Assert.Throws<AxiTraceException>(() => AxiTraceJson.Parse(text));

    [Property(MaxTest = 500)]
    public bool A_document_that_is_damaged_is_refused_or_read_and_does_nothing_else(ushort at, byte value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Sample);
        bytes[at % bytes.Length] = value;
        try
        {
            AxiTrace read = AxiTraceJson.Parse(bytes);
            return AxiTraceJson.Parse(AxiTraceJson.Print(read)).Equals(read);
        }
        catch (AxiTraceException)
        {
            return true;
        }
    }

    [Fact]
    public void A_transaction_of_which_only_the_digest_is_known_is_no_JSON()
    {
        AxiTrace trace = AxiTraceJson.Parse(Sample);
        AxiTraceTransaction bare = new(trace.Transactions[0].Address, trace.Transactions[0].Summary);

        AxiTraceException refused = Assert.Throws<AxiTraceException>(() => AxiTraceJson.Print(new(trace.Shape, [bare])));

        Assert.StartsWith("transactions[0]: only the digest of its data is known", refused.Message, StringComparison.Ordinal);
    }
}
