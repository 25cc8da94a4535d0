using System.Buffers;
using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Axi4;

/// <summary>How traces spell bursts, responses and numbers, in golden text and in JSON alike.</summary>
internal static class AxiTraceWords
{
    /// <summary>What hex digits are.</summary>
    public static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>AxBURST by value.</summary>
    public static readonly string[] Bursts = ["FIXED", "INCR", "WRAP", "RESERVED"];

    /// <summary>Responses by value.</summary>
    public static readonly string[] Responses = ["OKAY", "EXOKAY", "SLVERR", "DECERR"];

    /// <summary>Hex digits of a value of so many bits, one at least.</summary>
    public static int DigitsOf(int bits) => Math.Max(1, (bits + 3) / 4);

    /// <summary>W or R.</summary>
    public static string KindOf(bool isRead) => isRead ? "R" : "W";

    /// <summary>0x and as many digits as <paramref name="bits"/> bits have.</summary>
    public static string Hex(ulong value, int bits) => "0x" + value.ToString($"x{DigitsOf(bits)}", CultureInfo.InvariantCulture);

    /// <summary>One bit a lane.</summary>
    public static string Lanes(UInt128 lanes, AxiBusShape shape) => "0x" + lanes.ToString($"x{DigitsOf(shape.DataBytes)}", CultureInfo.InvariantCulture);

    /// <summary>The word of the bus, most significant digit first.</summary>
    public static string Data(IReadOnlyList<ulong> data, AxiBusShape shape)
    {
        StringBuilder text = new("0x", 2 + DigitsOf(shape.DataBits));
        for (int word = data.Count - 1; word >= 0; word--)
        {
            _ = text.Append(data[word].ToString($"x{DigitsOf(Math.Min(64, shape.DataBits))}", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Hex"/> writes.</summary>
    /// <exception cref="AxiTraceException">It is not written so, or has bits beyond <paramref name="bits"/>.</exception>
    public static ulong ParseHex(ReadOnlySpan<char> text, string place, int bits)
    {
        ulong value = (ulong)ParseDigits(text, place, bits);
        return AxiTraceFit.IsWider(value, bits) ? throw TooWide(text, place, bits) : value;
    }

    /// <summary>Reads what <see cref="Lanes"/> writes.</summary>
    /// <exception cref="AxiTraceException">It is not written so.</exception>
    public static UInt128 ParseLanes(ReadOnlySpan<char> text, string place, AxiBusShape shape)
    {
        UInt128 lanes = ParseDigits(text, place, shape.DataBytes);
        return shape.DataBytes < 128 && lanes >> shape.DataBytes != 0 ? throw TooWide(text, place, shape.DataBytes) : lanes;
    }

    /// <summary>Reads what <see cref="Data"/> writes.</summary>
    /// <exception cref="AxiTraceException">It is not written so.</exception>
    public static ulong[] ParseData(ReadOnlySpan<char> text, string place, AxiBusShape shape)
    {
        CheckDigits(text, place, shape.DataBits);
        ulong[] data = new ulong[shape.DataWords];
        for (int word = 0; word < data.Length; word++)
        {
            int end = text.Length - (word * 16);
            data[word] = ulong.Parse(text[Math.Max(2, end - 16)..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return data;
    }

    /// <summary>The value of a word among <paramref name="words"/>.</summary>
    /// <exception cref="AxiTraceException">It is none of them.</exception>
    public static int ParseWord(ReadOnlySpan<char> text, string place, string[] words)
    {
        for (int value = 0; value < words.Length; value++)
        {
            if (text.SequenceEqual(words[value]))
            {
                return value;
            }
        }

        throw new AxiTraceException(place, $"{AxiTraceException.Quote(text.ToString())} is unknown; the words are {string.Join(", ", words)}");
    }

    private static UInt128 ParseDigits(ReadOnlySpan<char> text, string place, int bits)
    {
        CheckDigits(text, place, bits);
        return UInt128.Parse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private static void CheckDigits(ReadOnlySpan<char> text, string place, int bits)
    {
        int digits = DigitsOf(bits);
        if (text.Length != digits + 2 || !text.StartsWith("0x", StringComparison.Ordinal) || text[2..].ContainsAnyExcept(LowerHex))
        {
            throw new AxiTraceException(place, $"{AxiTraceException.Quote(text.ToString())}; {bits} bits are 0x and {digits} lower-case hex digits");
        }
    }

    private static AxiTraceException TooWide(ReadOnlySpan<char> text, string place, int bits) =>
        new(place, $"{AxiTraceException.Quote(text.ToString())} has a one beyond its {bits} bits");
}
