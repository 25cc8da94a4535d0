using System.Buffers.Binary;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>The run that is made when nothing is asked for: every default device under the quick plan.</summary>
public sealed class DefaultRunTests
{
    /// <summary>The contract's clauses, in its order, copied by hand.</summary>
    private static readonly string[] Contract =
    [
        "MM-1", "MM-2", "MM-3", "MM-4", "MM-5", "MM-6", "MM-7", "MM-8", "MM-9", "MM-10", "MM-11", "MM-12", "MM-13", "MM-14", "MM-15", "MM-16",
        "PROC-1", "PROC-2", "PROC-3",
        "NUM-1", "NUM-2", "NUM-3", "NUM-4",
        "DRV-1", "DRV-2", "DRV-3", "DRV-4", "DRV-5", "DRV-6", "DRV-7", "DRV-8", "DRV-9", "DRV-10",
        "COL-1", "COL-2", "COL-3", "COL-4", "COL-5", "COL-6", "COL-7", "COL-8", "COL-9", "COL-10", "COL-11",
        "TOP-1", "LNK-1", "LNK-2", "LNK-3", "SCH-1", "SCH-2", "SCH-3",
        "AXI-1", "AXI-2", "AXI-3", "AXI-4", "AXI-5", "AXI-6", "AXI-7",
    ];

    private static readonly Lazy<RunResult> Default = new(() => ConformanceRun.Run(
        new RunOptions(new CasePlan(1, Profile.Quick), [.. DeviceCatalog.DefaultSpecs.Select(DeviceCatalog.Resolve)]) { Threads = 2 }));

    private static readonly string[] JudgedOnAll =
        ["MM-1", "MM-2", "MM-3", "MM-4", "MM-5", "MM-6", "MM-7", "MM-8", "MM-9", "MM-10", "MM-15", "MM-16", "COL-1", "COL-7", "TOP-1"];

    public static TheoryData<string> Specs => [.. DeviceCatalog.DefaultSpecs];

    /// <summary>What a simulated Sail of class f32 is judged by, with the number of edges that each clause names, counted by hand.</summary>
    public static TheoryData<string, int> JudgedOnSim => new()
    {
        { "MM-1", 8 }, { "MM-2", 17 + 17 + 17 }, { "MM-3", 10 }, { "MM-4", 10 }, { "MM-5", 4 }, { "MM-6", 6 }, { "MM-7", 7 }, { "MM-8", 5 + 1 },
        { "MM-9", 4 }, { "MM-10", 4 + 1 }, { "MM-11", 5 }, { "MM-12", 2 }, { "MM-13", 7 }, { "MM-15", 1 }, { "MM-16", 3 },
        { "NUM-1", 2 }, { "NUM-2", 1 }, { "NUM-3", 12 }, { "NUM-4", 4 },
        { "COL-1", 4 + 5 }, { "COL-2", 6 + 3 }, { "COL-3", 7 }, { "COL-4", 5 }, { "COL-5", 2 }, { "COL-6", 2 }, { "COL-7", 4 + 3 }, { "COL-11", 3 * (4 + 2) }, { "TOP-1", 6 },
        { "SCH-1", 3 }, { "SCH-2", 1 + 4 + 2 + 3 + 1 }, { "SCH-3", 9 + 3 + 3 },
    };

    public static TheoryData<string> NotJudgedOnMock => ["MM-11", "MM-12", "MM-13", "NUM-1", "NUM-2", "NUM-3", "NUM-4", "COL-11"];

    [Fact]
    public void The_default_run_ends_with_exit_code_0() => Assert.Equal((0, true), (Default.Value.ExitCode, Default.Value.IsComplete));

    [Fact]
    public void The_default_devices_are_the_mock_and_a_sim_of_each_arithmetic_class() => Assert.Equal(
        ["mock", "sim:class=exact", "sim:class=f32", "sim:class=subblock-int", "sim:class=f16-accumulate", "sim:class=bf16-accumulate", "sim:class=q8k"],
        DeviceCatalog.DefaultSpecs);

    [Fact]
    public void The_catalogue_holds_the_contract_s_clauses_in_its_order() => Assert.Equal(Contract, RequirementCatalogue.All.Select(r => r.Id));

    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_clause_of_the_contract_appears_once_for_each_device(string spec) =>
        Assert.Equal(Contract, Device(spec).Requirements.Select(r => r.Requirement.Id));

    [Theory]
    [MemberData(nameof(Specs))]
    public void Whatever_is_not_judged_says_why(string spec) => Assert.All(
        Device(spec).Requirements.Where(r => r.Outcome != Outcome.Conforms),
        r => Assert.True(r.Outcome is Outcome.NotSupported or Outcome.NotApplicable && r.Reason.Length > 0, $"{r.Requirement.Id} {r.Outcome} '{r.Reason}'"));

    [Theory]
    [MemberData(nameof(JudgedOnSim))]
    public void A_sim_conforms_on_every_edge_that_a_clause_names(string clause, int edges)
    {
        RequirementResult result = Clause("sim:class=f32", clause);
        string[] declared = [.. CheckCatalogue.Find(clause)!.Edges(JudgingTerms.Of(Open("sim:class=f32")))];
        Assert.Equal(Outcome.Conforms, result.Outcome);
        Assert.Equal(edges, declared.Distinct().Count());
        Assert.Empty(declared.Except(result.Reached));
        Assert.True(result.Cases > 0);
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void The_clauses_of_calls_and_collectives_conform_on_every_default_device(string spec) => Assert.All(
        JudgedOnAll, clause => Assert.Equal(Outcome.Conforms, Clause(spec, clause).Outcome));

    [Theory]
    [MemberData(nameof(NotJudgedOnMock))]
    public void The_mock_is_not_judged_by_what_it_would_have_to_compute(string clause) =>
        Assert.Equal((Outcome.NotSupported, "the device computes nothing"), (Clause("mock", clause).Outcome, Clause("mock", clause).Reason));

    [Fact]
    public void Each_sim_meets_the_class_that_it_claims_or_a_tighter_one()
    {
        foreach (DeviceResult device in Default.Value.Devices.Where(d => d.Spec.StartsWith("sim", StringComparison.Ordinal)))
        {
            Assert.NotNull(device.MetClass);
            Assert.NotEqual("none", device.MetClass);
            Assert.InRange(device.WorstErrorOverBound, 0, 1);
        }
    }

    [Theory]
    [InlineData("nibblesa", 4096)]
    [InlineData("nibblesb", 4096)]
    [InlineData("scalesa", 1024)]
    [InlineData("scalesb", 1024)]
    [InlineData("dbitsa", 32)]
    [InlineData("dbitsb", 32)]
    [InlineData("dminbitsa", 32)]
    [InlineData("dminbitsb", 32)]
    public void The_code_space_is_filled_recounted_from_the_bytes_that_a_device_is_given(string family, int codes)
    {
        MatmulCase sweep = Assert.Single(
            CheckCatalogue.Find("MM-1")!.Cases(new CasePlan(1, Profile.Quick)).Cast<MatmulCase>(),
            tried => ((GeneratedOperands)tried.Data).Family.Name == family);
        HashSet<(int Place, int Value)> met = [];
        using SimSail sim = SimSource.Open(new SimOptions());
        using MatmulRun run = new(sweep, sim);
        OperandSide side = family.EndsWith('a') ? OperandSide.A : OperandSide.B;
        for (ulong row = 0; row < (side == OperandSide.A ? sweep.Shape.M : sweep.Shape.N); row++)
        {
            met.UnionWith(Codes(family[..^1], run.Row(side, row)));
        }

        Assert.Equal(codes, met.Count);
    }

    // Unpacked here once more, from the format's description (docs of Q4_K), not by the suite's view.
    private static List<(int Place, int Value)> Codes(string field, ReadOnlySpan<byte> block)
    {
        List<(int Place, int Value)> codes = [];
        switch (field)
        {
            case "nibbles":
                for (int i = 0; i < 128; i++)
                {
                    codes.Add((2 * i, block[16 + i] & 15));
                    codes.Add(((2 * i) + 1, block[16 + i] >> 4));
                }

                break;
            case "scales":
                for (int j = 0; j < 4; j++)
                {
                    byte sc = block[4 + j], m = block[8 + j], both = block[12 + j];
                    codes.AddRange([(j, sc & 63), (8 + j, m & 63), (4 + j, (both & 15) + (16 * (sc / 64))), (12 + j, (both / 16) + (16 * (m / 64)))]);
                }

                break;
            default:
                int half = BinaryPrimitives.ReadUInt16LittleEndian(block[(field == "dbits" ? 0 : 2)..]);
                codes.AddRange(Enumerable.Range(0, 16).Select(bit => (bit, (half >> bit) & 1)));
                break;
        }

        return codes;
    }

    private static DeviceResult Device(string spec) => Assert.Single(
        Default.Value.Devices, d => d.Spec == DeviceCatalog.Resolve(spec).Spec);

    private static RequirementResult Clause(string spec, string clause) => Assert.Single(Device(spec).Requirements, r => r.Requirement.Id == clause);

    private static Conformance.Device.DeviceDescription Open(string spec)
    {
        using Conformance.Device.IDevice device = DeviceCatalog.Resolve(spec).Open();
        return device.Description;
    }
}
