using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Suite;

/// <summary>AXI-7: what a card says of itself, held against what went over its pins.</summary>
internal static class CardStateScenarios
{
    private const int WordsOfBeat = 4;
    private const ulong BeatBytes = 32;

    /// <summary>Writes one after another, then asks for every word that was written and for the last transactions.</summary>
    public static void State(Trial trial)
    {
        IBusDevice device = (IBusDevice)trial.Device;
        CardBench bench = CardScenarios.Bench(trial);
        Dictionary<ulong, ulong[]> expected = [];
        List<BusTransaction> sent = [];
        AxiTraffic traffic = new(device.BusShape, new AxiTrafficOptions { Seed = CardScenarios.Case(trial).Seed, Base = SailMap.WindowA, VariesAttributes = false });
        for (int i = 0; i < CardScenarios.Case(trial).Requests; i++)
        {
            // One at a time: then the order of the addresses is the order of the requests.
            AxiRequest request = traffic.Next() with { After = i - 1 };
            bench.Enqueue(request);
            if (!bench.TryRunTo(1))
            {
                bench.Judge(trial.Record);
                trial.Record.SayNothing("the card does not answer");
                return;
            }

            sent.Add(new(request.IsRead, request.Burst.Address, request.Burst.Beats));
            Store(request, device.BusShape, expected);
        }

        bench.Judge(trial.Record);
        trial.Observe(CompareMemory(device, expected) ?? CompareLog(device, sent));
        trial.Reach("memory state");
        trial.Reach("last transactions");
    }

    /// <summary>Records traffic whose reads read what was written in it, prints it as JSON, and does again what the JSON says.</summary>
    public static void Replay(Trial trial)
    {
        IBusDevice device = (IBusDevice)trial.Device;
        AxiRecorder recorder = new(device.BusShape);
        AxiChecker recording = new(device.BusShape, AxiCheckOptions.GenerationA, recorder);
        AxiMasterOptions pace = BusPace.All[CardScenarios.Case(trial).Pace] with { MaxOutstanding = 1 };
        CardBench first = new(device, pace, CardScenarios.Case(trial).Seed, [recording, .. trial.Probes]);
        AxiTraffic traffic = new(device.BusShape, new AxiTrafficOptions { Seed = CardScenarios.Case(trial).Seed, Base = SailMap.WindowA, VariesAttributes = false, SparseStrobes = 0 });
        for (int i = 0; i < CardScenarios.Case(trial).Requests; i++)
        {
            // A write, and the same place read: a card whose memory is not what it was at the first time gives the same answers.
            AxiRequest request = traffic.Next();
            ulong[] data = [.. Enumerable.Range(0, request.Burst.Beats * WordsOfBeat).Select(word => ((ulong)i << 32) + (ulong)word)];
            long written = first.Enqueue(request with { IsRead = false, Data = data, Strobes = default, Destination = default });
            first.Enqueue(request with { IsRead = true, Data = default, Strobes = default, Destination = default, After = written });
            if (!first.TryRunTo(1))
            {
                break;
            }
        }

        first.Judge(trial.Record);
        recording.Finish();
        AxiTrace trace = AxiTraceJson.Parse(AxiTraceJson.Print(AxiTrace.Of(device.BusShape, recorder.Transactions)));
        CardBench second = new(device, pace, CardScenarios.Case(trial).Seed, trial.Probes);
        trial.Observe(TraceReplay.Replay(second, trace));
        trial.Reach("replayed from JSON");
    }

    // Byte by byte, from the beats' addresses alone.
    private static void Store(AxiRequest request, AxiBusShape shape, Dictionary<ulong, ulong[]> memory)
    {
        for (int beat = 0; !request.IsRead && beat < request.Burst.Beats; beat++)
        {
            ulong word = request.Burst.AddressOf(beat) / BeatBytes * BeatBytes;
            if (!memory.TryGetValue(word, out ulong[]? bytes))
            {
                memory.Add(word, bytes = new ulong[WordsOfBeat]);
            }

            UInt128 strobe = request.Strobes.IsEmpty ? request.Burst.LanesOf(beat, shape.DataBytes).Strobe : request.Strobes.Span[beat];
            for (int lane = 0; lane < (int)BeatBytes; lane++)
            {
                if (((strobe >> lane) & 1) != 0)
                {
                    ulong mask = 0xffUL << (8 * (lane % 8));
                    ref ulong held = ref bytes[lane / 8];
                    held = (held & ~mask) | (request.Data.Span[(beat * WordsOfBeat) + (lane / 8)] & mask);
                }
            }
        }
    }

    private static Deviation? CompareMemory(IBusDevice device, Dictionary<ulong, ulong[]> expected)
    {
        ulong[] actual = new ulong[WordsOfBeat];
        foreach ((ulong address, ulong[] words) in expected.OrderBy(pair => pair.Key))
        {
            device.ReadState(address, actual);
            if (!words.AsSpan().SequenceEqual(actual))
            {
                return new Deviation(string.Create(CultureInfo.InvariantCulture, $"asked for its memory at 0x{address:x}, it says {Hex(actual)}; written was {Hex(words)}"), Hex(words), Hex(actual));
            }
        }

        return null;
    }

    private static Deviation? CompareLog(IBusDevice device, List<BusTransaction> sent)
    {
        int count = Math.Min(sent.Count, 16);
        string expected = Text(sent.Skip(sent.Count - count));
        string actual = Text(device.LastTransactions(count));
        return expected == actual ? null : new Deviation($"asked for its last {count} transactions, it says {actual}; sent were {expected}", expected, actual);

        static string Text(IEnumerable<BusTransaction> transactions) => string.Join(
            ", ", transactions.Select(each => string.Create(CultureInfo.InvariantCulture, $"{(each.IsRead ? "read" : "write")} 0x{each.Address:x} {each.Beats}")));
    }

    private static string Hex(ReadOnlySpan<ulong> words)
    {
        System.Text.StringBuilder text = new("0x");
        for (int i = words.Length - 1; i >= 0; i--)
        {
            text.Append(CultureInfo.InvariantCulture, $"{words[i]:x16}");
        }

        return text.ToString();
    }
}
