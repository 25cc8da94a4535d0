using System.Globalization;
using System.Text.RegularExpressions;

namespace Spanker.Conformance.Suite;

/// <summary>Reads tokens back into cases.</summary>
/// <remarks>
/// <code>
/// token    = case ["@" device-spec]
/// case     = clause "-g1-" ( matmul | collective | sharded | bus | tile | transfer | "rates" | "mesh-c" sails | "node" | explore )
/// matmul   = "m" m "n" n "k" k *( "-" ("a"|"b"|"o") length ) "-" data
/// length   = ("p"|"m"|"e") bytes                     more than, less than, exactly
/// data     = family "-s" seed | "gguf." fingerprint "." row "-s" seed | "lit-" bytes "-" bytes
/// collective = ("gather" | "reduce" code) "-c" sails "-l" length *("." length) "-" ("exact"|"cancelling"|"special") "-s" seed
/// sharded  = ("columns"|"depth"|"pipeline") "-c" shards "-m" m "n" n "k" k "-" family "-s" seed
/// tile     = "tile-m" m "n" n "k" k "e" bytes-an-element "-c" cards
/// transfer = "transfer-b" count "-r" bytes-a-second
/// bus      = "bus-" scenario "-t" pace "-r" requests "-s" seed
/// explore  = "explore-c" cards "-k" chunks "-r" credits "-" ( "none" | failure "." from "." to "." frame ) "-" ("exact"|"cancelling"|"special")
/// </code>
/// Seeds are hexadecimal, other numbers decimal, <c>bytes</c> as <see cref="SparseBytes"/> writes them. docs/formats.md shows examples.
/// A case has one spelling, the one that it prints; any other is refused, and so is a kind of case that the clause does not have.
/// </remarks>
public static partial class CaseToken
{
    /// <summary>The most bytes that the buffers of a token may ask for together.</summary>
    public const ulong MostBufferBytes = 8UL << 30;

    /// <summary>The most bytes of an operand that a token gives byte by byte; shrinking stays below it.</summary>
    public const int MostLiteralBytes = 1 << 24;

    private const int MostSails = 256;
    private const int MostElements = 1 << 24;

    /// <summary>The token with the device that it failed on.</summary>
    public static string WithDevice(Case tried, string spec) => $"{tried.Token}@{spec}";

    /// <summary>Splits a token into the case's part and the device's, which is null if the token names none.</summary>
    public static (string CaseText, string? Spec) Split(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        int at = token.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (token, null) : (token[..at], token[(at + 1)..]);
    }

    /// <summary>Reads the case's part of a token.</summary>
    /// <param name="text">The token, without a device.</param>
    /// <param name="weights">The tensor that a token of real weights refers to; null if none was given.</param>
    /// <exception cref="FormatException">It is no token of this version; the message says where and what would be right.</exception>
    public static Case Parse(string text, RealWeights? weights = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('-');
        Requirement clause = RequirementCatalogue.FindByTokenId(parts[0])
            ?? throw new FormatException($"token '{Shorten(text)}' begins with no clause; a token looks like mm13-{CaseRandom.Version}-m4n3k512-dense-s1f");
        if (parts.Length < 3 || parts[1].Length < 2 || parts[1][0] != 'g' || !parts[1].Skip(1).All(char.IsAsciiDigit))
        {
            throw Malformed(text, parts.Length > 1 ? parts[1] : "the end");
        }

        if (parts[1] != CaseRandom.Version)
        {
            throw new FormatException($"token '{Shorten(text)}' is not of generator version {CaseRandom.Version}; replay it with the release that printed it");
        }

        Case parsed = ParseBody(text, clause, parts.AsSpan(2), weights);
        if (!IsAbout(clause.Id, parsed))
        {
            throw new FormatException($"token '{Shorten(text)}' is malformed at '{Shorten(parts[2])}': {clause.Id} has no such cases");
        }

        return parsed.Token == text
            ? parsed
            : throw new FormatException($"token '{Shorten(text)}' is not as it was printed; the case that it names is '{Shorten(parsed.Token)}'");
    }

    private static Case ParseBody(string text, Requirement clause, ReadOnlySpan<string> body, RealWeights? weights)
    {
        if (MatmulDimensions().Match(body[0]) is { Success: true } dimensions)
        {
            return ParseMatmul(text, clause.Id, dimensions, body[1..], weights);
        }

        if (CollectiveKind().Match(body[0]) is { Success: true } kind)
        {
            return ParseCollective(text, clause.Id, kind, body[1..]);
        }

        return body switch
        {
            ["mesh", var sails] when TryPrefixed(sails, 'c', MostSails, out int count) => new TopologyCase(clause.Id, count),
            ["node"] => new ControlNodeCase(clause.Id),
            ["columns" or "depth" or "pipeline", var shards, var shape, var family, var seed] => ParseSharded(text, clause.Id, body[0], shards, shape, ParseFamily(text, family, seed)),
            ["tile", var shape, var cards] => ParseTile(text, clause.Id, shape, cards),
            ["transfer", ['b', .. var bytes], ['r', .. var rate]] => new TransferCase(clause.Id, ParseNumber(text, bytes), ParseNumber(text, rate)),
            ["rates"] => new RatesCase(clause.Id),
            ["bus", var scenario, var pace, var requests, var seed] => ParseBus(text, clause.Id, scenario, pace, requests, seed),
            ["explore", var cards, var chunks, var credits, var fault, var data]
                when TryPrefixed(cards, 'c', InterleavingCase.MostOfEach, out int n)
                && TryPrefixed(chunks, 'k', InterleavingCase.MostOfEach, out int pieces)
                && TryPrefixed(credits, 'r', InterleavingCase.MostOfEach, out int held)
                && InterleavingCase.TryParse(clause.Id, n, pieces, held, fault, data) is { } interleaving => interleaving,
            _ => throw Malformed(text, body[0]),
        };
    }

    private static readonly string[] MatmulFamilies = ["MM-", "NUM-", "PROC-"];

    private static bool IsAbout(string clause, Case parsed) => parsed switch
    {
        InterleavingCase => clause == "COL-10",
        CollectiveCase when clause == "COL-10" => false,
        CollectiveCase => clause == "MM-15" || (clause.StartsWith("COL-", StringComparison.Ordinal) && clause != ShardingChecks.Clause),
        MatmulCase when clause.StartsWith("AXI-", StringComparison.Ordinal) => BusChecks.HasCalls(clause),
        MatmulCase => clause != "MM-15" && MatmulFamilies.Any(family => clause.StartsWith(family, StringComparison.Ordinal)),
        BusCase bus => BusChecks.Has(clause, bus.Scenario),
        TopologyCase => clause.StartsWith("TOP-", StringComparison.Ordinal),
        ShardedCase => clause == ShardingChecks.Clause,
        RatesCase => clause == "SCH-1",
        TileCase => clause is "SCH-2" or "SCH-3",
        TransferCase => clause == "SCH-3",
        _ => clause.StartsWith("DRV-", StringComparison.Ordinal),
    };

    private static ShardedCase ParseSharded(string text, string clause, string kind, string shardsText, string shapeText, GeneratedOperands data)
    {
        if (!TryPrefixed(shardsText, 'c', ShardedCase.MostShards, out int shards) || MatmulDimensions().Match(shapeText) is not { Success: true } dimensions)
        {
            throw Malformed(text, MatmulDimensions().IsMatch(shapeText) ? shardsText : shapeText);
        }

        ShardedCase tried = new(clause, Enum.Parse<Sharding>(kind, ignoreCase: true), shards, ParseShape(text, dimensions), data);
        return tried.CanBeDone
            ? tried
            : throw new FormatException(
                $"token '{Shorten(text)}' is of no product in shards: 1 to {ShardedCase.MostShards} of them, m and n above 0, k a multiple of {Reference.Q4KLayout.BlockWeights}, buffers of {ShardedCase.MostBytes} bytes at most");
    }

    private static TileCase ParseTile(string text, string clause, string shape, string cards) =>
        TileDimensions().Match(shape) is { Success: true } dimensions && cards is ['c', .. var digits]
            ? new TileCase(
                clause,
                new Reference.Tile(
                    M: ParseDimension(text, dimensions.Groups[1].Value),
                    N: ParseDimension(text, dimensions.Groups[2].Value),
                    K: ParseDimension(text, dimensions.Groups[3].Value),
                    ElementBytes: ParseDimension(text, dimensions.Groups[4].Value)),
                ParseNumber(text, digits))
            : throw Malformed(text, shape);

    private static BusCase ParseBus(string text, string clause, string scenarioText, string paceText, string requestsText, string seed)
    {
        if (!Enum.TryParse(scenarioText, ignoreCase: true, out BusScenario scenario) || !Enum.IsDefined(scenario) || char.IsDigit(scenarioText[0]))
        {
            throw Malformed(text, scenarioText);
        }

        return TryPrefixed(paceText, 't', Bus.BusPace.All.Count - 1, out int pace) && TryPrefixed(requestsText, 'r', BusCase.MostRequests, out int requests)
            ? new BusCase(clause, scenario, pace, requests, ParseSeed(text, seed))
            : throw Malformed(text, paceText);
    }

    private static MatmulCase ParseMatmul(string text, string clause, Match dimensions, ReadOnlySpan<string> rest, RealWeights? weights)
    {
        MatmulShape shape = ParseShape(text, dimensions);
        BufferLength a = default;
        BufferLength b = default;
        BufferLength output = default;
        while (!rest.IsEmpty && BufferPart().IsMatch(rest[0]))
        {
            if (!BufferLength.TryParse(rest[0][1..], out BufferLength length))
            {
                throw Malformed(text, rest[0]);
            }

            switch (rest[0][0])
            {
                case 'a':
                    a = length;
                    break;
                case 'b':
                    b = length;
                    break;
                default:
                    output = length;
                    break;
            }

            rest = rest[1..];
        }

        MatmulCase tried = new(clause, shape, new LiteralOperands(default, default)) { ALength = a, BLength = b, OutputLength = output };
        RequireAllocatable(text, tried);
        return tried with { Data = ParseData(text, tried, rest, weights) };
    }

    private static MatmulShape ParseShape(string text, Match dimensions) => new(
        M: ParseDimension(text, dimensions.Groups[1].Value),
        N: ParseDimension(text, dimensions.Groups[2].Value),
        K: ParseDimension(text, dimensions.Groups[3].Value));

    private static void RequireAllocatable(string text, MatmulCase tried)
    {
        UInt128 total;
        try
        {
            total = (UInt128)tried.ABytes + tried.BBytes + tried.OutputBytes;
        }
        catch (InvalidOperationException tooLong)
        {
            throw new FormatException($"token '{Shorten(text)}': {tooLong.Message}");
        }

        if (total > MostBufferBytes)
        {
            throw new FormatException($"token '{Shorten(text)}' asks for {total} bytes of buffers; at most {MostBufferBytes} are laid out");
        }
    }

    private static OperandData ParseData(string text, MatmulCase tried, ReadOnlySpan<string> rest, RealWeights? weights)
    {
        switch (rest)
        {
            case ["lit", var a, var b]:
                return new LiteralOperands(ParseBytes(text, a, tried.ABytes), ParseBytes(text, b, tried.BBytes));
            case [var name, var seed] when name.StartsWith("gguf.", StringComparison.Ordinal):
                return ParseReal(text, tried, name.Split('.'), ParseSeed(text, seed), weights);
            case [var name, var seed]:
                return ParseFamily(text, name, seed);
            default:
                throw Malformed(text, rest.IsEmpty ? "the end" : rest[0]);
        }
    }

    private static GeneratedOperands ParseFamily(string text, string name, string seed) => OperandFamilies.Find(name) is OperandFamily family
        ? new GeneratedOperands(family, ParseSeed(text, seed))
        : throw new FormatException(
            $"token '{Shorten(text)}' names no known operands: '{Shorten(name)}'; known are {string.Join(", ", OperandFamilies.All.Select(f => f.Name))}, lit, gguf");

    private static RealOperands ParseReal(string text, MatmulCase tried, string[] name, ulong seed, RealWeights? weights)
    {
        if (name.Length != 3 || !ulong.TryParse(name[2], NumberStyles.None, CultureInfo.InvariantCulture, out ulong row))
        {
            throw Malformed(text, string.Join('.', name));
        }

        if (weights is null)
        {
            throw new FormatException($"token '{Shorten(text)}' is about real weights; give them with --gguf FILE --tensor NAME");
        }

        if (weights.Fingerprint != name[1])
        {
            throw new FormatException(
                $"token '{Shorten(text)}' is about weights with fingerprint {Shorten(name[1])}; tensor {weights.Tensor} has {weights.Fingerprint}");
        }

        if (tried.Shape.K != weights.RowWeights || row > weights.RowCount || tried.Shape.M > weights.RowCount - row)
        {
            throw new FormatException(
                $"token '{Shorten(text)}' reaches rows {row}..+{tried.Shape.M} of k = {tried.Shape.K}; the tensor has {weights.RowCount} rows of {weights.RowWeights}");
        }

        return new RealOperands(weights, row, seed);
    }

    private static CollectiveCase ParseCollective(string text, string clause, Match kind, ReadOnlySpan<string> rest)
    {
        int? operation = kind.Groups[1].Success ? ParseInt(text, kind.Groups[1].Value) : null;
        if (rest is not [var sailsText, ['l', .. var lengthsText], var dataText, var seedText]
            || !TryPrefixed(sailsText, 'c', MostSails, out int sails)
            || !Enum.TryParse(dataText, ignoreCase: true, out CollectiveData data)
            || !Enum.IsDefined(data)
            || char.IsDigit(dataText[0]))
        {
            throw Malformed(text, rest.IsEmpty ? "the end" : rest[0]);
        }

        List<int> lengths = [];
        foreach (string length in lengthsText.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            int elements = ParseInt(text, length);
            if (elements > MostElements - lengths.Sum() || lengths.Count == MostSails)
            {
                throw new FormatException($"token '{Shorten(text)}' asks for more than {MostSails} buffers or {MostElements} elements");
            }

            lengths.Add(elements);
        }

        return new CollectiveCase(clause, operation, sails, new EquatableLengths(lengths), data, ParseSeed(text, seedText));
    }

    private static byte[] ParseBytes(string text, string bytes, ulong length)
    {
        if (length > MostLiteralBytes)
        {
            throw new FormatException($"token '{Shorten(text)}' gives bytes for an operand of {length}; at most {MostLiteralBytes} can be given");
        }

        byte[] operand = new byte[length];
        try
        {
            SparseBytes.Decode(bytes, operand);
        }
        catch (FormatException damaged)
        {
            throw new FormatException($"token '{Shorten(text)}' is damaged: {damaged.Message}");
        }

        return operand;
    }

    private static ulong ParseNumber(string text, string digits) =>
        ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : throw Malformed(text, digits);

    private static ulong ParseDimension(string text, string digits) =>
        ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new FormatException($"token '{Shorten(text)}' has a dimension beyond 64 bits: {Shorten(digits)}");

    private static int ParseInt(string text, string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw Malformed(text, digits);

    private static ulong ParseSeed(string text, string seed) =>
        seed is ['s', .. var digits] && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw Malformed(text, seed);

    private static bool TryPrefixed(string text, char prefix, int most, out int value)
    {
        value = 0;
        return text.Length > 1
            && text[0] == prefix
            && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= most;
    }

    private static FormatException Malformed(string text, string part) =>
        new($"token '{Shorten(text)}' is malformed at '{Shorten(part)}'; a token looks like mm13-{CaseRandom.Version}-m4n3k512-dense-s1f");

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "...");

    [GeneratedRegex("^m([0-9]+)n([0-9]+)k([0-9]+)$")]
    private static partial Regex MatmulDimensions();

    [GeneratedRegex("^m([0-9]+)n([0-9]+)k([0-9]+)e([0-9]+)$")]
    private static partial Regex TileDimensions();

    [GeneratedRegex("^(?:gather|reduce([0-9]+))$")]
    private static partial Regex CollectiveKind();

    [GeneratedRegex("^[abo][pme][0-9]+$")]
    private static partial Regex BufferPart();
}
