using System.Globalization;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>Does a recorded sequence again at a card's pins, and holds every answer against the recorded one, bit for bit.</summary>
public static class TraceReplay
{
    /// <summary>Drives the trace; null if everything is answered as it was.</summary>
    /// <returns>The first difference, in words.</returns>
    public static Deviation? Replay(CardBench bench, AxiTrace trace)
    {
        ArgumentNullException.ThrowIfNull(bench);
        ArgumentNullException.ThrowIfNull(trace);
        int words = trace.Shape.DataWords;
        List<ulong[]> answers = [];
        foreach (AxiTraceTransaction each in trace.Transactions)
        {
            ulong[] answer = each.IsRead ? new ulong[each.Address.Burst.Beats * words] : [];
            answers.Add(answer);
            bench.Enqueue(RequestOf(each, answer));
            if (!bench.TryRunTo(4))
            {
                break;
            }
        }

        bench.TryRunTo(1);
        Dictionary<long, AxiCompletion> ended = bench.Completions.ToDictionary(done => done.Ticket);
        for (int i = 0; i < trace.Transactions.Count; i++)
        {
            AxiTraceTransaction expected = trace.Transactions[i];
            string? difference = ended.TryGetValue(i, out AxiCompletion done) ? Difference(expected, done, i < answers.Count ? answers[i] : [], words) : "it is not answered";
            if (difference is not null)
            {
                string where = string.Create(CultureInfo.InvariantCulture, $"replayed transaction {i}, {(expected.IsRead ? "read" : "write")} at 0x{expected.Address.Burst.Address:x}");
                return new Deviation($"{where}: {difference}", "the recorded answer", difference);
            }
        }

        return null;
    }

    private static AxiRequest RequestOf(AxiTraceTransaction each, ulong[] answer)
    {
        AxiAddressPins pins = default;
        each.Address.Drive(ref pins);
        IReadOnlyList<AxiTraceBeat> beats = each.Beats ?? throw new ArgumentException("a trace that is replayed holds its beats", nameof(each));
        AxiRequest request = new()
        {
            IsRead = each.IsRead,
            Burst = each.Address.Burst,
            Id = each.Address.Id,
            Attributes = pins.Attributes,
            GapCycles = each.Gap,
            After = each.After ?? -1,
            Destination = answer,
        };
        return each.IsRead ? request : request with
        {
            Data = beats.SelectMany(beat => beat.Data).ToArray(),
            Strobes = beats.Select(beat => beat.Lanes).ToArray(),
            Lasts = beats.Select(beat => beat.IsLast).ToArray(),
        };
    }

    private static string? Difference(AxiTraceTransaction expected, AxiCompletion done, ReadOnlySpan<ulong> answer, int words)
    {
        if (!expected.IsRead)
        {
            return expected.Response == done.Response ? null : $"answered {done.Response}, recorded was {expected.Response}";
        }

        IReadOnlyList<AxiTraceBeat> beats = expected.Beats!;
        AxiResponse worst = beats.Select(beat => beat.Response).FirstOrDefault(response => response != AxiResponse.Okay);
        if (done.Beats != beats.Count || done.Response != worst)
        {
            return $"{done.Beats} beats and {done.Response}, recorded were {beats.Count} and {worst}";
        }

        for (int beat = 0; beat < beats.Count; beat++)
        {
            for (int lane = 0; lane < words * sizeof(ulong); lane++)
            {
                byte actual = (byte)((answer[(beat * words) + (lane / 8)] >> (8 * (lane % 8))) & 0xff);
                if (((beats[beat].Lanes >> lane) & 1) != 0 && actual != beats[beat].ByteOf(lane))
                {
                    return string.Create(CultureInfo.InvariantCulture, $"beat {beat}, byte {lane}: {actual:x2}, recorded was {beats[beat].ByteOf(lane):x2}");
                }
            }
        }

        return null;
    }
}
