using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using Spanker.Conformance.Tests.Axi4.Rules;
using Xunit;
using static Spanker.Conformance.Tests.Axi4.Rules.ProfileScenario;

namespace Spanker.Conformance.Tests.Axi4.Zoo;

/// <summary>Where a trace begins, ends, is cut or has holes, and what it cannot show: no violation may come of that.</summary>
public sealed class TraceBoundsTests
{
    [Fact]
    public void A_trace_cut_at_any_cycle_is_incomplete_or_complete_and_never_a_violation()
    {
        int length = new ProfileScenario().Build().Length;
        int incomplete = 0;
        for (int cut = 1; cut <= length; cut++)
        {
            Timeline line = new ProfileScenario().Build();
            line.CutAt(cut);
            AxiVerdict verdict = line.Judge();
            Assert.Empty(Failing(verdict));
            incomplete += verdict.IsComplete ? 0 : 1;
        }

        Assert.True(incomplete > 40, $"cut in the middle of something: {incomplete}");
    }

    [Fact]
    public void A_cut_trace_leaves_the_rules_of_its_end_unexercised()
    {
        Timeline line = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA);
        line.Reset(3);
        line.Read("a", Incr(true, 1, 0x1000, 8));
        line.CutAt(line["a.r3"].Taken + 1);

        AxiVerdict verdict = line.Judge();

        Assert.False(verdict.IsComplete);
        Assert.Equal(AxiOutcome.NotExercised, verdict.Of(AxiRules.ReadsDone).Outcome);
    }

    [Fact]
    public void A_gap_at_any_cycle_raises_no_alarm()
    {
        int length = new ProfileScenario().Build().Length;
        for (int from = 1; from < length; from++)
        {
            Timeline line = new ProfileScenario().Build();
            line.Gap(from, Math.Min(from + 7, length - 1));
            Assert.Empty(Failing(line.Judge()));
        }
    }

    [Fact]
    public void After_a_gap_profile_A_is_judged_again_from_the_second_transaction_on()
    {
        Timeline line = new ProfileScenario { W5 = new() { ResponseId = 3 } }.Build();
        line.Gap(line["r0.r1"].First, line["r0.r2"].First);

        Assert.Equal(["AXI4_ERRS_BRESP", "AXI4_ERRS_BRESP_ALL_DONE_EOS"], Failing(line.Judge()));
    }

    [Fact]
    public void An_x_on_an_address_silences_only_what_follows_from_it()
    {
        Timeline line = new ProfileScenario { W5 = new() { ResponseDelay = 0 } }.Build();
        line.ChangeAll("w0.aw", (ref AxiCycle pins) => pins.Set(AxiSignal.AwAddr, 0x1000, unknown: 0x20));

        Assert.Equal(["AXI4_ERRM_AWADDR_X", "EXT_BVALID_SAME_CYCLE"], Failing(line.Judge()));
    }

    [Fact]
    public void A_two_state_trace_cannot_show_x()
    {
        AxiVerdict verdict = new ProfileScenario().Build().Judge(seenAs: AxiBusShape.ProfileA with { IsFourState = false });

        Assert.All(verdict.Rules.Where(result => result.Rule.Id.EndsWith("_X", StringComparison.Ordinal)), result => Assert.Equal(AxiOutcome.NotObservable, result.Outcome));
        Assert.Equal(AxiOutcome.Pass, verdict.Of(AxiRules.ReadBeats).Outcome);
    }

    [Theory]
    [InlineData(AxiSignal.WLast, "AXI4_ERRM_WDATA_NUM")]
    [InlineData(AxiSignal.RLast, "AXI4_ERRS_RDATA_NUM")]
    [InlineData(AxiSignal.WStrb, "AXI4_ERRM_WSTRB")]
    [InlineData(AxiSignal.AwCache, "AXI4_ERRM_AWCACHE")]
    [InlineData(AxiSignal.RData, "EXT_RDATA_MISMATCH")]
    [InlineData(AxiSignal.Reset, "EXT_RESET_ABORT")]
    [InlineData(AxiSignal.BReady, "AXI4_ERRS_BRESP")]
    public void A_rule_about_an_absent_signal_is_not_observable(AxiSignal absent, string rule)
    {
        AxiBusShape shape = AxiBusShape.ProfileA with { Signals = AxiBusShape.ProfileA.Signals.Without(AxiSignalSet.Of(absent)) };

        AxiVerdict verdict = new ProfileScenario().Build().Judge(seenAs: shape);

        Assert.Equal(AxiOutcome.NotObservable, verdict.Rules.Single(result => result.Rule.Id == rule).Outcome);
    }

    [Fact]
    public void Without_a_profile_no_MAST_rule_and_no_memory_rule_is_exercised()
    {
        AxiVerdict verdict = new ProfileScenario().Build().Judge(withOptions: AxiCheckOptions.Default);

        string[] ids = ["EXT_RDATA_MISMATCH", "EXT_WRITE_EFFECT", "MAST_BURST_SUPPORTED", "MAST_NARROW_SLVERR", "MAST_NO_EXOKAY", "MAST_SINGLE_OUTSTANDING", "MAST_SIZE_FULL"];
        Assert.All(ids, id => Assert.Equal(AxiOutcome.NotExercised, verdict.Rules.Single(result => result.Rule.Id == id).Outcome));
    }

    [Fact]
    public void With_one_outstanding_the_order_of_ids_is_not_exercised() =>
        Assert.Equal(AxiOutcome.NotExercised, new ProfileScenario().Build().Judge().Of(AxiRules.IdOrder).Outcome);

    [Fact]
    public void Nothing_is_concluded_from_pins_in_reset_but_that_VALID_is_high()
    {
        Timeline line = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA);
        line.Reset(4);
        line.Change(1, (ref AxiCycle pins) => (pins.R.Valid, pins.R.Ready, pins.R.DataUnknown[0]) = (AxiBit.High, AxiBit.High, 1));
        line.Change(2, (ref AxiCycle pins) => pins.Aw.Valid = AxiBit.Unknown);
        line.Idle(5);

        Assert.Equal(["EXT_VALID_IN_RESET"], Failing(line.Judge()));
    }

    [Fact]
    public void A_synchronous_reset_may_still_show_VALID_on_its_first_edge()
    {
        Timeline line = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA);
        line.Reset(2);
        line.Idle(1);
        line.Ar("a", line.Length, Incr(true, 1, 0x1000, 4), wait: 3);
        line.Change(line.Length - 1, (ref AxiCycle pins) => pins.Reset = AxiBit.High);
        line.Reset(3);
        line.Idle(3);

        Assert.Empty(Failing(line.Judge()));
    }

    [Fact]
    public void A_slow_target_that_was_cut_is_not_taken_for_a_dead_one()
    {
        Timeline line = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA);
        line.Reset(2);
        line.Read("a", Incr(true, 1, 0x1000, 1), new() { DataDelay = 90 });
        line.Ar("b", line.Length + 1, Incr(true, 1, 0x1000, 1));
        line.Idle(100);

        AxiVerdict verdict = line.Judge();

        Assert.Equal((false, AxiOutcome.NotExercised), (verdict.IsComplete, verdict.Of(AxiRules.ReadsDone).Outcome));
    }

    [Fact]
    public void A_trace_without_cycles_verifies_nothing()
    {
        AxiVerdict verdict = new Timeline(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA).Judge();

        Assert.DoesNotContain(verdict.Rules, result => result.Outcome == AxiOutcome.Pass);
        Assert.False(verdict.Deviates);
    }

    [Fact]
    public void A_recommendation_that_is_not_kept_is_no_deviation()
    {
        AxiVerdict verdict = new ProfileScenario { W0 = new() { AddressWait = 30 } }.Build().Judge();

        Assert.Equal(["AXI4_RECS_AWREADY_MAX_WAIT"], Failing(verdict));
        Assert.False(verdict.Deviates);
    }

    [Fact]
    public void Too_many_outstanding_is_a_named_limit_and_no_violation()
    {
        Timeline line = new(new(dataBits: 32, addressBits: 32, idBits: 4), AxiCheckOptions.Default with { OutstandingLimit = 4 });
        line.Reset(2);
        line.Idle(1);
        for (int read = 0; read < 5; read++)
        {
            line.Ar($"r{read}", line.Length, new(true, 1, 0x1000, Beats: 1, Size: 2, Kind: 1));
        }

        line.Idle(100);
        AxiVerdict verdict = line.Judge();

        Assert.Contains("4 reads outstanding", verdict.Limit, StringComparison.Ordinal);
        Assert.False(verdict.IsComplete);
        Assert.Empty(Failing(verdict));
    }

    private static string[] Failing(AxiVerdict verdict) =>
        [.. verdict.Rules.Where(result => result.Outcome == AxiOutcome.Fail).Select(result => result.Rule.Id).Order()];
}
