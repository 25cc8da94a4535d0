using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Axi4;

/// <summary>A trace as golden text: what was asked and what came back, and no timing, so that it changes only when the meaning does.</summary>
/// <remarks>
/// <code>
/// spanker-axi-trace/1
/// bus data=256 addr=48 id=4
/// W id=0x3 addr=0x000000001000 INCR 2x32 bytes=64 digest=0123456789abcdef OKAY
///   data=0x.. strb=0x..                            a line a beat, on request; of a read: data=0x.. mask=0x..
/// R id=0x3 addr=0x000000001000 INCR 2x32 bytes=64 digest=0123456789abcdef OKAY*1,SLVERR*1
/// end writes=1 reads=1
///
/// line      = kind id addr burst BEATSxBYTES attributes [beats] [last] bytes digest [lanes] responses
/// attributes = those of lock= cache= prot= qos= region= user= that are not 0
/// beats=N     how many came, where AxLEN asked for another number
/// last=I,J    which had LAST, or none, where it was not the last beat and only that
/// lanes=HASH  digest of the lanes, where they are not those of the burst
/// responses   one word if all are the same, else runs WORD*N; - where there is none
/// </code>
/// Writes come before reads, each in the order of their address handshakes. Lines that begin with # and empty ones are for people. Digests are
/// those of <see cref="AxiTraceSummary"/>, as 16 hex digits.
/// </remarks>
public static class AxiTraceText
{
    /// <summary>The first line.</summary>
    public const string Schema = "spanker-axi-trace/1";

    /// <summary>Writes the trace, with LF and a final newline.</summary>
    /// <param name="trace">The trace; its timing is left out.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="hasBeats">Whether each beat has a line.</param>
    /// <exception cref="AxiTraceException">Beats are asked for, and of a transaction only the digest is known.</exception>
    public static void Write(AxiTrace trace, TextWriter output, bool hasBeats)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(output);
        AxiBusShape shape = trace.Shape;
        Put(output, Schema);
        Put(output, string.Create(CultureInfo.InvariantCulture, $"bus data={shape.DataBits} addr={shape.AddressBits} id={shape.IdBits}"));
        int writes = 0;
        foreach (AxiTraceTransaction each in trace.Writes.Concat(trace.Reads))
        {
            writes += each.IsRead ? 0 : 1;
            Put(output, AxiTraceTextLine.Of(each, shape));
            if (hasBeats)
            {
                WriteBeats(each, shape, output);
            }
        }

        Put(output, string.Create(CultureInfo.InvariantCulture, $"end writes={writes} reads={trace.Transactions.Count - writes}"));
    }

    /// <summary>The trace as text.</summary>
    /// <exception cref="AxiTraceException">Beats are asked for, and of a transaction only the digest is known.</exception>
    public static string Print(AxiTrace trace, bool hasBeats)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        Write(trace, text, hasBeats);
        return text.ToString();
    }

    /// <summary>Reads a trace; a digest must be that of its beats where they are there.</summary>
    /// <exception cref="AxiTraceException">It is no golden text, or larger than <see cref="AxiTraceLimits"/> say.</exception>
    public static AxiTrace Parse(ReadOnlySpan<byte> utf8) => new AxiTraceTextParser().Parse(utf8);

    /// <summary>Reads a trace.</summary>
    /// <exception cref="AxiTraceException">It is no golden text, or larger than <see cref="AxiTraceLimits"/> say.</exception>
    public static AxiTrace Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    private static void WriteBeats(AxiTraceTransaction transaction, AxiBusShape shape, TextWriter output)
    {
        if (transaction.Beats is null)
        {
            throw new AxiTraceException(AxiTraceTextLine.Of(transaction, shape), "only the digest of its data is known, so it has no beat lines");
        }

        foreach (AxiTraceBeat beat in transaction.Beats)
        {
            Put(output, $"  data={AxiTraceWords.Data(beat.Data, shape)} {(transaction.IsRead ? "mask" : "strb")}={AxiTraceWords.Lanes(beat.Lanes, shape)}");
        }
    }

    private static void Put(TextWriter output, string line)
    {
        output.Write(line);
        output.Write('\n');
    }
}
