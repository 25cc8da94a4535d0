using System.Text.Json;

namespace Spanker.Conformance.Axi4;

/// <summary>Reads traces from JSON.</summary>
internal static class AxiTraceJsonReader
{
    private const long MostCycles = long.MaxValue;
    private static readonly string[] AddressMembers =
        ["kind", "id", "addr", "len", "size", "burst", "lock", "cache", "prot", "qos", "region", "user", "gap", "after"];

    private static readonly string[] WriteMembers = [.. AddressMembers, "beats", "expect"];
    private static readonly string[] ReadMembers = [.. AddressMembers, "expect"];
    private static readonly string[] Kinds = ["W", "R"];

    /// <summary>The document, not looked at yet.</summary>
    public static JsonDocument Open(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > AxiTraceLimits.MostBytes)
        {
            throw new AxiTraceException(string.Empty, $"{utf8.Length} bytes; a trace of at most {AxiTraceLimits.MostBytes} bytes is read");
        }

        try
        {
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false });
        }
        catch (JsonException wrong)
        {
            string place = wrong.LineNumber is long line ? $"line {line + 1}, byte {wrong.BytePositionInLine + 1}" : string.Empty;
            throw new AxiTraceException(place, $"no JSON: {Reason(wrong)}");
        }
        catch (InvalidOperationException)
        {
            // The search for members that stand twice met half a surrogate pair.
            throw new AxiTraceException(string.Empty, "no JSON: a member's name is no valid Unicode");
        }
    }

    public static AxiTrace Read(JsonElement document)
    {
        JsonMembers root = new(document, "schema", "bus", "transactions", "timing");
        CheckSchema(root, AxiTraceJson.Schema);
        AxiBusShape shape = root.Member("bus", ReadBus);
        AxiTraceTransaction[] transactions = root.Items("transactions", AxiTraceLimits.MostTransactions, (item, index) => ReadTransaction(item, index, shape));
        IReadOnlyList<AxiTransactionTiming>? timing = root.Has("timing") ? ReadTiming(root) : null;
        if (timing is not null && AxiTraceFit.Problem(transactions, timing) is string problem)
        {
            throw new AxiTraceException("timing", problem);
        }

        return new(shape, transactions, timing);
    }

    public static void CheckSchema(JsonMembers root, string schema)
    {
        string found = root.Text("schema");
        if (found != schema)
        {
            throw new AxiTraceException("schema", $"{AxiTraceException.Quote(found)}; expected '{schema}'");
        }
    }

    public static AxiTransactionTiming[] ReadTiming(JsonMembers root) => root.Items("timing", AxiTraceLimits.MostTransactions, (item, _) =>
    {
        JsonMembers entry = new(item, "request", "address", "answer", "last", "beats");
        return new AxiTransactionTiming(
            entry.Number("request", 0, MostCycles),
            entry.Number("address", 0, MostCycles),
            entry.Number("answer", 0, MostCycles),
            entry.Number("last", 0, MostCycles),
            entry.Items("beats", AxiTraceLimits.MostBeats, ReadBeatTiming));
    });

    private static (long Offered, long Cycle) ReadBeatTiming(JsonElement item, int index)
    {
        long[] pair = JsonMembers.ItemsOf(item, string.Empty, most: 2, (number, at) => JsonMembers.NumberOf(number, string.Empty, 0, MostCycles));
        return pair.Length == 2 ? (pair[0], pair[1]) : throw new AxiTraceException(string.Empty, "expected two cycles, [offered, accepted]");
    }

    private static AxiBusShape ReadBus(JsonElement item)
    {
        JsonMembers bus = new(item, "data_bits", "address_bits", "id_bits");
        int dataBits = (int)bus.Number("data_bits", 8, AxiBusShape.MaxDataBits);
        return int.IsPow2(dataBits)
            ? new(dataBits, (int)bus.Number("address_bits", 1, 64), (int)bus.Number("id_bits", 0, 64))
            : throw new AxiTraceException("data_bits", $"'{dataBits}'; expected 8, 16, 32 .. {AxiBusShape.MaxDataBits}");
    }

    private static AxiTraceTransaction ReadTransaction(JsonElement item, int index, AxiBusShape shape)
    {
        // A first look, so that the members which only one kind has are told apart.
        bool isRead = AxiTraceWords.ParseWord(new JsonMembers(item, WriteMembers).Text("kind"), "kind", Kinds) == 1;
        JsonMembers members = new(item, isRead ? ReadMembers : WriteMembers);
        AxiTraceAddress address = ReadAddress(members, isRead, shape);
        int gap = members.Number("gap", least: 0, most: int.MaxValue, otherwise: 0);
        int? after = ReadAfter(members, index);
        if (isRead)
        {
            AxiTraceBeat[] beats = members.Member(
                "expect", expect => new JsonMembers(expect, "beats").Items("beats", AxiTraceLimits.MostBeats, (beat, _) => ReadReadBeat(beat, shape)));
            return new(address, beats, AxiResponse.Okay, shape.DataBytes) { Gap = gap, After = after };
        }

        AxiTraceBeat[] written = ReadWriteBeats(members, shape);
        AxiResponse response = members.Member("expect", expect => ReadResponse(new(expect, "resp")));
        return new(address, written, response, shape.DataBytes) { Gap = gap, After = after };
    }

    private static AxiTraceAddress ReadAddress(JsonMembers members, bool isRead, AxiBusShape shape)
    {
        AxiBurst burst = new(
            AxiTraceWords.ParseHex(members.Text("addr"), "addr", shape.AddressBits),
            beats: (int)members.Number("len", 0, AxiBurst.MaxBeats - 1) + 1,
            size: (int)members.Number("size", 0, 7),
            (AxiBurstKind)AxiTraceWords.ParseWord(members.Text("burst"), "burst", AxiTraceWords.Bursts));
        return new(isRead, AxiTraceWords.ParseHex(members.Text("id"), "id", shape.IdBits), burst)
        {
            Lock = members.Number("lock", least: 0, most: 1, otherwise: 0),
            Cache = members.Number("cache", least: 0, most: 15, otherwise: 0),
            Prot = members.Number("prot", least: 0, most: 7, otherwise: 0),
            Qos = members.Number("qos", least: 0, most: 15, otherwise: 0),
            Region = members.Number("region", least: 0, most: 15, otherwise: 0),
            User = members.Has("user") ? AxiTraceWords.ParseHex(members.Text("user"), "user", bits: 64) : 0,
        };
    }

    private static int? ReadAfter(JsonMembers members, int index)
    {
        if (!members.Has("after") || members.Get("after").ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return index > 0
            ? (int)members.Number("after", 0, index - 1)
            : throw new AxiTraceException("after", "the first transaction waits for none; null would be right");
    }

    private static AxiTraceBeat[] ReadWriteBeats(JsonMembers members, AxiBusShape shape)
    {
        int count = members.Get("beats").ValueKind == JsonValueKind.Array ? members.Get("beats").GetArrayLength() : 0;
        return members.Items("beats", AxiTraceLimits.MostBeats, (item, index) =>
        {
            JsonMembers beat = new(item, "data", "strb", "last");
            return new AxiTraceBeat(
                AxiTraceWords.ParseData(beat.Text("data"), "data", shape),
                AxiTraceWords.ParseLanes(beat.Text("strb"), "strb", shape),
                AxiResponse.Okay,
                beat.Truth("last") ?? index == count - 1);
        });
    }

    private static AxiTraceBeat ReadReadBeat(JsonElement item, AxiBusShape shape)
    {
        JsonMembers beat = new(item, "data", "mask", "resp", "last");
        return new(
            AxiTraceWords.ParseData(beat.Text("data"), "data", shape),
            AxiTraceWords.ParseLanes(beat.Text("mask"), "mask", shape),
            ReadResponse(beat),
            beat.Truth("last") ?? throw new AxiTraceException("last", "missing"));
    }

    private static AxiResponse ReadResponse(JsonMembers members) =>
        (AxiResponse)AxiTraceWords.ParseWord(members.Text("resp"), "resp", AxiTraceWords.Responses);

    // The library's message ends with the position in its own words.
    private static string Reason(JsonException wrong)
    {
        string text = wrong.Message.Split(" LineNumber:", 2)[0];
        return AxiTraceException.Quote(text)[1..^1];
    }
}
