using System.Text;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>Small dumps for discovery: one-bit signals by path, and what each is at every tick.</summary>
internal sealed class DumpBuilder
{
    private readonly List<(string Path, int WidthBits, Func<int, int> Level)> signals = [];
    private readonly List<(string Path, string Of)> aliases = [];

    public DumpBuilder Signal(string path, Func<int, int> level, int widthBits = 1)
    {
        signals.Add((path, widthBits, level));
        return this;
    }

    /// <summary>0 for five ticks, then 1 for five: rises at 5, 15, 25 ..</summary>
    public DumpBuilder Clock(string path, int half = 5) => Signal(path, tick => tick / half % 2);

    /// <summary>Pins that change pseudo-randomly at ticks 5, 15, 25 .., plus a delay, and stay 0 up to tick <paramref name="from"/>.</summary>
    public DumpBuilder Data(int from, int delay, params string[] paths)
    {
        for (int i = 0; i < paths.Length; i++)
        {
            int salt = i + 3;
            _ = Signal(paths[i], tick => tick < from ? 0 : ((tick - delay + 5) / 10 * 2654435761L * salt >> 7 & 1) == 1 ? 1 : 0);
        }

        return this;
    }

    public DumpBuilder Alias(string path, string of)
    {
        aliases.Add((path, of));
        return this;
    }

    public string Text(int ticks = 400)
    {
        using MemoryStream stream = new();
        using (VcdWriter writer = new(stream, new VcdTimescale(1_000_000)))
        {
            int[] numbers = [.. signals.Select(signal => writer.Declare(Scope(signal.Path), Name(signal.Path), signal.WidthBits))];
            foreach ((string path, string of) in aliases)
            {
                writer.Alias(numbers[signals.FindIndex(signal => signal.Path == of)], Scope(path), Name(path));
            }

            int[] levels = [.. signals.Select(_ => -1)];
            for (int tick = 0; tick < ticks; tick++)
            {
                bool hasTime = false;
                for (int i = 0; i < numbers.Length; i++)
                {
                    int level = signals[i].Level(tick);
                    if (level != levels[i])
                    {
                        if (!hasTime)
                        {
                            writer.SetTime((ulong)tick);
                            hasTime = true;
                        }

                        writer.Change(numbers[i], (ulong)level);
                        levels[i] = level;
                    }
                }
            }
        }

        return Encoding.Latin1.GetString(stream.ToArray());
    }

    public IReadOnlyList<VcdInterface> Discover(string? map = null)
    {
        string text = Text();
        return VcdDiscovery.Discover(() => VcdText.Stream(text), map is null ? null : VcdMap.Parse(map));
    }

    private static string Scope(string path) => path.Contains('.', StringComparison.Ordinal) ? path[..path.LastIndexOf('.')] : "";

    private static string Name(string path) => path[(path.LastIndexOf('.') + 1)..];
}
