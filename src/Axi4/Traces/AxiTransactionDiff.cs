using System.Globalization;

namespace Spanker.Conformance.Axi4;

/// <summary>Says in what two transactions of one direction differ.</summary>
internal sealed class AxiTransactionDiff(AxiBusShape shape, string goldenName)
{
    private bool couldNotCompare;

    /// <summary>What sentences call the trace that is expected.</summary>
    public string GoldenName => goldenName;

    /// <summary>Transactions that are the same but for data that could not be compared.</summary>
    public int DataNotCompared { get; private set; }

    /// <summary>A transaction as golden text has it.</summary>
    public string LineOf(AxiTraceTransaction transaction) => AxiTraceTextLine.Of(transaction, shape);

    /// <summary>Whether nothing differs.</summary>
    public bool AreSame(AxiTraceTransaction found, AxiTraceTransaction golden) => Difference(found, golden) is null;

    /// <summary>What differs first, in words, or null; counts those whose data could not be compared.</summary>
    public string? Count(AxiTraceTransaction found, AxiTraceTransaction golden)
    {
        string? difference = Difference(found, golden);
        DataNotCompared += difference is null && couldNotCompare ? 1 : 0;
        return difference;
    }

    private string? Difference(AxiTraceTransaction found, AxiTraceTransaction golden)
    {
        couldNotCompare = false;
        return OfAddress(found.Address, golden.Address)
            ?? OfBeatCount(found.Summary, golden.Summary)
            ?? OfResponses(found, golden)
            ?? (found.Beats is not null && golden.Beats is not null ? OfBeats(found, golden) : OfDigests(found, golden));
    }

    private string? OfAddress(AxiTraceAddress found, AxiTraceAddress golden)
    {
        (AxiBurst a, AxiBurst b) = (found.Burst, golden.Burst);
        return Unless(found.Id == golden.Id, "id", AxiTraceWords.Hex(found.Id, shape.IdBits), AxiTraceWords.Hex(golden.Id, shape.IdBits))
            ?? Unless(a.Address == b.Address, "address", AxiTraceWords.Hex(a.Address, shape.AddressBits), AxiTraceWords.Hex(b.Address, shape.AddressBits))
            ?? Unless(a.Kind == b.Kind, "burst", AxiTraceWords.Bursts[(int)a.Kind], AxiTraceWords.Bursts[(int)b.Kind])
            ?? Unless(a.Beats == b.Beats, "beats asked for:", a.Beats, b.Beats)
            ?? Unless(a.BeatBytes == b.BeatBytes, "bytes a beat:", a.BeatBytes, b.BeatBytes)
            ?? Unless(found.Lock == golden.Lock, "lock", found.Lock, golden.Lock)
            ?? Unless(found.Cache == golden.Cache, "cache", found.Cache, golden.Cache)
            ?? Unless(found.Prot == golden.Prot, "prot", found.Prot, golden.Prot)
            ?? Unless(found.Qos == golden.Qos, "qos", found.Qos, golden.Qos)
            ?? Unless(found.Region == golden.Region, "region", found.Region, golden.Region)
            ?? Unless(found.User == golden.User, "user", AxiTraceWords.Hex(found.User, bits: 64), AxiTraceWords.Hex(golden.User, bits: 64));
    }

    private string? OfBeatCount(AxiTraceSummary found, AxiTraceSummary golden) =>
        Unless(found.Beats == golden.Beats, "beats that came:", found.Beats, golden.Beats)
        ?? Unless(found.LastBeats.SequenceEqual(golden.LastBeats), "LAST on", BeatsOf(found.LastBeats), BeatsOf(golden.LastBeats));

    private string? OfResponses(AxiTraceTransaction found, AxiTraceTransaction golden)
    {
        (IReadOnlyList<AxiResponse> a, IReadOnlyList<AxiResponse> b) = (found.Summary.Responses, golden.Summary.Responses);
        int beat = Enumerable.Range(0, a.Count).FirstOrDefault(index => a[index] != b[index], -1);
        return beat < 0 ? null : Unless(
            isSame: false, found.IsRead ? $"beat {beat}: response" : "response", AxiTraceWords.Responses[(int)a[beat]], AxiTraceWords.Responses[(int)b[beat]]);
    }

    private string? OfBeats(AxiTraceTransaction found, AxiTraceTransaction golden)
    {
        for (int beat = 0; beat < found.Beats!.Count; beat++)
        {
            (AxiTraceBeat a, AxiTraceBeat b) = (found.Beats[beat], golden.Beats![beat]);
            string? difference = found.IsRead ? null : Unless(
                a.Lanes == b.Lanes, $"beat {beat}: strobes", AxiTraceWords.Lanes(a.Lanes, shape), AxiTraceWords.Lanes(b.Lanes, shape));
            difference ??= OfBytes(a, b, beat, found.Address.Burst);
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    /// <summary>Lanes that count in both.</summary>
    private string? OfBytes(AxiTraceBeat found, AxiTraceBeat golden, int beat, AxiBurst burst)
    {
        UInt128 lanes = found.Lanes & golden.Lanes;
        for (int lane = 0; lane < shape.DataBytes; lane++)
        {
            if (((lanes >> lane) & 1) != 0 && found.ByteOf(lane) != golden.ByteOf(lane))
            {
                string where = beat < burst.Beats
                    ? $" (address {AxiTraceWords.Hex((burst.AddressOf(beat) & ~((ulong)shape.DataBytes - 1)) + (ulong)lane, shape.AddressBits)})"
                    : string.Empty;
                return Unless(isSame: false, $"beat {beat}, byte {lane}{where}:", $"{found.ByteOf(lane):x2}", $"{golden.ByteOf(lane):x2}");
            }
        }

        return null;
    }

    private string? OfDigests(AxiTraceTransaction found, AxiTraceTransaction golden)
    {
        (AxiTraceSummary a, AxiTraceSummary b) = (found.Summary, golden.Summary);
        bool areLanesSame = a.LanesDigest == b.LanesDigest && a.ActiveBytes == b.ActiveBytes;
        if (found.IsRead && !areLanesSame)
        {
            couldNotCompare = true;
            return null;
        }

        return Unless(a.ActiveBytes == b.ActiveBytes, "bytes written:", a.ActiveBytes, b.ActiveBytes)
            ?? Unless(areLanesSame, "strobes: digest", Lanes(a), Lanes(b))
            ?? Unless(a.Digest == b.Digest, $"data of {a.ActiveBytes} bytes: digest", AxiTraceTextLine.Digest(a.Digest), AxiTraceTextLine.Digest(b.Digest));
    }

    private string? Unless<T>(bool isSame, string what, T found, T golden) =>
        isSame ? null : string.Create(CultureInfo.InvariantCulture, $"{what} {found} where {goldenName} has {golden}");

    private static string Lanes(AxiTraceSummary summary) => summary.LanesDigest is ulong digest ? AxiTraceTextLine.Digest(digest) : "none, as the burst has them,";

    private static string BeatsOf(IReadOnlyList<int> beats) => beats.Count switch
    {
        0 => "no beat",
        1 => $"beat {beats[0]}",
        _ => $"beats {string.Join(", ", beats)}",
    };
}
