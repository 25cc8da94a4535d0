using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>When a run is no pass: edges not met, checks that throw, calls that hang, a canary that lives.</summary>
public sealed class RunOutcomeTests
{
    private static readonly IDeviceSource Sim = DeviceCatalog.Resolve("sim");

    [Fact]
    public void A_run_in_which_all_is_judged_and_conforms_ends_with_exit_code_0() => Assert.Equal(0, ConformanceRun.Run(Options("MM-3,MM-4", Sim)).ExitCode);

    [Fact]
    public void A_clause_with_an_edge_that_no_case_met_is_not_exercised_and_says_which()
    {
        // MM-3 has ten cases, one for each bad k; of ten parts the third holds k = 32 alone.
        RunOptions options = Options("MM-3", Sim) with { Shard = new Shard(Index: 3, Count: 10) };
        RequirementResult clause = Clause(ConformanceRun.Run(options), "MM-3");
        Assert.Equal((Outcome.NotExercised, "9 edges were not met, the first being \"k=0\""), (clause.Outcome, clause.Reason));
        Assert.Equal(["k=32"], clause.Reached);
    }

    [Fact]
    public void A_filter_that_matches_nothing_ends_with_exit_code_3()
    {
        RunResult result = ConformanceRun.Run(Options("XX-*", Sim));
        Assert.Equal((3, false), (result.ExitCode, result.IsComplete));
    }

    [Fact]
    public void A_run_without_devices_ends_with_exit_code_3() =>
        Assert.Equal(3, ConformanceRun.Run(new RunOptions(new CasePlan(1, Profile.Quick), []) { Filter = new ClauseFilter("MM-3") }).ExitCode);

    [Fact]
    public void An_exception_in_a_call_is_inconclusive_and_never_a_pass()
    {
        RequirementResult clause = Clause(ConformanceRun.Run(Options("MM-3", Throwing())), "MM-3");
        Assert.Equal(Outcome.Inconclusive, clause.Outcome);
        Assert.StartsWith("InvalidTimeZoneException: the board is on fire (mm3-g1-", clause.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_in_a_call_makes_the_run_incomplete_with_exit_code_3()
    {
        RunResult result = ConformanceRun.Run(Options("MM-3", Throwing()));
        Assert.Equal((3, false), (result.ExitCode, result.IsComplete));
    }

    [Fact]
    public void An_exception_in_one_call_outweighs_the_clause_s_other_cases()
    {
        IDeviceSource source = new StagedSource("throws-once", () => new StagedSail
        {
            Before = call => _ = call.K == 511 ? throw new InvalidTimeZoneException("the board is on fire") : 0,
        });
        Assert.Equal(Outcome.Inconclusive, Clause(ConformanceRun.Run(Options("MM-3", source)), "MM-3").Outcome);
    }

    [Fact]
    public void A_canary_that_conforms_makes_the_run_incomplete_with_exit_code_3()
    {
        RunResult result = ConformanceRun.Run(Options("MM-3", Sim) with { Canary = new StagedSource("sim-for-canary", Sim.Open) });
        Assert.Equal((3, false, new CanaryResult("sim-for-canary", "any", WasCaught: false)), (result.ExitCode, result.IsComplete, result.Canary));
    }

    [Fact]
    public void A_canary_that_conforms_outweighs_a_device_that_deviates()
    {
        RunOptions options = Options("MM-3", ZooCatalog.Find("k-unchecked")!) with { Canary = Sim };
        Assert.Equal(3, ConformanceRun.Run(options).ExitCode);
    }

    [Theory]
    [InlineData("MM-3")]
    [InlineData("NUM-4")]
    [InlineData("COL-*")]
    [InlineData("TOP-1")]
    [InlineData("DRV-*")]
    public void Whatever_is_judged_the_run_picks_a_canary_that_it_can_catch(string filter) =>
        Assert.True(ConformanceRun.Run(Options(filter, Sim)).Canary?.WasCaught);

    [Theory]
    [InlineData(false, false, null)]
    [InlineData(true, false, null)]
    [InlineData(true, true, "3 of 4 exact results are zero, which the operands did not mean")]
    public void A_case_with_more_zeros_than_its_operands_mean_is_inconclusive(bool zeroRow, bool zeroColumn, string? reason)
    {
        CaseRecord record = new CaseRunner(Sim).Try(CaseOfZeros(zeroRow, zeroColumn, isMeant: false));
        Assert.Equal(reason, record.Inconclusive);
    }

    [Fact]
    public void Zeros_that_the_operands_mean_are_judged() =>
        Assert.Null(new CaseRunner(Sim).Try(CaseOfZeros(zeroRow: true, zeroColumn: true, isMeant: true)).Inconclusive);

    [Fact]
    public void A_call_that_hangs_deviates_from_PROC_1_and_the_other_clauses_are_judged()
    {
        using ManualResetEventSlim end = new();
        RunResult result = ConformanceRun.Run(Options("MM-3,MM-6", HangingAt511(end)) with { TimeoutPerCase = TimeSpan.FromSeconds(2) });
        end.Set();
        Assert.Equal(Outcome.Deviates, Clause(result, "PROC-1").Outcome);
        Assert.Equal(Outcome.Conforms, Clause(result, "MM-6").Outcome);
        Assert.Equal((Outcome.NotExercised, "1 edge was not met: \"k=511\"; 1 case was lost to what PROC-1 reports"), (Clause(result, "MM-3").Outcome, Clause(result, "MM-3").Reason));
        Assert.Equal((1, true), (result.ExitCode, result.IsComplete));
    }

    [Fact]
    public void A_call_that_hangs_is_reported_with_the_case_that_hung()
    {
        using ManualResetEventSlim end = new();
        RunResult result = ConformanceRun.Run(Options("MM-3", HangingAt511(end)) with { TimeoutPerCase = TimeSpan.FromSeconds(2) });
        end.Set();
        Failure failure = Assert.Single(Assert.Single(result.Devices).Failures);
        Assert.Equal(("PROC-1", "m=2,n=3,k=511", "the call did not end within 2 s"), (failure.Clause, failure.Case.ShapeText, failure.Deviation.Message));
    }

    // Shrinking tries shapes that the plan has none of; a hang there must not outlast the run.
    [Fact]
    public async Task A_call_that_hangs_while_a_failure_is_shrunk_does_not_hang_the_run()
    {
        using ManualResetEventSlim end = new();
        IDeviceSource source = new StagedSource("hangs-when-shrunk", () => new StagedSail
        {
            Before = call =>
            {
                if (call.M == 1)
                {
                    end.Wait();
                }
            },
            After = call => Spoil(call),
        });
        RunOptions options = Options("MM-11", source) with { TimeoutPerCase = TimeSpan.FromSeconds(1), Threads = 2 };
        RunResult result = await EndOf(() => ConformanceRun.Run(options), end);
        Assert.Contains(Assert.Single(result.Devices).Failures, failure => failure.Clause == "MM-11");
    }

    [Fact]
    public void A_cancelled_run_ends_with_what_was_tried_so_far()
    {
        using CancellationTokenSource cancellation = new();
        CancelAfter observer = new(cases: 5, cancellation);
        RunResult result = ConformanceRun.Run(Options("*", Sim, Sim) with { Threads = 1 }, observer, cancellation.Token);
        DeviceResult device = Assert.Single(result.Devices);
        Assert.InRange(device.CasesTried, 5, observer.Planned - 1);
        Assert.Equal((false, 3, null), (device.IsComplete, result.ExitCode, result.Canary));
    }

    [Fact]
    public async Task A_cancelled_run_does_not_wait_for_the_call_in_flight()
    {
        using ManualResetEventSlim end = new();
        using CancellationTokenSource cancellation = new();
        IDeviceSource source = new StagedSource("hangs", () => new StagedSail
        {
            Before = _ =>
            {
                cancellation.Cancel();
                end.Wait();
            },
        });
        RunResult result = await EndOf(() => ConformanceRun.Run(Options("MM-3", source), observer: null, cancellation.Token), end);
        Assert.Equal((3, false), (result.ExitCode, result.IsComplete));
    }

    // A run that waits for the call would wait for ever: the event is set only behind it.
    private static async Task<RunResult> EndOf(Func<RunResult> run, ManualResetEventSlim end)
    {
        try
        {
            return await Task.Run(run).WaitAsync(TimeSpan.FromMinutes(3));
        }
        finally
        {
            end.Set();
        }
    }

    private static RunOptions Options(string filter, params IDeviceSource[] devices) =>
        new(new CasePlan(1, Profile.Quick), devices) { Filter = new ClauseFilter(filter), Threads = 2 };

    private static RequirementResult Clause(RunResult result, string clause) =>
        Assert.Single(Assert.Single(result.Devices).Requirements, r => r.Requirement.Id == clause);

    // No type that the suite itself would throw.
    private static StagedSource Throwing() =>
        new("throws", () => new StagedSail { Before = _ => throw new InvalidTimeZoneException("the board is on fire") });

    private static StagedSource HangingAt511(ManualResetEventSlim end) => new("hangs", () => new StagedSail
    {
        Before = call =>
        {
            if (call.K == 511)
            {
                end.Wait();
            }
        },
    });

    private static void Spoil(MatmulCall call)
    {
        if (call.Output.LengthBytes > 0)
        {
            // The last byte of A: an operand that changes breaks MM-11 at any shape.
            Spoil(call.A);
        }
    }

    private static unsafe void Spoil(OperandView operand) => operand.DangerousGetPointer()[operand.LengthBytes - 1] ^= 1;

    private static MatmulCase CaseOfZeros(bool zeroRow, bool zeroColumn, bool isMeant)
    {
        OperandFamily family = new(
            "half",
            "ones, and zeros in the first row of an operand where asked for",
            (in RowPlace place, Span<byte> row) =>
            {
                if (place.Row > 0 || !(place.Side == OperandSide.A ? zeroRow : zeroColumn))
                {
                    // d = 1 (0x3c00), scale 1 in sub-block 0, nibble 1 at weight 0.
                    row[1] = 0x3c;
                    row[4] = 1;
                    row[16] = 1;
                }
            },
            isMeant);
        return new MatmulCase("MM-13", new MatmulShape(M: 2, N: 2, K: 256), new GeneratedOperands(family, 1));
    }

    private sealed class CancelAfter(int cases, CancellationTokenSource cancellation) : IRunObserver
    {
        private int done;

        public int Planned { get; private set; }

        public void DeviceStarted(string spec, int cases) => Planned = cases;

        public void CaseDone()
        {
            done++;
            if (done == cases)
            {
                cancellation.Cancel();
            }
        }

        public void DeviceDone(DeviceResult result)
        {
        }
    }
}
