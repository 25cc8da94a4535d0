using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Axi4.Traces;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Bus;

/// <summary>A trace as YAML: the JSON form in other clothes, and as strict.</summary>
public sealed class AxiTraceYamlTests
{
    // Written by hand, with the liberties that YAML gives: unquoted words, comments, either style of lists.
    private const string Sample = """
        # one write
        schema: spanker-axi-trace/1
        bus: { data_bits: 32, address_bits: 16, id_bits: 0 }
        transactions:
          - kind: W
            id: "0x0"
            addr: 0x1000   # plain, and still as it is written
            len: 1
            size: 2
            burst: INCR
            gap: 2
            after: null
            beats:
              - { data: "0x33221100", strb: "0xf" }
              - data: 0x77665544
                strb: 0xf
                last: true
            expect: { resp: OKAY }
        """;

    [Property(MaxTest = 200)]
    public void Printing_and_parsing_are_inverse(ulong seed, bool hasTiming)
    {
        AxiTrace trace = new RandomTrace(seed).Draw(hasTiming);
        using StringWriter text = new(CultureInfo.InvariantCulture);
        AxiTraceYaml.Write(trace, text);

        Assert.Equal(trace, Parse(text.ToString()));
    }

    [Fact]
    public void A_document_written_by_hand_is_the_trace_that_it_describes()
    {
        AxiTraceTransaction write = Assert.Single(Parse(Sample).Transactions);

        Assert.Equal((0x1000UL, 2, 2, 2), (write.Address.Burst.Address, write.Address.Burst.Beats, write.Address.Burst.Size, write.Gap));
        Assert.Equal([new([0x33221100UL], 0xf, AxiResponse.Okay, IsLast: false), new([0x77665544UL], 0xf, AxiResponse.Okay, IsLast: true)], write.Beats);
    }

    [Theory]
    [InlineData("burst: INCR", "burst: incr", "transactions[0].burst: 'incr' is unknown; the words are FIXED, INCR, WRAP, RESERVED")]
    [InlineData("len: 1", "len: \"1\"", "transactions[0].len: a string; expected a whole number from 0 to 255")]
    [InlineData("gap: 2", "gap: 2\n    gap: 2", "no JSON: ")]
    [InlineData("gap: 2", "gap: &a 2", "line 11, column 10: an anchor or a tag; a trace has neither")]
    [InlineData("gap: 2", "gap: !!int 2", "line 11, column 10: an anchor or a tag; a trace has neither")]
    [InlineData("gap: 2", "gap: *a", "line 11, column 10: ")]
    [InlineData("gap: 2", "[gap]: 2", "line 11, column 5: expected the name of a member")]
    [InlineData("gap: 2", "gap: [[[[[[[[[[[[[[[[[[2]]]]]]]]]]]]]]]]]]", "line 11, column ")]
    [InlineData("gap: 2", "gap: 2: 2", "line 11, column ")]
    [InlineData("expect: { resp: OKAY }", "expect: {\nresp: OKAY", "line 18, column ")]
    [InlineData("expect: { resp: OKAY }", "expect: { resp: OKAY }\n---\nschema: x", "line 19, column 1: a second document; a file holds one trace")]
    public void What_is_not_the_form_is_refused_in_a_line_that_names_the_place(string original, string wrong, string message)
    {
        AxiTraceException refused = Assert.Throws<AxiTraceException>(() => Parse(Sample.Replace(original, wrong, StringComparison.Ordinal)));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Property(MaxTest = 500)]
    public bool A_document_that_is_damaged_is_refused_or_read_and_does_nothing_else(ushort at, byte value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Sample);
        bytes[at % bytes.Length] = value;
        try
        {
            return AxiTraceYaml.Parse(bytes).Transactions.Count <= 1;
        }
        catch (AxiTraceException)
        {
            return true;
        }
    }

    private static AxiTrace Parse(string text) => AxiTraceYaml.Parse(Encoding.UTF8.GetBytes(text));
}
