using System.Globalization;

namespace Spanker.Conformance.Axi4;

/// <summary>Reads the lines of golden text, each by itself.</summary>
internal static class TextLineParser
{
    private static readonly string[] Kinds = ["W", "R"];

    /// <summary><c>bus data=D addr=A id=I</c>.</summary>
    public static AxiBusShape Bus(TextTokens words)
    {
        ReadOnlySpan<char> first = words.Take("bus");
        if (!first.SequenceEqual("bus"))
        {
            throw words.Fault($"{AxiTraceException.Quote(first.ToString())} where the line 'bus data=.. addr=.. id=..' is expected");
        }

        int dataBits = words.Number("data", 8, AxiBusShape.MaxDataBits);
        if (!int.IsPow2(dataBits))
        {
            throw words.Fault($"data '{dataBits}'; expected 8, 16, 32 .. {AxiBusShape.MaxDataBits}");
        }

        AxiBusShape shape = new(dataBits, words.Number("addr", 1, 64), words.Number("id", 0, 64));
        words.End();
        return shape;
    }

    /// <summary>A transaction, as far as its line knows it.</summary>
    public static AxiTraceTransaction Transaction(TextTokens words, AxiBusShape shape)
    {
        bool isRead = AxiTraceWords.ParseWord(words.Take("W or R"), words.Place, Kinds) == 1;
        ulong id = AxiTraceWords.ParseHex(words.Value("id"), words.PlaceOf("id"), shape.IdBits);
        ulong start = AxiTraceWords.ParseHex(words.Value("addr"), words.PlaceOf("addr"), shape.AddressBits);
        int kind = AxiTraceWords.ParseWord(words.Take("a burst"), words.Place, AxiTraceWords.Bursts);
        (int asked, int size) = Measure(words.Take("BEATSxBYTES"), words);
        AxiTraceAddress address = Attributed(new(isRead, id, new(start, asked, size, (AxiBurstKind)kind)), ref words);
        int beats = words.Has("beats") ? words.Number("beats", 0, AxiTraceLimits.MostBeats) : asked;
        int[] last = words.Has("last") ? Last(words.Value("last"), beats, words) : beats == 0 ? [] : [beats - 1];
        int bytes = words.Number("bytes", 0, beats * shape.DataBytes);
        ulong digest = Digest(words.Value("digest"), "digest", words);
        ulong? lanes = words.Has("lanes") ? Digest(words.Value("lanes"), "lanes", words) : null;
        AxiResponse[] responses = Responses(words.Take("a response"), isRead ? beats : 1, words);
        words.End();
        AxiTraceSummary summary = new(beats, last, responses, bytes, digest, lanes);
        if (lanes is null)
        {
            CheckBytes(address, summary, shape, words);
        }

        return new(address, summary);
    }

    /// <summary><c>  data=.. strb=..</c> or, of a read, <c>  data=.. mask=..</c>.</summary>
    public static AxiTraceBeat Beat(TextTokens words, AxiTraceTransaction transaction, int beat, AxiBusShape shape)
    {
        string lanes = transaction.IsRead ? "mask" : "strb";
        AxiTraceSummary summary = transaction.Summary;
        AxiTraceBeat read = new(
            AxiTraceWords.ParseData(words.Value("data"), words.PlaceOf("data"), shape),
            AxiTraceWords.ParseLanes(words.Value(lanes), words.PlaceOf(lanes), shape),
            transaction.IsRead ? summary.Responses[beat] : AxiResponse.Okay,
            summary.LastBeats.Contains(beat));
        words.End();
        return read;
    }

    private static (int Beats, int Size) Measure(ReadOnlySpan<char> word, TextTokens words)
    {
        int cross = word.IndexOf('x');
        if (cross < 0)
        {
            throw words.Fault($"{AxiTraceException.Quote(word.ToString())} where beats and their bytes are expected, such as 4x32");
        }

        int bytes = words.NumberOf(word[(cross + 1)..], "bytes a beat", 1, 128);
        return int.IsPow2(bytes)
            ? (words.NumberOf(word[..cross], "beats", 1, AxiBurst.MaxBeats), int.Log2(bytes))
            : throw words.Fault($"bytes a beat '{bytes}'; expected 1, 2, 4 .. 128");
    }

    private static AxiTraceAddress Attributed(AxiTraceAddress address, ref TextTokens words)
    {
        foreach ((string name, int bits) in AxiTraceTextLine.Attributes)
        {
            if (words.Has(name))
            {
                ulong value = AxiTraceWords.ParseHex(words.Value(name), words.PlaceOf(name), bits);
                address = name switch
                {
                    "lock" => address with { Lock = (int)value },
                    "cache" => address with { Cache = (int)value },
                    "prot" => address with { Prot = (int)value },
                    "qos" => address with { Qos = (int)value },
                    "region" => address with { Region = (int)value },
                    _ => address with { User = value },
                };
            }
        }

        return address;
    }

    private static int[] Last(ReadOnlySpan<char> word, int beats, TextTokens words)
    {
        if (word.SequenceEqual("none"))
        {
            return [];
        }

        List<int> last = [];
        foreach (Range part in word.Split(','))
        {
            last.Add(words.NumberOf(word[part], "last", 0, beats - 1));
            if (last.Count > 1 && last[^1] <= last[^2])
            {
                throw words.Fault($"last {AxiTraceException.Quote(word.ToString())}; expected rising beats");
            }
        }

        return [.. last];
    }

    private static AxiResponse[] Responses(ReadOnlySpan<char> word, int count, TextTokens words)
    {
        if (word.SequenceEqual("-") && count == 0)
        {
            return [];
        }

        List<AxiResponse> responses = [];
        bool isRuns = word.ContainsAny(',', '*');
        foreach (Range part in word.Split(','))
        {
            ReadOnlySpan<char> run = word[part];
            int star = run.IndexOf('*');
            int times = !isRuns ? count : star < 0 ? 1 : words.NumberOf(run[(star + 1)..], "run of responses", 1, Math.Max(1, count));
            AxiResponse each = (AxiResponse)AxiTraceWords.ParseWord(star < 0 ? run : run[..star], words.Place, AxiTraceWords.Responses);
            responses.AddRange(Enumerable.Repeat(each, times));
            if (responses.Count > count)
            {
                break;
            }
        }

        return responses.Count == count && count > 0
            ? [.. responses]
            : throw words.Fault($"{AxiTraceException.Quote(word.ToString())} are not as many responses as there should be; expected {count}{(count == 0 ? ", written -" : string.Empty)}");
    }

    private static ulong Digest(ReadOnlySpan<char> word, string key, TextTokens words) =>
        word.Length == 16 && !word.ContainsAnyExcept(AxiTraceWords.LowerHex)
            ? ulong.Parse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw words.Fault($"{key} {AxiTraceException.Quote(word.ToString())}; expected 16 lower-case hex digits");

    private static void CheckBytes(AxiTraceAddress address, AxiTraceSummary summary, AxiBusShape shape, TextTokens words)
    {
        long bytes = 0;
        for (int beat = 0; beat < summary.Beats; beat++)
        {
            AxiResponse response = address.IsRead ? summary.Responses[beat] : AxiResponse.Okay;
            bytes += (long)UInt128.PopCount(AxiTraceSummary.UsualLanes(address, beat, response, shape.DataBytes));
        }

        if (bytes != summary.ActiveBytes)
        {
            throw words.Fault($"bytes={summary.ActiveBytes}; the lanes of this burst are {bytes} bytes, and others have lanes=");
        }
    }
}
