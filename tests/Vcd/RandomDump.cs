using System.Text;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>A dump drawn from a seed as strings of digits, its text in one of the many spellings that mean the same, and what the standard says its values are.</summary>
internal sealed class RandomDump
{
    private static readonly int[] Widths = [1, 2, 7, 8, 31, 32, 33, 63, 64, 65, 127, 128, 130];

    private readonly List<(ulong Time, List<(int Signal, string Digits)> Changes)> timestamps = [];

    public RandomDump(ulong seed)
    {
        SplitMix64 random = new(seed, 1);
        int count = 2 + random.Below(6);
        SignalWidths = [.. Enumerable.Range(0, count).Select(i => i == 0 ? 1 : Widths[random.Below(Widths.Length)])];
        Codes = [.. Enumerable.Range(0, count).Select(i => Code(random, i))];
        ulong time = (ulong)random.Below(3);
        for (int i = 1 + random.Below(24); i > 0; i--)
        {
            timestamps.Add((time, Changes(random)));
            time += 1 + (ulong)random.Below(1000);
        }
    }

    /// <summary>Signal 0 is one bit that changes often, to serve as a clock.</summary>
    public int[] SignalWidths { get; }

    public string[] Codes { get; }

    public IReadOnlyList<(ulong Time, List<(int Signal, string Digits)> Changes)> Timestamps => timestamps;

    /// <summary>One line a timestamp, as <see cref="VcdText.ReadAll(string)"/> gives them: the last change of a signal in a timestamp counts.</summary>
    public string[] ExpectedStates() => [.. States().Select(state => $"{state.Time}: {string.Join(' ', state.Digits)}")];

    /// <summary>For each timestamp at whose end the clock is 1 and before which it was 0: its time and the digits before it.</summary>
    public string[] ExpectedSamples()
    {
        List<string> samples = [];
        List<(ulong Time, string[] Digits)> states = States();
        for (int i = 1; i < states.Count; i++)
        {
            if (states[i - 1].Digits[0] == "0" && states[i].Digits[0] == "1")
            {
                samples.Add($"{states[i].Time}: {string.Join(' ', states[i - 1].Digits)}");
            }
        }

        return [.. samples];
    }

    /// <summary>The dump as text. A spelling draws the white space, the digits left out on the left, the case of x and z, and the order of different signals within a timestamp.</summary>
    public string Text(ulong spelling)
    {
        SplitMix64 random = new(spelling, 2);
        StringBuilder text = new();
        _ = text.Append(VcdText.Header([.. SignalWidths.Select((width, i) => $"s{i} {width} {Codes[i]}")]));
        foreach ((ulong time, List<(int Signal, string Digits)> changes) in timestamps)
        {
            _ = text.Append('#').Append(time).Append(Blank(random));
            foreach ((int signal, string digits) in Shuffled(random, changes))
            {
                _ = text.Append(Spell(random, signal, digits)).Append(Blank(random));
            }
        }

        return text.Append('\n').ToString();
    }

    private static string Code(SplitMix64 random, int signal)
    {
        // Lengths on both sides of what each way of looking codes up is for; the first character tells the signals apart.
        int length = new[] { 1, 1, 2, 3, 4, 7, 8, 9, 20 }[random.Below(9)];
        StringBuilder code = new();
        _ = code.Append("!\"#b01xr"[signal]);
        while (code.Length < length)
        {
            _ = code.Append((char)('!' + random.Below(94)));
        }

        return code.ToString();
    }

    private static string Blank(SplitMix64 random) => random.OneIn(8) ? new[] { " ", "\r\n", "\t", "\n\n  " }[random.Below(4)] : "\n";

    /// <summary>Any order in which the changes of one signal keep theirs.</summary>
    private static List<(int Signal, string Digits)> Shuffled(SplitMix64 random, List<(int Signal, string Digits)> changes)
    {
        Dictionary<int, Queue<string>> queues = changes.GroupBy(change => change.Signal).ToDictionary(group => group.Key, group => new Queue<string>(group.Select(change => change.Digits)));
        List<int> order = [.. changes.Select(change => change.Signal)];
        for (int i = order.Count - 1; i > 0; i--)
        {
            int j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return [.. order.Select(signal => (signal, queues[signal].Dequeue()))];
    }

    private string Spell(SplitMix64 random, int signal, string digits)
    {
        string shown = digits;
        while (shown.Length > 1 && !random.OneIn(6) && (shown[0] == shown[1] ? shown[0] != '1' : shown[0] == '0' && shown[1] == '1'))
        {
            shown = shown[1..];
        }

        shown = random.OneIn(4) ? shown.ToUpperInvariant() : shown;
        bool isScalar = shown.Length == 1 && (digits.Length == 1 ? !random.OneIn(4) : random.OneIn(4));
        return isScalar ? $"{shown}{Codes[signal]}" : $"{(random.OneIn(4) ? 'B' : 'b')}{shown} {Codes[signal]}";
    }

    private List<(int Signal, string Digits)> Changes(SplitMix64 random)
    {
        List<(int Signal, string Digits)> changes = [];
        for (int signal = 0; signal < SignalWidths.Length; signal++)
        {
            // Sometimes twice in one timestamp: a glitch, of which only the end counts.
            for (int times = random.OneIn(6) ? 2 : random.Below(2) + (signal == 0 ? 1 : 0); times > 0; times--)
            {
                changes.Add((signal, Draw(random, SignalWidths[signal], signal == 0)));
            }
        }

        return changes;
    }

    private static string Draw(SplitMix64 random, int width, bool isClock)
    {
        string alphabet = isClock ? (random.OneIn(10) ? "xz" : "01") : new[] { "01", "01", "0", "x", "z", "01xz", "0001", "xxx1" }[random.Below(8)];
        return string.Create(width, (random, alphabet), static (digits, draw) =>
        {
            for (int i = 0; i < digits.Length; i++)
            {
                digits[i] = draw.alphabet[draw.random.Below(draw.alphabet.Length)];
            }
        });
    }

    private List<(ulong Time, string[] Digits)> States()
    {
        string[] state = [.. SignalWidths.Select(width => new string('x', width))];
        List<(ulong Time, string[] Digits)> states = [];
        foreach ((ulong time, List<(int Signal, string Digits)> changes) in timestamps)
        {
            state = [.. state];
            foreach ((int signal, string digits) in changes)
            {
                state[signal] = digits;
            }

            states.Add((time, state));
        }

        return states;
    }
}
