using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Vcd;

/// <summary>Reads what stands before <c>$enddefinitions</c>. Nothing is kept that the file's bytes and the limits do not back.</summary>
internal sealed class HeaderParser(VcdTokens tokens, VcdLimits limits)
{
    private const int TextLength = 200;
    private const int TypeBytes = 32;
    private const int RangeBytes = 64;

    private readonly List<VcdVariable> variables = [];
    private readonly List<VcdNet> nets = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Stack<string> scopes = new();
    private string scope = "";
    private long namesBytes;
    private string? date;
    private string? version;
    private VcdTimescale? timescale;
    private int unknownKeywords;

    public IdCodeTable Codes { get; } = new();

    /// <summary>Reads up to and with <c>$enddefinitions $end</c>.</summary>
    public VcdHeader Parse()
    {
        Sniff();
        while (true)
        {
            if (!tokens.TryReadWord(out int start, out int length))
            {
                throw Cut("$enddefinitions", "the header");
            }

            ReadOnlySpan<byte> word = tokens.Buffer.AsSpan(start, length);
            if (word[0] != '$')
            {
                bool isChange = variables.Count > 0 && "#bB01xXzZ"u8.Contains(word[0]);
                throw isChange
                    ? tokens.Fault(start, $"{VcdException.Quote(word)} stands in the header", "$enddefinitions before the first time or value")
                    : tokens.Fault(start, $"{VcdException.Quote(word)} stands where a keyword should", "a keyword, such as $var");
            }

            if (word.SequenceEqual("$enddefinitions"u8))
            {
                SkipSection(tokens.OffsetOf(start));
                return new VcdHeader(date, version, timescale, [.. variables], [.. nets], unknownKeywords);
            }

            ReadSection(start, word);
        }
    }

    private void ReadSection(int start, ReadOnlySpan<byte> keyword)
    {
        if (keyword.SequenceEqual("$var"u8))
        {
            ReadVariable();
        }
        else if (keyword.SequenceEqual("$scope"u8))
        {
            ReadScope(start);
        }
        else if (keyword.SequenceEqual("$upscope"u8))
        {
            if (!scopes.TryPop(out string? outer))
            {
                throw tokens.Fault(start, "$upscope outside every scope", "one $upscope for each $scope");
            }

            scope = outer;
            SkipSection(tokens.OffsetOf(start));
        }
        else if (keyword.SequenceEqual("$timescale"u8))
        {
            long offset = tokens.OffsetOf(start);
            long line = tokens.LineOf(start);
            string text = ReadText(start);
            timescale = VcdTimescale.TryParse(text, out VcdTimescale parsed)
                ? parsed
                : throw new VcdException(offset, line, $"the timescale is {VcdException.Quote(text)}", "1, 10 or 100 and a unit from s to fs, such as 1ps");
        }
        else if (keyword.SequenceEqual("$date"u8))
        {
            date = ReadText(start);
        }
        else if (keyword.SequenceEqual("$version"u8))
        {
            version = ReadText(start);
        }
        else if (keyword.SequenceEqual("$dumpvars"u8) || keyword.SequenceEqual("$dumpall"u8))
        {
            throw tokens.Fault(start, $"{VcdException.Quote(keyword)} stands in the header", "$enddefinitions before the first value");
        }
        else if (!keyword.SequenceEqual("$end"u8))
        {
            unknownKeywords += keyword.SequenceEqual("$comment"u8) ? 0 : 1;
            SkipSection(tokens.OffsetOf(start));
        }
    }

    private void Sniff()
    {
        if (!tokens.Refill(0))
        {
            throw new VcdException(0, 1, "the file is empty", "a VCD file", isIncomplete: true);
        }

        switch (tokens.Buffer[0])
        {
            case 0:
                throw new VcdException(0, 1, "the file begins with byte 0, so it is FST and not VCD, whatever its name", "VCD text (fst2vcd makes it from FST)");
            case 0x1f:
                throw new VcdException(0, 1, "the file begins with byte 0x1f, so it is compressed", "VCD text (gunzip makes it from gzip)");
        }
    }

    private void ReadScope(int start)
    {
        long offset = tokens.OffsetOf(start);
        _ = Word("the kind of a $scope", TypeBytes, out _);
        string name = Name("the name of a $scope", out bool isEnd);
        if (scopes.Count >= limits.ScopeDepth)
        {
            throw tokens.Fault(tokens.Position, $"scopes lie more than {limits.ScopeDepth} deep", "fewer, the reader's limit");
        }

        scopes.Push(scope);
        if (isEnd)
        {
            // An unnamed scope: the path goes on as if it were not there.
            return;
        }

        scope = Intern(scope.Length == 0 ? name : $"{scope}.{name}");
        SkipSection(offset);
    }

    private void ReadVariable()
    {
        ReadOnlySpan<byte> type = Word("the type of a $var", TypeBytes, out _);
        VcdVariableKind kind = KindOf(type);
        int width = Width();
        (int net, VcdNet known) = IdCode(width, kind);
        string name = Name("the name of a $var", out bool isEnd);
        if (isEnd)
        {
            throw tokens.Fault(tokens.Position, "a $var without a name", "type, width, id code and name before $end");
        }

        (int? msb, int? lsb) = Range(ref name);
        if (variables.Count >= limits.Variables)
        {
            throw tokens.Fault(tokens.Position, $"more than {limits.Variables} variables", "fewer, the reader's limit");
        }

        variables.Add(new VcdVariable(scope, Intern(name), width, kind, net, msb, lsb));
        if (known.WidthBits != width || known.Kind != kind)
        {
            nets[net] = known with { IsContradictory = true };
        }
    }

    private static VcdVariableKind KindOf(ReadOnlySpan<byte> type) => type switch
    {
        _ when type.SequenceEqual("real"u8) || type.SequenceEqual("realtime"u8) || type.SequenceEqual("shortreal"u8) || type.SequenceEqual("real_parameter"u8) => VcdVariableKind.Real,
        _ when type.SequenceEqual("string"u8) => VcdVariableKind.Text,
        _ when type.SequenceEqual("event"u8) => VcdVariableKind.Event,
        _ => VcdVariableKind.Bits,
    };

    private int Width()
    {
        ReadOnlySpan<byte> word = Word("the width of a $var", TypeBytes, out int start);
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width >= 0 && width <= limits.WidthBits
            ? width
            : throw tokens.Fault(start, $"a $var is {VcdException.Quote(word)} bits wide", $"a number from 0 to {limits.WidthBits}");
    }

    private (int Net, VcdNet Known) IdCode(int width, VcdVariableKind kind)
    {
        ReadOnlySpan<byte> code = Word("the id code of a $var", limits.IdCodeBytes, out int start);
        if (code.IndexOfAnyExceptInRange((byte)33, (byte)126) >= 0)
        {
            throw tokens.Fault(start, $"the id code {VcdException.Quote(code)} is not of printable characters", "characters from ! to ~");
        }

        int net = Codes.Find(code);
        if (net == IdCodeTable.Unknown)
        {
            net = nets.Count;
            nets.Add(new VcdNet(width, kind, IsContradictory: false));
            if (!Codes.TryAdd(code, net))
            {
                throw tokens.Fault(start, "the id codes collide more often than chance allows", "codes as a simulator counts them");
            }
        }

        return (net, nets[net]);
    }

    /// <summary>The words between the name and <c>$end</c>, which together are a range or nothing; a range may also hang on the name itself.</summary>
    private (int? Msb, int? Lsb) Range(ref string name)
    {
        Span<byte> range = stackalloc byte[RangeBytes];
        int used = 0;
        while (true)
        {
            ReadOnlySpan<byte> word = Word("the range of a $var", limits.NameBytes, out int start);
            if (word.SequenceEqual("$end"u8))
            {
                break;
            }

            if (word.Length > RangeBytes - used)
            {
                throw tokens.Fault(start, $"{VcdException.Quote(word)} stands where a $var ends", "a range such as [7:0], then $end");
            }

            word.CopyTo(range[used..]);
            used += word.Length;
        }

        string text = Encoding.Latin1.GetString(range[..used]);
        if (used == 0 && name[0] != '\\' && name[^1] == ']' && name.LastIndexOf('[') is int bracket and > 0 && name.IndexOf(':', bracket) > 0)
        {
            text = name[bracket..];
            name = name[..bracket];
        }

        if (text.Length < 3 || text[0] != '[' || text[^1] != ']')
        {
            return (null, null);
        }

        string[] bounds = text[1..^1].Split(':');
        return int.TryParse(bounds[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int msb)
            && int.TryParse(bounds[^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int lsb)
            ? (msb, lsb)
            : (null, null);
    }

    private string Name(string what, out bool isEnd)
    {
        ReadOnlySpan<byte> word = Word(what, limits.NameBytes, out _);
        isEnd = word.SequenceEqual("$end"u8);
        return isEnd ? "" : Encoding.Latin1.GetString(word);
    }

    private string Intern(string text)
    {
        if (names.TryGetValue(text, out string? known))
        {
            return known;
        }

        namesBytes += text.Length;
        if (text.Length > limits.NameBytes || namesBytes > limits.AllNamesBytes)
        {
            throw namesBytes > limits.AllNamesBytes
                ? tokens.Fault(tokens.Position, $"names and paths take more than {limits.AllNamesBytes} bytes", "fewer or shorter names")
                : tokens.Fault(tokens.Position, $"the path {VcdException.Quote(text)} is longer than {limits.NameBytes} bytes", "shorter names of scopes");
        }

        names.Add(text);
        return text;
    }

    /// <summary>The text of a section up to its <c>$end</c>, words joined by blanks, shortened.</summary>
    private string ReadText(int sectionStart)
    {
        StringBuilder text = new();
        long offset = tokens.OffsetOf(sectionStart);
        while (tokens.TryReadWord(out int start, out int length))
        {
            ReadOnlySpan<byte> word = tokens.Buffer.AsSpan(start, length);
            if (word.SequenceEqual("$end"u8))
            {
                return text.ToString(0, Math.Min(text.Length, TextLength));
            }

            if (text.Length < TextLength)
            {
                _ = text.Append(text.Length == 0 ? "" : " ").Append(Encoding.Latin1.GetString(word[..Math.Min(word.Length, TextLength)]));
            }
        }

        throw Cut("$end", $"the section that begins at byte {offset}");
    }

    private ReadOnlySpan<byte> Word(string what, int limitBytes, out int start)
    {
        if (!tokens.TryReadWord(out start, out int length))
        {
            throw Cut(what, "a declaration");
        }

        return length <= limitBytes
            ? tokens.Buffer.AsSpan(start, length)
            : throw tokens.Fault(start, $"{what} is {length} bytes long, {VcdException.Quote(tokens.Buffer.AsSpan(start, length))}", $"at most {limitBytes}");
    }

    private void SkipSection(long offset)
    {
        if (!tokens.TrySkipToEndKeyword())
        {
            throw Cut("$end", $"the section that begins at byte {offset}");
        }
    }

    private VcdException Cut(string missing, string inside) =>
        tokens.Fault(tokens.Position, $"the file ends inside {inside}", $"{missing} (is the file cut?)", isIncomplete: true);
}
