using System.Text;
using Spanker.Conformance.Vcd;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>Dumps written by hand, and what a reader makes of them as digits that can be compared with digits.</summary>
internal static class VcdText
{
    /// <summary>A header with the declarations of one scope <c>t</c>: <c>clk 1 !</c> stands for a variable of one bit with the code !.</summary>
    public static string Header(params string[] declarations)
    {
        StringBuilder text = new("$timescale 1ns $end\n$scope module t $end\n");
        foreach (string declaration in declarations)
        {
            string[] words = declaration.Split(' ');
            _ = text.Append($"$var wire {words[1]} {words[2]} {words[0]} $end\n");
        }

        return text.Append("$upscope $end\n$enddefinitions $end\n").ToString();
    }

    public static Stream Stream(string text) => new MemoryStream(Encoding.Latin1.GetBytes(text), writable: false);

    public static VcdReader Reader(string text) => new(Stream(text));

    public static VcdException Refused(string text) => Xunit.Assert.Throws<VcdException>(() => ReadAll(text));

    /// <summary>Reads everything, tracking all variables of bits, and returns one line a timestamp: the time and the digits of each signal.</summary>
    public static string[] ReadAll(string text) => ReadAll(Stream(text), out _);

    public static string[] ReadAll(Stream stream, out VcdReader reader)
    {
        reader = new VcdReader(stream);
        int[] signals = [.. reader.Header.Variables.Where(variable => variable.Kind == VcdVariableKind.Bits).Select(reader.Track)];
        List<string> lines = [];
        while (reader.ReadTimestamp())
        {
            VcdReader r = reader;
            lines.Add($"{r.Time}: {string.Join(' ', signals.Select(signal => Digits(r.Value(signal), r.Unknown(signal), r.WidthBits(signal))))}");
        }

        return [.. lines];
    }

    /// <summary>Reads everything, tracking all variables of bits, and looks at nothing.</summary>
    public static void ReadOnly(Stream stream)
    {
        VcdReader reader = new(stream);
        foreach (VcdVariable variable in reader.Header.Variables.Where(variable => variable.Kind == VcdVariableKind.Bits))
        {
            _ = reader.Track(variable);
        }

        while (reader.ReadTimestamp())
        {
        }
    }

    /// <summary>All digits, most significant first.</summary>
    public static string Digits(ReadOnlySpan<ulong> value, ReadOnlySpan<ulong> unknown, int widthBits)
    {
        Xunit.Assert.True(value.Length == (widthBits + 63) / 64 && value.Length == unknown.Length, "as many words as the width needs");
        char[] digits = new char[widthBits];
        for (int bit = 0; bit < widthBits; bit++)
        {
            bool isOne = (value[bit / 64] >> (bit % 64) & 1) == 1;
            bool isUnknown = (unknown[bit / 64] >> (bit % 64) & 1) == 1;
            digits[widthBits - 1 - bit] = isUnknown ? (isOne ? 'z' : 'x') : (isOne ? '1' : '0');
        }

        return new string(digits);
    }

    /// <summary>The bits above the width in the last words; a reader keeps them 0.</summary>
    public static bool HasStrayBits(ReadOnlySpan<ulong> words, int widthBits) => widthBits % 64 != 0 && words[^1] >> (widthBits % 64) != 0;
}
