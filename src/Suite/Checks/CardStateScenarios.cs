using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Suite;

/// <summary>AXI-7: what a card says of itself, held against what went over its pins.</summary>
internal static class CardStateScenarios
{
    private const int WordsOfBeat = 4;

    /// <summary>Writes one after another, then asks for every word that was written and for the last transactions.</summary>
    public static void State(Trial trial)
    {
        IBusDevice device = (IBusDevice)trial.Device;
        CardBench bench = CardScenarios.Bench(trial);
        ExpectedMemory expected = new(device.BusShape);
        List<BusTransaction> sent = [];
        AxiTraffic traffic = new(device.BusShape, new AxiTrafficOptions { Seed = CardScenarios.Case(trial).Seed, Base = CardScenarios.Memory(trial), VariesAttributes = false });
        for (int i = 0; i < CardScenarios.Case(trial).Requests; i++)
        {
            // One at a time: then the order of the addresses is the order of the requests.
            AxiRequest request = traffic.Next() with { After = i - 1 };
            bench.Enqueue(request);
            if (!bench.TryRunTo(1))
            {
                bench.Judge(trial.Record);
                trial.Observe(CardScenarios.Unanswered(bench, i + 1));
                return;
            }

            sent.Add(new(request.IsRead, request.Burst.Address, request.Burst.Beats));
            expected.Store(request);
        }

        bench.Judge(trial.Record);
        trial.Observe(expected.Compare(device) ?? CompareLog(device, sent));
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
        AxiTraffic traffic = new(device.BusShape, new AxiTrafficOptions { Seed = CardScenarios.Case(trial).Seed, Base = CardScenarios.Memory(trial), VariesAttributes = false, SparseStrobes = 0 });
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
        if (CardScenarios.Unanswered(first, 2 * CardScenarios.Case(trial).Requests) is Deviation cut)
        {
            trial.Observe(cut);
            return;
        }

        AxiTrace trace = AxiTraceJson.Parse(AxiTraceJson.Print(AxiTrace.Of(device.BusShape, recorder.Transactions)));
        CardBench second = new(device, pace, CardScenarios.Case(trial).Seed, trial.Probes);
        trial.Observe(TraceReplay.Replay(second, trace));
        trial.Reach("replayed from JSON");
    }

    private static Deviation? CompareLog(IBusDevice device, List<BusTransaction> sent)
    {
        int count = Math.Min(sent.Count, 16);
        string expected = Text(sent.Skip(sent.Count - count));
        string actual = Text(device.LastTransactions(count));
        return expected == actual ? null : new Deviation($"asked for its last {count} transactions, it says {actual}; sent were {expected}", expected, actual);

        static string Text(IEnumerable<BusTransaction> transactions) => !transactions.Any() ? "none" : string.Join(
            ", ", transactions.Select(each => string.Create(CultureInfo.InvariantCulture, $"{(each.IsRead ? "read" : "write")} 0x{each.Address:x} {each.Beats}")));
    }
}
