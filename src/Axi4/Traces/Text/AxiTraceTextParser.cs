using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Axi4;

/// <summary>Reads golden text, line by line.</summary>
internal sealed class AxiTraceTextParser
{
    private const int MostLineBytes = 1 << 16;
    private readonly List<AxiTraceTransaction> transactions = [];
    private readonly List<AxiTraceBeat> beats = [];
    private AxiBusShape? shape;
    private AxiTraceTransaction? open;
    private bool hasSchema;
    private bool hasEnd;
    private int line;

    public AxiTrace Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > AxiTraceLimits.MostBytes)
        {
            throw new AxiTraceException(string.Empty, $"{utf8.Length} bytes; a trace of at most {AxiTraceLimits.MostBytes} bytes is read");
        }

        while (!utf8.IsEmpty)
        {
            line++;
            int length = utf8[..Math.Min(utf8.Length, MostLineBytes + 1)].IndexOf((byte)'\n');
            if (length < 0)
            {
                throw Fault(utf8.Length > MostLineBytes ? $"a line of more than {MostLineBytes} bytes" : "no newline at its end; was the file cut?");
            }

            Push(Encoding.UTF8.GetString(utf8[..length]));
            utf8 = utf8[(length + 1)..];
        }

        line++;
        return hasEnd ? new(shape!, transactions) : throw Fault($"the text ends where {(hasSchema ? "the line 'end writes=.. reads=..'" : AxiTraceText.Schema)} is expected; was the file cut?");
    }

    private void Push(string text)
    {
        if (text.Length == 0 || text[0] == '#')
        {
            return;
        }

        if (text.EndsWith('\r'))
        {
            throw Fault("it ends with CR LF; lines end with LF alone");
        }

        if (hasEnd)
        {
            throw Fault($"{AxiTraceException.Quote(text)} after the line 'end'");
        }

        if (text.StartsWith("  ", StringComparison.Ordinal) && open is not null)
        {
            beats.Add(beats.Count < open.Summary.Beats
                ? TextLineParser.Beat(new(text.AsSpan(2), line), open, beats.Count, shape!)
                : throw Fault($"another beat; the transaction above has {open.Summary.Beats}"));
        }
        else
        {
            PushUnindented(text);
        }
    }

    private void PushUnindented(string text)
    {
        if (!hasSchema)
        {
            hasSchema = text == AxiTraceText.Schema ? true : throw Fault($"{AxiTraceException.Quote(text)}; expected '{AxiTraceText.Schema}'");
            return;
        }

        if (shape is null)
        {
            shape = TextLineParser.Bus(new(text, line));
            return;
        }

        Close();
        if (text.StartsWith("end ", StringComparison.Ordinal))
        {
            End(new(text, line));
            return;
        }

        open = TextLineParser.Transaction(new(text, line), shape);
        if (!open.IsRead && transactions.Count > 0 && transactions[^1].IsRead)
        {
            throw Fault("a write after a read; all writes come before the reads");
        }

        if (transactions.Count == AxiTraceLimits.MostTransactions)
        {
            throw Fault($"more than {AxiTraceLimits.MostTransactions} transactions");
        }

        if (open.Summary.Beats == 0)
        {
            Close();
        }
    }

    /// <summary>The transaction has all its beat lines, or none.</summary>
    private void Close()
    {
        if (open is null)
        {
            return;
        }

        if (beats.Count == 0 && open.Summary.Beats > 0)
        {
            transactions.Add(open);
        }
        else if (beats.Count < open.Summary.Beats)
        {
            throw Fault($"the transaction above has {open.Summary.Beats} beats, and {beats.Count} lines of them");
        }
        else
        {
            AxiTraceTransaction whole = new(open.Address, [.. beats], open.Response, shape!.DataBytes);
            transactions.Add(whole.Summary == open.Summary ? whole : throw Fault($"the beats above are those of '{AxiTraceTextLine.Of(whole, shape)}', not of the line before them"));
        }

        open = null;
        beats.Clear();
    }

    private void End(TextTokens words)
    {
        _ = words.Take("end");
        int writes = words.Number("writes", 0, AxiTraceLimits.MostTransactions);
        int reads = words.Number("reads", 0, AxiTraceLimits.MostTransactions);
        words.End();
        int found = transactions.Count(each => !each.IsRead);
        if (writes != found || reads != transactions.Count - found)
        {
            throw Fault($"{writes} writes and {reads} reads are told of, {found} and {transactions.Count - found} are there; was the file cut?");
        }

        hasEnd = true;
    }

    private AxiTraceException Fault(string problem) => new(string.Create(CultureInfo.InvariantCulture, $"line {line}"), problem);
}
