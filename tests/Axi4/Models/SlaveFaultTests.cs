using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Models;

/// <summary>Each fault of the slave model breaks exactly the rules that are written here; the first names the fault.</summary>
public sealed class SlaveFaultTests
{
    private const string WritesDone = "AXI4_ERRS_BRESP_ALL_DONE_EOS";
    private const string ReadsDone = "AXI4_ERRS_RLAST_ALL_DONE_EOS";
    private const string Data = "EXT_RDATA_MISMATCH";

    // Data in the wrong place is also data where no strobe was.
    private const string Effect = "EXT_WRITE_EFFECT";

    // To be seen at all, a second one must be under way, and generation A has one.
    private const string Single = "MAST_SINGLE_OUTSTANDING";

    private static readonly StallSetting Setting = StallSetting.GenerationA.Single(each => each.Name == "all at once");

    private static readonly Dictionary<AxiSlaveFault, string[]> Expected = new()
    {
        [AxiSlaveFault.None] = [],
        [AxiSlaveFault.OverwritesResponse] = [WritesDone, "AXI4_ERRS_BID_STABLE", Single],

        // The true id waits for ever, as one more under way; what bears the other id is taken for the answer to that one, too early or with other data.
        [AxiSlaveFault.LiveWriteId] = ["AXI4_ERRS_BRESP", "AXI4_ERRS_BRESP_AW", WritesDone, Single],
        [AxiSlaveFault.LiveReadId] = ["AXI4_ERRS_RID", "AXI4_ERRS_RDATA_NUM", Data, Effect, "EXT_ID_ORDER", Single],
        [AxiSlaveFault.LosesResponseAfterGap] = [WritesDone],
        [AxiSlaveFault.LosesBothAddresses] = [WritesDone, ReadsDone],
        [AxiSlaveFault.LosesReadBesideData] = [ReadsDone],
        [AxiSlaveFault.ReadUsesWriteLength] = ["AXI4_ERRS_RDATA_NUM"],

        // The read is over for the master; the beats behind belong to nothing.
        [AxiSlaveFault.LastAdvancesWhileStalled] = ["AXI4_ERRS_RLAST_STABLE", "AXI4_ERRS_RDATA_NUM", "AXI4_ERRS_RID"],
        [AxiSlaveFault.LoadsOnlyWhenReady] = [Data, Effect],
        [AxiSlaveFault.OneErrorBeat] = ["AXI4_ERRS_RDATA_NUM", "MAST_SIZE_FULL"],

        // A response before its data can fall into the cycle of the last beat.
        [AxiSlaveFault.AnswersBeforeLastData] = ["AXI4_ERRS_BRESP_WLAST", "EXT_BVALID_SAME_CYCLE"],
        [AxiSlaveFault.AnswersBeforeAddress] = ["AXI4_ERRS_BRESP_AW", "EXT_BVALID_SAME_CYCLE"],

        // The second one may stand there when the data of the next write has gone ahead of its address.
        [AxiSlaveFault.AnswersTwice] = ["AXI4_ERRS_BRESP", "AXI4_ERRS_BRESP_AW"],
        [AxiSlaveFault.ReadsTwice] = ["AXI4_ERRS_RID"],
        [AxiSlaveFault.WrongWriteId] = ["AXI4_ERRS_BRESP", WritesDone],
        [AxiSlaveFault.WrongReadId] = ["AXI4_ERRS_RID", ReadsDone],
        [AxiSlaveFault.ReadInAddressCycle] = ["EXT_RVALID_SAME_CYCLE"],
        [AxiSlaveFault.AnswerInDataCycle] = ["EXT_BVALID_SAME_CYCLE"],
        [AxiSlaveFault.PairsWrongly] = [Data, Effect],
        [AxiSlaveFault.ServesNarrow] = ["MAST_NARROW_SLVERR", "MAST_SIZE_FULL"],
        [AxiSlaveFault.AnswersExOkay] = ["AXI4_ERRS_BRESP_EXOKAY", "MAST_NO_EXOKAY"],
        [AxiSlaveFault.ReadsExOkay] = ["AXI4_ERRS_RRESP_EXOKAY", "MAST_NO_EXOKAY"],
        [AxiSlaveFault.SwapsSameId] = ["EXT_ID_ORDER", "AXI4_ERRS_RDATA_NUM", "AXI4_ERRS_RID", Data, Effect, "EXT_RVALID_SAME_CYCLE", Single],
        [AxiSlaveFault.IgnoresStrobes] = [Effect],
        [AxiSlaveFault.StrayResponse] = ["AXI4_ERRS_BRESP"],
        [AxiSlaveFault.StrayRead] = ["AXI4_ERRS_RID"],
        [AxiSlaveFault.AcceptsOneMore] = [Single],

        // After a reset nothing is under way, so that what comes answers nothing.
        [AxiSlaveFault.AnswersAfterReset] = ["EXT_RESET_ABORT", "AXI4_ERRS_BRESP", "AXI4_ERRS_BRESP_AW", "AXI4_ERRS_RID"],
        [AxiSlaveFault.NoLast] = ["AXI4_ERRS_RDATA_NUM"],
        [AxiSlaveFault.ReadsOneBeatLess] = ["AXI4_ERRS_RDATA_NUM"],
        [AxiSlaveFault.DropsLastBeat] = [Data, Effect],
        [AxiSlaveFault.FixedAsIncr] = [Data, Effect],
        [AxiSlaveFault.AddressInEightBits] = [Data, Effect],
    };

    public static TheoryData<AxiSlaveFault> Faults => [.. Expected.Keys];

    // One too many is the master's word in the rules of generation A: it offered the address.
    public static TheoryData<AxiSlaveFault> Blamed => [.. Expected.Where(pair => pair.Value.Any(rule => rule != Single)).Select(pair => pair.Key)];

    public static TheoryData<AxiSlaveFault> Refusing => [.. Enum.GetValues<AxiSlaveFault>().Where(fault => !Expected.ContainsKey(fault))];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_faulty_slave_breaks_exactly_the_committed_rules(AxiSlaveFault fault)
    {
        AxiVerdict verdict = Run(fault);

        Assert.Equal(Expected[fault].Order(StringComparer.Ordinal), ModelBench.Broken(verdict));
    }

    [Theory]
    [MemberData(nameof(Blamed))]
    public void The_rule_that_names_a_slaves_fault_blames_the_slave(AxiSlaveFault fault)
    {
        string named = Expected[fault].First(rule => rule != Single);
        AxiRuleResult result = Run(fault).Rules.Single(rule => rule.Rule.Id == named);

        Assert.NotEmpty(result.Findings);
        Assert.All(result.Findings, finding => Assert.Equal(AxiBlame.Slave, finding.Blame));
    }

    /// <summary>No rule of the bus says which accesses a slave refuses; the suite does.</summary>
    [Theory]
    [MemberData(nameof(Refusing))]
    public void A_slave_that_refuses_what_it_should_serve_answers_SLVERR_and_breaks_no_rule(AxiSlaveFault fault)
    {
        int refused = 0;
        AxiVerdict verdict = ModelBench.Run(
            AxiBusShape.ProfileA, AxiProfile.GenerationA, Setting, seed: 11, cycles: 20_000, out _, Setting.Slave with { Fault = fault }, ended: done => refused += done.Response == AxiResponse.SlvErr ? 1 : 0);

        Assert.True(refused > 0, "nothing was refused");
        Assert.DoesNotContain(verdict.Rules, rule => rule.Rule.Severity == AxiSeverity.Error && rule.Rule.Id != Single && rule.Violated > 0);
    }

    private static AxiVerdict Run(AxiSlaveFault fault)
    {
        bool needsTwo = fault is AxiSlaveFault.OverwritesResponse or AxiSlaveFault.SwapsSameId or AxiSlaveFault.AcceptsOneMore or AxiSlaveFault.LiveWriteId or AxiSlaveFault.LiveReadId;
        bool needsNarrow = fault is AxiSlaveFault.ServesNarrow or AxiSlaveFault.OneErrorBeat;
        bool needsOneId = fault is AxiSlaveFault.AnswersBeforeAddress or AxiSlaveFault.SwapsSameId;
        int count = 0;
        AxiRequest Rewrite(AxiRequest request)
        {
            request = needsOneId ? request with { Id = 0 } : request;
            return needsNarrow && count++ % 2 == 0
                ? request with { Burst = new(request.Burst.Address, request.Burst.Beats, size: 4, request.Burst.Kind), Strobes = default }
                : request;
        }

        StallSetting setting = Setting with { Master = Setting.Master with { MaxOutstanding = needsTwo ? 2 : 1 } };
        return ModelBench.Run(
            AxiBusShape.ProfileA, AxiProfile.GenerationA, setting, seed: 11, cycles: 20_000, out _, Setting.Slave with { Fault = fault }, rewrite: Rewrite, resetsEvery: fault == AxiSlaveFault.AnswersAfterReset ? 300 : 0);
    }
}
