using System.Globalization;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>
/// What the simulator printed of the bus, put together in the plainest way: with one transaction a direction, the n-th address takes the next AxLEN + 1 beats, and the
/// n-th B is the n-th write's.
/// </summary>
internal sealed class PairLog
{
    /// <summary>Takes the log; what is no line of the testbench (the simulators' own remarks) is left out.</summary>
    public PairLog(IEnumerable<string> lines)
    {
        Lines = [.. lines.Where(line => line.Length > 2 && line[1] == ' ' && "AWBaRXFMDE".Contains(line[0], StringComparison.Ordinal))];
    }

    /// <summary>The lines, as rtl/axi_pair_tb.sv describes them.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The edges in the lines of a letter.</summary>
    public IReadOnlyList<long> EdgesOf(char letter) =>
        [.. Lines.Where(line => line[0] == letter).Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))];

    /// <summary>The transactions that finished, in the order of their addresses, as <see cref="TransactionText"/> writes them.</summary>
    public IReadOnlyList<string> Transactions()
    {
        List<(long Edge, string Text)> done = [];
        Queue<string[]> writes = new();
        Queue<string[]> writeBeats = new();
        Queue<string[]> reads = new();
        List<string[]> readBeats = [];
        foreach (string[] words in Lines.Select(line => line.Split(' ')))
        {
            switch (words[0])
            {
                case "A":
                    writes.Enqueue(words);
                    break;
                case "W":
                    writeBeats.Enqueue(words);
                    break;
                case "B":
                    string[] write = writes.Dequeue();
                    string beats = string.Concat(Enumerable.Range(0, BeatsOf(write)).Select(_ => writeBeats.Dequeue()).Select(beat => $" [{beat[1]} {beat[2]} {beat[3]} {beat[4]}]"));
                    done.Add((EdgeOf(write), $"W {string.Join(' ', write[1..])}{beats} B {words[1]} {words[2]} {words[3]}"));
                    break;
                case "a":
                    reads.Enqueue(words);
                    break;
                case "R":
                    readBeats.Add(words);
                    if (readBeats.Count == BeatsOf(reads.Peek()))
                    {
                        string[] read = reads.Dequeue();
                        done.Add((EdgeOf(read), $"R {string.Join(' ', read[1..])}{string.Concat(readBeats.Select(beat => $" [{string.Join(' ', beat[1..])}]"))}"));
                        readBeats.Clear();
                    }

                    break;
                case "X":
                    writes.Clear();
                    writeBeats.Clear();
                    reads.Clear();
                    readBeats.Clear();
                    break;
                default:
                    break;
            }
        }

        return [.. done.OrderBy(each => each.Edge).ThenBy(each => each.Text[0] == 'R').Select(each => each.Text)];
    }

    private static long EdgeOf(string[] address) => long.Parse(address[1], CultureInfo.InvariantCulture);

    private static int BeatsOf(string[] address) => int.Parse(address[4], NumberStyles.HexNumber, CultureInfo.InvariantCulture) + 1;
}
