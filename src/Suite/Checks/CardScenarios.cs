using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Suite;

/// <summary>What the suite's master does at a card's pins, in memory of the card's. The rules are judged by the watch; what they do not say is judged here.</summary>
internal static class CardScenarios
{
    private const int FullSize = 5;
    private const int WordsOfBeat = 4;

    // As many requests wait at the master as it may have outstanding, so that there is always a next one.
    private const int Waiting = 4;

    /// <summary>AXI-1.</summary>
    public static void Shape(Trial trial)
    {
        AxiBusShape actual = ((IBusDevice)trial.Device).BusShape;
        AxiBusShape demanded = AxiBusShape.ProfileA;
        trial.Reach("widths");
        trial.Observe(Text(actual) == Text(demanded) ? null : new Deviation($"the bus has {Text(actual)}; expected {Text(demanded)}", Text(demanded), Text(actual)));

        static string Text(AxiBusShape shape) => string.Create(
            CultureInfo.InvariantCulture, $"data {shape.DataBits} bits, address {shape.AddressBits}, id {shape.IdBits}, strobe {(shape.Signals.Has(AxiSignal.WStrb) ? shape.DataBytes : 0)}");
    }

    /// <summary>Random traffic that keeps generation A.</summary>
    public static void Traffic(Trial trial) => _ = Run(trial, BusPace.All[Case(trial).Pace], ids: null);

    /// <summary>Random traffic of two ids, more of it offered than may be outstanding.</summary>
    public static void Offers(Trial trial, string offered, string independent)
    {
        // Data that comes late holds writes open for long enough that reads could end meanwhile.
        AxiBusShape shape = ((IBusDevice)trial.Device).BusShape;
        AxiRecorder recorder = new(shape);
        AxiChecker recording = new(shape, AxiCheckOptions.Default, recorder);
        if (Run(trial, BusPace.All[Case(trial).Pace] with { MaxOutstanding = Waiting, MaxDataLagCycles = 64 }, ids: 2, recording))
        {
            trial.Reach(offered);
        }

        _ = recording.Finish();
        List<AxiTransaction> writes = [.. recorder.Transactions.Where(each => !each.IsRead)];
        if (recorder.Transactions.Any(read => read.IsRead && writes.Exists(write => write.AddressCycle < read.AddressCycle && read.LastCycle < write.LastCycle)))
        {
            trial.Reach(independent);
        }
    }

    /// <summary>Every length of INCR, each ending with its page, and of FIXED.</summary>
    public static void Lengths(Trial trial)
    {
        CardBench bench = Bench(trial);
        List<AxiRequest> requests = [];
        foreach (AxiBurst burst in Bursts(trial))
        {
            AddWriteAndRead(requests, burst, attributes: 0);
        }

        requests = [.. requests.Take(Case(trial).Requests)];
        Deviation? wrong = DoAll(bench, requests);
        bench.Judge(trial.Record);
        trial.Observe(wrong);
        foreach (AxiRequest request in wrong is null ? requests : [])
        {
            trial.Reach(LengthEdge(request.Burst.Kind, request.Burst.Beats));
        }
    }

    /// <summary>The edge that a burst of a length meets.</summary>
    public static string LengthEdge(AxiBurstKind kind, int beats) => string.Create(CultureInfo.InvariantCulture, $"{kind.ToString().ToUpperInvariant()} of {beats}");

    /// <summary>Narrow beats between full ones: each is refused, and nothing changes.</summary>
    public static void Narrow(Trial trial, string edge)
    {
        CardBench bench = Bench(trial);
        AxiTraffic traffic = Source(trial);
        ExpectedMemory expected = new(((IBusDevice)trial.Device).BusShape);
        for (int i = 0; i < Case(trial).Requests; i++)
        {
            AxiRequest request = traffic.Next();
            if (i % 2 == 1)
            {
                AxiBurst full = request.Burst;
                request = request with { Burst = new(full.Address, full.Beats, size: i / 2 % FullSize, full.Kind), Strobes = default };
            }
            else
            {
                expected.Store(request);
            }

            bench.Enqueue(request);
            if (!bench.TryRunTo(Waiting))
            {
                break;
            }
        }

        bench.TryRunTo(1);
        AxiVerdict verdict = bench.Judge(trial.Record);
        trial.Observe(Unanswered(bench, Case(trial).Requests));
        trial.Record.Observe("AXI-3", expected.Compare((IBusDevice)trial.Device));
        if (verdict.Of(AxiRules.NarrowRefused).Armed > 0)
        {
            trial.Reach(edge);
        }
    }

    /// <summary>Every AxPROT with every AxQOS: nothing depends on them.</summary>
    public static void Attributes(Trial trial, string edge)
    {
        CardBench bench = Bench(trial);
        List<AxiRequest> requests = [];
        for (uint attributes = 0; attributes < 8 * 16; attributes++)
        {
            ulong packed = ((ulong)(attributes % 8) << AxiAttributes.ProtShift) | ((ulong)(attributes / 8) << AxiAttributes.QosShift);
            AddWriteAndRead(requests, new(Memory(trial) + (attributes * 64), beats: 2, FullSize, AxiBurstKind.Incr), packed);
        }

        bool isWhole = requests.Count <= Case(trial).Requests;
        Deviation? wrong = OddPins(((IBusDevice)trial.Device).BusShape) ?? DoAll(bench, [.. requests.Take(Case(trial).Requests)]);
        bench.Judge(trial.Record);
        trial.Observe(wrong);
        if (isWhole && wrong is null)
        {
            trial.Reach(edge);
        }
    }

    /// <summary>Resets while requests are under way.</summary>
    public static void Resets(Trial trial)
    {
        CardBench bench = Bench(trial);
        AxiTraffic traffic = Source(trial);
        for (int i = 0; i < Case(trial).Requests; i++)
        {
            bench.Enqueue(traffic.Next());
            if (i % Waiting == Waiting - 1)
            {
                bench.Run(8 + (5 * i % 32));
                bench.Reset();
            }
        }

        bench.TryRunTo(1);
        bench.Judge(trial.Record);
    }

    /// <summary>The case that a trial is about.</summary>
    public static BusCase Case(Trial trial) => (BusCase)trial.Case;

    /// <summary>A master at the card of a trial.</summary>
    public static CardBench Bench(Trial trial, AxiMasterOptions? pace = null, IAxiProbe? probe = null) =>
        new((IBusDevice)trial.Device, pace ?? BusPace.All[Case(trial).Pace], Case(trial).Seed, probe is null ? trial.Probes : [.. trial.Probes, probe]);

    /// <summary>How a request that should be answered OKAY was answered otherwise, or null.</summary>
    public static Deviation? Refused(AxiRequest request, AxiCompletion done)
    {
        AxiBurst burst = request.Burst;
        string what = string.Create(
            CultureInfo.InvariantCulture, $"{(request.IsRead ? "read" : "write")} at 0x{burst.Address:x}, {burst.Kind.ToString().ToUpperInvariant()} of {burst.Beats}, attributes 0x{request.Attributes:x}");
        return done.IsAborted || (done.Response == AxiResponse.Okay && (!request.IsRead || done.Beats == burst.Beats))
            ? null
            : new Deviation(
                string.Create(CultureInfo.InvariantCulture, $"{what}: answered {done.Response.ToString().ToUpperInvariant()} with {done.Beats} beats"),
                "OKAY, all beats",
                done.Response.ToString().ToUpperInvariant());
    }

    /// <summary>The first address of the memory that a master may use.</summary>
    public static ulong Memory(Trial trial) => ((IBusDevice)trial.Device).Memory.First;

    // Words that are nowhere twice, and a read that waits for its write: then the shadow memory judges every beat.
    private static void AddWriteAndRead(List<AxiRequest> requests, AxiBurst burst, ulong attributes)
    {
        ulong place = (ulong)requests.Count << 32;
        ulong[] data = [.. Enumerable.Range(1, burst.Beats * WordsOfBeat).Select(word => place + (ulong)word)];
        requests.Add(new() { IsRead = false, Burst = burst, Data = data, Attributes = attributes, After = requests.Count - 1 });
        requests.Add(new() { IsRead = true, Burst = burst, Attributes = attributes, After = requests.Count - 1 });
    }

    private static Deviation? OddPins(AxiBusShape shape)
    {
        AxiSignalSet carried = AxiSignalSet.Of(AxiSignal.AwProt, AxiSignal.AwQos, AxiSignal.ArProt, AxiSignal.ArQos);
        AxiSignalSet absent = AxiSignalSet.Of(AxiSignal.AwUser, AxiSignal.ArUser, AxiSignal.AwRegion, AxiSignal.ArRegion);
        return shape.Signals.HasAll(carried) && (shape.Signals.Bits & absent.Bits) == 0 ? null
            : new Deviation("the bus lacks AxPROT or AxQOS, or has AxUSER or AxREGION", "AxPROT and AxQOS, no AxUSER, no AxREGION", "other pins");
    }

    private static IEnumerable<AxiBurst> Bursts(Trial trial)
    {
        const int PageBeats = AxiBurst.PageBytes / 32;
        for (int beats = 1; beats <= PageBeats; beats++)
        {
            yield return new(Memory(trial) + (ulong)((PageBeats - beats) * 32), beats, FullSize, AxiBurstKind.Incr);
        }

        for (int beats = 1; beats <= 16; beats++)
        {
            yield return new(Memory(trial) + (ulong)(beats * 32), beats, FullSize, AxiBurstKind.Fixed);
        }
    }

    private static bool Run(Trial trial, AxiMasterOptions pace, ulong? ids, IAxiProbe? probe = null)
    {
        CardBench bench = Bench(trial, pace, probe);
        AxiTraffic traffic = Source(trial);
        List<AxiRequest> requests = [.. Enumerable.Range(0, Case(trial).Requests).Select(_ => traffic.Next()).Select(request => ids is ulong few ? request with { Id = request.Id % few } : request)];
        Deviation? wrong = DoAll(bench, requests);
        bench.Judge(trial.Record);
        trial.Observe(wrong);
        return wrong is null;
    }

    // A request that is not answered is not followed by others.
    private static Deviation? DoAll(CardBench bench, List<AxiRequest> requests)
    {
        foreach (AxiRequest request in requests)
        {
            bench.Enqueue(request);
            if (!bench.TryRunTo(Waiting))
            {
                break;
            }
        }

        bench.TryRunTo(1);
        return bench.Completions.OrderBy(done => done.Ticket).Select(done => Refused(requests[(int)done.Ticket], done)).FirstOrDefault(each => each is not null)
            ?? Unanswered(bench, requests.Count);
    }

    /// <summary>That requests were left without an answer, or null.</summary>
    public static Deviation? Unanswered(CardBench bench, int requests)
    {
        int answered = bench.Completions.Count;
        return answered == requests ? null : new Deviation(
            string.Create(CultureInfo.InvariantCulture, $"{answered} of {requests} requests were answered; one was waited for {CardBench.RequestCycles} clocks"),
            string.Create(CultureInfo.InvariantCulture, $"{requests} answers"),
            string.Create(CultureInfo.InvariantCulture, $"{answered} answers"));
    }

    private static AxiTraffic Source(Trial trial) =>
        new(((IBusDevice)trial.Device).BusShape, new AxiTrafficOptions { Seed = Case(trial).Seed, Base = Memory(trial), VariesAttributes = false, MaxGapCycles = 3 });
}
