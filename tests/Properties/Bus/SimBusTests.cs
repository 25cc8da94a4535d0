using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Properties.Device;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Bus;

/// <summary>The simulated Sail as a card on a bus: its address map, what its pins show, and what a run says of the rules.</summary>
public sealed class SimBusTests
{
    private const int FullSize = 5;

    private static readonly Lazy<DeviceResult> Judged = new(() =>
    {
        RunOptions options = new(new CasePlan(Seed: 1, Profile.Quick), [SimSource.Parse("sim")]) { Filter = new ClauseFilter("AXI-*"), Threads = 2 };
        return DeviceJudgement.Plan(options, SimSource.Parse("sim")).Run(progress: null, CancellationToken.None);
    });

    [Fact]
    public void A_run_on_sim_conforms_to_every_clause_of_the_bus() => Assert.All(
        Judged.Value.Requirements.Where(r => r.Requirement.Id.StartsWith("AXI-", StringComparison.Ordinal)), r => Assert.Equal((Outcome.Conforms, string.Empty), (r.Outcome, r.Reason)));

    [Fact]
    public void A_run_on_sim_arms_every_rule_but_those_outside_of_generation_A_and_says_why()
    {
        string[] notArmed = [.. Judged.Value.BusRules.Where(rule => rule.Armed == 0).Select(rule => rule.Rule.Id)];

        string[] expected =
        [
            "AXI4_ERRM_AWREGION_STABLE", "AXI4_ERRM_AWUSER_STABLE", "AXI4_ERRM_ARREGION_STABLE", "AXI4_ERRM_ARUSER_STABLE",
            "AXI4_ERRM_AWREGION_X", "AXI4_ERRM_AWUSER_X", "AXI4_ERRM_ARREGION_X", "AXI4_ERRM_ARUSER_X",
            "AXI4_ERRM_AWADDR_WRAP_ALIGN", "AXI4_ERRM_AWLEN_WRAP", "AXI4_ERRM_AWLEN_LOCK",
            "AXI4_ERRM_ARADDR_WRAP_ALIGN", "AXI4_ERRM_ARLEN_WRAP", "AXI4_ERRM_ARLEN_LOCK", "AXI4_ERRM_EXCL_ALIGN", "AXI4_ERRM_EXCL_LEN",

            // The host reads nothing FIXED.
            "AXI4_ERRM_ARLEN_FIXED",
            "EXT_ID_ORDER",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), notArmed.Order(StringComparer.Ordinal));
        Assert.All(Judged.Value.BusRules.Where(rule => rule.Armed == 0), rule => Assert.NotEmpty(rule.Reason));
    }

    [Theory]
    [InlineData(SailMap.CommandFifo, AxiResponse.Okay)]
    [InlineData(SailMap.Status, AxiResponse.Okay)]
    [InlineData(0x40UL, AxiResponse.DecErr)]
    [InlineData(0x0fff_ffff_ffe0UL, AxiResponse.DecErr)]
    [InlineData(SailMap.WindowA, AxiResponse.Okay)]
    [InlineData(SailMap.WindowOut + 0x1000_0000_0000 - 32, AxiResponse.Okay)]
    [InlineData(SailMap.WindowOut + 0x1000_0000_0000, AxiResponse.DecErr)]
    public void A_read_is_answered_as_the_address_map_says(ulong address, AxiResponse expected) => Assert.Equal(expected, Answer(address, isRead: true));

    [Theory]
    [InlineData(SailMap.Status, AxiResponse.SlvErr)]
    [InlineData(0x40UL, AxiResponse.DecErr)]
    [InlineData(SailMap.WindowB, AxiResponse.Okay)]
    [InlineData(SailMap.WindowB + (16UL << 30), AxiResponse.DecErr)]
    public void A_write_is_answered_as_the_address_map_says(ulong address, AxiResponse expected) => Assert.Equal(expected, Answer(address, isRead: false));

    [Fact]
    public void The_phases_are_what_the_pins_show_and_not_what_the_host_says()
    {
        // The host says Write A, Write B; on its way each write of A goes to the window of B.
        using SwappingSail device = new();
        SimCall call = SimCall.Of(SimOperands.Blocks(1, 2, 12, 4), SimOperands.Blocks(2, 1, 12, 4), 1);

        call.On(device);

        Assert.Equal([new WritePhase("B", 288 + 160), new ComputeSubmitPhase("matmul_q4_k", 2, 256, 1), new ReadPhase("OUT", 32)], device.TakePhases());
    }

    [Fact]
    public void A_card_that_does_not_answer_is_an_error_of_the_runtime_and_the_next_call_comes_through()
    {
        using OnceDeafSail device = new();
        SimCall first = SimCall.Of(SimOperands.Blocks(1, 1, 12, 4), SimOperands.Blocks(2, 1, 12, 4), 1);
        SimCall second = SimCall.Of(SimOperands.Blocks(1, 1, 12, 4), SimOperands.Blocks(2, 1, 12, 4), 1);

        DeviceError? error = first.On(device);

        RuntimeError wrapped = Assert.IsType<RuntimeError>(error);
        Assert.Equal(SailMap.WindowA, Assert.IsType<BusError>(wrapped.Inner).Address);
        Assert.Null(second.On(device));
    }

    [Fact]
    public void Half_a_command_is_forgotten_in_a_reset()
    {
        using SimSail device = SimSource.Open(new SimOptions());
        AxiMaster master = new(device.BusShape, new AxiMasterOptions());
        AxiBus bus = new(master, device.Card, []);
        bus.Reset(cycles: 2);
        master.Enqueue(new AxiRequest { IsRead = false, Burst = new(SailMap.CommandFifo, beats: 2, FullSize, AxiBurstKind.Fixed), Data = new ulong[4], Lasts = new bool[1] });
        for (int i = 0; i < 50; i++)
        {
            bus.Step();
        }

        SimCall call = SimCall.Of(SimOperands.Blocks(1, 1, 12, 4), SimOperands.Blocks(2, 1, 12, 4), 1);

        // The host begins with a reset.
        Assert.Null(call.On(device));
    }

    [Fact]
    public void After_a_call_the_card_holds_the_operands_and_remembers_its_transactions()
    {
        byte[] a = SimOperands.Blocks(1, 1, 12, 4);
        SimCall call = SimCall.Of(a, SimOperands.Blocks(2, 1, 12, 4), 1);
        using SimSail device = SimSource.Open(new SimOptions());
        ulong[] word = new ulong[4];

        Assert.Null(call.On(device));
        device.ReadState(SailMap.WindowA + 32, word);

        Assert.Equal(a[32..64], word.SelectMany(BitConverter.GetBytes).ToArray());
        Assert.Equal(new BusTransaction(IsRead: false, SailMap.WindowA, 5), device.LastTransactions(1024)[0]);
        Assert.Equal([new BusTransaction(IsRead: true, SailMap.WindowOut, 1)], device.LastTransactions(1));
    }

    [Theory]
    [InlineData("axi6-g1-bus-traffic-t9-r80-s1f")]
    [InlineData("axi6-g1-bus-traffic-t1-r100001-s1f")]
    [InlineData("axi6-g1-bus-nothing-t1-r8-s1f")]
    [InlineData("axi6-g1-bus-1-t1-r8-s1f")]
    [InlineData("axi6-g1-bus-traffic-t1-r8")]
    [InlineData("mm13-g1-bus-traffic-t1-r8-s1f")]
    public void A_token_of_traffic_that_is_none_is_refused(string token) => Assert.Throws<FormatException>(() => CaseToken.Parse(token));

    [Fact]
    public void A_token_of_traffic_reads_back_to_its_case() => Assert.Equal(
        new BusCase("AXI-6", BusScenario.Traffic, Pace: 3, Requests: 80, Seed: 0x1f), CaseToken.Parse("axi6-g1-bus-traffic-t3-r80-s1f"));

    private static AxiResponse Answer(ulong address, bool isRead)
    {
        using SimSail device = SimSource.Open(new SimOptions());
        AxiMaster master = new(device.BusShape, new AxiMasterOptions());
        AxiBus bus = new(master, device.Card, []);
        AxiBurst burst = new(address, beats: 1, FullSize, AxiBurstKind.Incr);
        bus.Reset(cycles: 2);
        master.Enqueue(new AxiRequest { IsRead = isRead, Burst = burst, Data = isRead ? default : new ulong[4] });
        for (int i = 0; i < 100; i++)
        {
            bus.Step();
            if (master.TryTake(out AxiCompletion done))
            {
                return done.Response;
            }
        }

        throw new InvalidOperationException("no answer");
    }

    private sealed class SwappingSail() : F32Sail(new SimOptions(), Describe(new SimOptions()), new SailBusOptions
    {
        Rewrite = request => request.Burst.Address >= SailMap.WindowB || request.Burst.Address < SailMap.WindowA ? ToItsEnd(request) : To(request, request.Burst.Address - SailMap.WindowA + SailMap.WindowB),
    })
    {
        private static AxiRequest To(AxiRequest request, ulong address) => request with { Burst = new(address, request.Burst.Beats, FullSize, request.Burst.Kind) };

        // B continues where A ended, so that the pins show one window written in one go.
        private static AxiRequest ToItsEnd(AxiRequest request) => request.IsRead || request.Burst.Address < SailMap.WindowB ? request : To(request, request.Burst.Address + 288);
    }

    private sealed class OnceDeafSail : F32Sail
    {
        private static int requests;

        public OnceDeafSail()
            : base(new SimOptions(), Describe(new SimOptions()), new SailBusOptions { Rewrite = Missing })
        {
            requests = 0;
        }

        // One beat less than AWLEN says, and no LAST: the card waits for it for ever.
        private static AxiRequest Missing(AxiRequest request) => requests++ > 0 ? request : request with { Data = request.Data[..^4], Lasts = new bool[request.Burst.Beats - 1] };
    }
}
