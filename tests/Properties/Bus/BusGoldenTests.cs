using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;
using Spanker.Conformance.Tests.Properties.Device;
using Spanker.Conformance.Tests.Support;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Bus;

/// <summary>The traffic of calls and of single requests, as golden text: what the driver and the card do, without timing.</summary>
public sealed class BusGoldenTests
{
    private const int FullSize = 5;

    private static readonly Dictionary<string, SimCall> Calls = new()
    {
        ["one-block"] = Call(m: 1, blocks: 1, n: 1),
        ["two-by-three-of-two-blocks"] = Call(m: 2, blocks: 2, n: 3),

        // 28 blocks are 4032 bytes, 29 are 4176: A ends before its first page does, and behind it.
        ["a-in-one-page"] = Call(m: 28, blocks: 1, n: 1),
        ["a-in-two-pages"] = Call(m: 29, blocks: 1, n: 1),

        // 4096 bytes of OUT, and 4128.
        ["out-of-one-page"] = Call(m: 32, blocks: 1, n: 32),
        ["out-of-a-page-and-a-beat"] = Call(m: 43, blocks: 1, n: 24),
        ["no-rows"] = Call(m: 0, blocks: 1, n: 1),
        ["no-columns"] = Call(m: 1, blocks: 1, n: 0),
        ["k-of-255"] = new(new byte[144], new byte[144], 4, m: 1, k: 255, n: 1),
        ["a-too-short"] = new(new byte[143], new byte[144], 4, m: 1, k: 256, n: 1),
        ["b-too-long"] = new(new byte[144], new byte[145], 4, m: 1, k: 256, n: 1),
        ["out-too-short"] = new(new byte[144], new byte[144], 3, m: 1, k: 256, n: 1),
        ["size-beyond-64-bits"] = new([], [], 4, m: 1UL << 60, k: 1UL << 20, n: 1),
    };

    private static readonly Dictionary<string, AxiRequest[]> Requests = new()
    {
        ["incr-1"] = WriteAndRead(new(SailMap.WindowA, 1, FullSize, AxiBurstKind.Incr)),
        ["incr-2-unaligned"] = WriteAndRead(new(SailMap.WindowA + 4, 2, FullSize, AxiBurstKind.Incr)),
        ["incr-128"] = WriteAndRead(new(SailMap.WindowA, 128, FullSize, AxiBurstKind.Incr)),
        ["incr-to-the-end-of-a-page"] = WriteAndRead(new(SailMap.WindowB + 0xf80, 4, FullSize, AxiBurstKind.Incr)),
        ["fixed-1"] = WriteAndRead(new(SailMap.WindowA + 0x40, 1, FullSize, AxiBurstKind.Fixed)),
        ["fixed-16"] = WriteAndRead(new(SailMap.WindowA + 0x40, 16, FullSize, AxiBurstKind.Fixed)),
        ["strobes"] = [Write(new(SailMap.WindowA, 2, FullSize, AxiBurstKind.Incr)) with { Strobes = new UInt128[] { 0x8000_0001, 0 } }, Read(new(SailMap.WindowA, 2, FullSize, AxiBurstKind.Incr))],
        ["narrow-refused"] = WriteAndRead(new(SailMap.WindowA, 4, size: 2, AxiBurstKind.Incr)),
        ["wrap-refused"] = WriteAndRead(new(SailMap.WindowA + 0x20, 4, FullSize, AxiBurstKind.Wrap)),
        ["nothing-there"] = WriteAndRead(new(0x1000, 1, FullSize, AxiBurstKind.Incr)),
        ["status-is-read-only"] = WriteAndRead(new(SailMap.Status, 1, FullSize, AxiBurstKind.Incr)),
        ["every-attribute"] = [Write(new(SailMap.WindowA, 1, FullSize, AxiBurstKind.Incr)) with { Id = 15, Attributes = (7UL << AxiAttributes.ProtShift) | (15UL << AxiAttributes.QosShift) }],
        ["two-commands-in-a-row"] = [Write(new(SailMap.CommandFifo, 2, FullSize, AxiBurstKind.Fixed)), Write(new(SailMap.CommandFifo, 2, FullSize, AxiBurstKind.Fixed)), Read(new(SailMap.CommandFifo, 1, FullSize, AxiBurstKind.Incr))],
    };

    public static TheoryData<string> CallNames => [.. Calls.Keys];

    public static TheoryData<string> RequestNames => [.. Requests.Keys];

    [Theory]
    [MemberData(nameof(CallNames))]
    public Task Traffic_of_a_call(string name) => Verified(TraceOf(Calls[name], new SailBusOptions()), name, hasBeats: false);

    [Theory]
    [MemberData(nameof(RequestNames))]
    public Task Traffic_of_requests(string name)
    {
        using SimSail device = SimSource.Open(new SimOptions());
        AxiRecorder recorder = new(device.BusShape);
        AxiChecker checker = new(device.BusShape, AxiCheckOptions.Default, recorder);
        AxiMaster master = new(device.BusShape, new AxiMasterOptions());
        AxiBus bus = new(master, device.Card, [checker]);
        bus.Reset(cycles: 4);
        long before = -1;
        foreach (AxiRequest request in Requests[name])
        {
            before = master.Enqueue(request with { After = before });
        }

        for (int cycle = 0; cycle < 2000; cycle++)
        {
            bus.Step();
        }

        _ = checker.Finish();
        return Verified(AxiTrace.Of(device.BusShape, recorder.Transactions), name, hasBeats: true);
    }

    [Fact]
    public void A_driver_that_splits_otherwise_differs_from_the_golden_in_a_sentence()
    {
        AxiTrace golden = TraceOf(Calls["a-in-two-pages"], new SailBusOptions());
        AxiTrace changed = TraceOf(Calls["a-in-two-pages"], new SailBusOptions { Split = (address, bytes) => AxiDmaSplitter.Split(address, bytes, FullSize, maxBeats: 64) });

        AxiTraceDifference? difference = AxiTraceDiff.Compare(changed, AxiTraceText.Parse(AxiTraceText.Print(golden, hasBeats: false))).First;

        Assert.Equal(("write", 0), (difference?.Kind, difference?.Index));
        Assert.Equal("write 0: beats asked for: 64 where the golden has 128", difference?.Message);
    }

    private static AxiTrace TraceOf(SimCall call, SailBusOptions options)
    {
        using F32Sail device = new(new SimOptions(), SimSail.Describe(new SimOptions()), options);
        AxiRecorder recorder = new(device.BusShape);
        AxiChecker checker = new(device.BusShape, AxiCheckOptions.Default, recorder);
        device.Attach(checker);
        call.On(device);
        if (checker.Cycles > 0)
        {
            device.RunIdle(100);
        }

        _ = checker.Finish();

        // How often the status was read before the end is timing; that it was, and what it said last, is not.
        IReadOnlyList<AxiTransaction> all = recorder.Transactions;
        return AxiTrace.Of(device.BusShape, [.. all.Where((each, index) => each.Burst.Address != SailMap.Status || !all.Skip(index + 1).Any(later => later.Burst.Address == SailMap.Status))]);
    }

    private static Task Verified(AxiTrace trace, string name, bool hasBeats)
    {
        VerifySettings settings = new();
        settings.UseParameters(name);
        settings.UseDirectory(RepositoryRoot.File("golden/axi4/traffic"));
        return Verifier.Verify(AxiTraceText.Print(trace, hasBeats), "txt", settings);
    }

    private static SimCall Call(int m, int blocks, int n) => new(
        SimOperands.Blocks(1, m * blocks, 12, 4), SimOperands.Blocks(2, n * blocks, 12, 4), m * n * 4, (ulong)m, (ulong)blocks * 256, (ulong)n);

    private static AxiRequest[] WriteAndRead(AxiBurst burst) => [Write(burst), Read(burst)];

    // Words that say where they are.
    private static AxiRequest Write(AxiBurst burst) => new()
    {
        IsRead = false,
        Burst = burst,
        Data = Enumerable.Range(0, burst.Beats * 4).Select(word => 0xd000_0000_0000_0000UL + (ulong)word).ToArray(),
    };

    private static AxiRequest Read(AxiBurst burst) => new() { IsRead = true, Burst = burst };
}
