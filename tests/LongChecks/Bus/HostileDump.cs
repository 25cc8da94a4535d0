using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Support;
using Spanker.Conformance.Tests.Vcd;

namespace Spanker.Conformance.Tests.LongChecks.Bus;

/// <summary>A dump of a bus that was damaged on purpose, a function of seed and index.</summary>
internal static partial class HostileDump
{
    private static readonly string[] Widths =
        ["0", "1", "2", "3", "63", "64", "65", "255", "257", "512", "1023", "1025", "2048", "1048576", "1048577", "2147483647", "2147483648", "99999999999999999999", "-1", "x"];

    private static readonly int[] Depths = [2, 200, 255, 256, 257, 5000];

    private static readonly string[] Resets = ["rst", "reset", "areset", "nothing"];

    private static readonly string[] Words =
    [
        "$scope module s $end", "$upscope $end", "$enddefinitions $end", "$dumpoff", "$dumpon", "$dumpvars", "$end", "$comment", "#0", "#18446744073709551615", "#18446744073709551616",
        "b", "bx \"", "bz #", "r1.5 !", "x!", "z!", "0!", "1!", "1\"", "\0", "\u00ff", "$var wire 1 ! awvalid $end", "$var wire 1 \" s_axi_awvalid $end", "$timescale 100 s $end",
    ];

    /// <summary>The dump.</summary>
    public static byte[] Make(ulong seed, ulong index)
    {
        SplitMix64 random = new(seed, index);
        string text = Seedling(random);
        for (int wounds = random.Below(3); wounds > 0; wounds--)
        {
            text = Wound(text, random);
        }

        List<byte> bytes = [.. Encoding.Latin1.GetBytes(text)];
        if (random.OneIn(2))
        {
            Wounds.Make(bytes, Words, random);
        }

        return [.. bytes];
    }

    private static string Seedling(SplitMix64 random)
    {
        AxiBusShape shape = random.OneIn(2) ? AxiBusShape.ProfileA : new(8 << random.Below(8), 1 + random.Below(64), random.Below(65));
        ulong left = random.OneIn(3) ? random.Next() | random.Next() : ulong.MaxValue;
        shape = shape with { Signals = new AxiSignalSet(shape.Signals.Bits & left), IsFourState = !random.OneIn(4) };
        using MemoryStream stream = new();
        using (AxiVcdRecorder recorder = new(stream, shape, random.OneIn(2) ? "tb.dut" : "top"))
        {
            RandomPins pins = new(shape, random);
            for (int cycles = 6 + random.Below(200); cycles > 0; cycles--)
            {
                if (random.OneIn(150))
                {
                    recorder.Gap();
                }

                recorder.Push(pins.Next());
            }
        }

        return Encoding.Latin1.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static string Wound(string text, SplitMix64 random)
    {
        switch (random.Below(12))
        {
            case 0:
                // A variable of another width.
                return Replace(VarWidth(), text, random, match => match.Groups[1].Value + Widths[random.Below(Widths.Length)] + " ");
            case 1:
                // A variable that shares the net of another, or has none.
                return Replace(VarCode(), text, random, match => match.Groups[1].Value + (char)('!' + random.Below(50)) + " ");
            case 2:
                // No clock: its changes are gone, or it stands still.
                return text.Replace("\n1!\n", random.OneIn(2) ? "\n" : "\n0!\n", StringComparison.Ordinal);
            case 3:
                return string.Concat(Enumerable.Repeat("$scope module d $end\n", Depths[random.Below(Depths.Length)])) + text;
            case 4:
                // The declarations twice: every name is a tie.
                int end = Math.Max(0, text.IndexOf("$enddefinitions", StringComparison.Ordinal));
                return text[..end] + text;
            case 5:
                return Replace(Time(), text, random, _ => "#" + (random.OneIn(2) ? random.Next() : (ulong)random.Below(100)).ToString(CultureInfo.InvariantCulture) + "\n");
            case 6:
                return Replace(Vector(), text, random, match => "b" + new string("01xz"[random.Below(4)], 1 + random.Below(random.OneIn(4) ? 5000 : 80)) + " " + match.Groups[1].Value + "\n");
            case 7:
                return Replace(Scalar(), text, random, match => "xz01"[random.Below(4)] + match.Groups[1].Value + "\n");
            case 8:
                return text.Replace("aresetn", Resets[random.Below(Resets.Length)], StringComparison.Ordinal);
            case 9:
                return text.Replace(random.OneIn(2) ? "awvalid" : "rvalid", random.OneIn(2) ? "arvalid" : "bvalid", StringComparison.Ordinal);
            case 10:
                return text[..random.Below(text.Length + 1)];
            default:
                // A name that would drive a terminal.
                return text.Replace("aclk", "a\u001b[2Jclk\u009b", StringComparison.Ordinal);
        }
    }

    /// <summary>Replaces one of the matches.</summary>
    private static string Replace(Regex pattern, string text, SplitMix64 random, Func<Match, string> change)
    {
        int count = pattern.Count(text);
        if (count == 0)
        {
            return text;
        }

        int chosen = random.Below(count);
        int seen = 0;
        return pattern.Replace(text, match => seen++ == chosen ? change(match) : match.Value);
    }

    [GeneratedRegex(@"(\$var \w+ )\S+ ")]
    private static partial Regex VarWidth();

    [GeneratedRegex(@"(\$var \w+ \S+ )\S+ ")]
    private static partial Regex VarCode();

    [GeneratedRegex(@"#\d+\n")]
    private static partial Regex Time();

    [GeneratedRegex(@"b[01xz]+ (\S+)\n")]
    private static partial Regex Vector();

    [GeneratedRegex(@"\n[01xz](\S+)\n")]
    private static partial Regex Scalar();
}
