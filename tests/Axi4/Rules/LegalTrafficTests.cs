using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Rules;

/// <summary>No false alarm: traffic that keeps every rule fails none.</summary>
public sealed class LegalTrafficTests
{
    private static readonly AxiCheckOptions MemoryOnly =
        new() { Profile = new AxiProfile { Name = "memory", TargetIsMemory = true }, ReadyWaitCycles = 1000 };

    [Property(MaxTest = 60)]
    public void Random_traffic_of_profile_A_fails_no_rule(ulong seed) =>
        Check(seed, new(AxiBusShape.ProfileA, Transactions: 30) { IsProfileA = true, Pace = 1 + (int)(seed % 3) }, AxiCheckOptions.GenerationA with { ReadyWaitCycles = 1000 });

    [Property(MaxTest = 120)]
    public void Random_traffic_of_any_width_with_many_ids_fails_no_rule(ulong seed, byte width, byte idBits) =>
        Check(seed, new(new(8 << (width % 8), addressBits: 14 + (width % 51), idBits % 9), Transactions: 40) { Pace = 1 + (int)(seed % 3) }, MemoryOnly);

    [Property(MaxTest = 150)]
    public void Random_traffic_that_is_cut_and_has_a_gap_fails_no_rule(ulong seed, bool isProfileA, ushort gapFrom, byte gapCycles, ushort cutAt)
    {
        AxiBusShape shape = isProfileA ? AxiBusShape.ProfileA : new(dataBits: 64, addressBits: 32, idBits: 4);
        LegalTraffic traffic = new(seed, new(shape, Transactions: 40) { IsProfileA = isProfileA, Pace = 1 + (int)(seed % 3) });
        AxiCycle[] cycles = [.. traffic.Cycles()];
        AxiCheckOptions options = (isProfileA ? AxiCheckOptions.GenerationA : MemoryOnly) with { ReadyWaitCycles = 1000 };
        AxiChecker checker = new(shape, options);
        (int first, int end) = (gapFrom % cycles.Length, (gapFrom % cycles.Length) + gapCycles);
        for (int cycle = 0; cycle < cycles.Length - (cutAt % 400); cycle++)
        {
            if (cycle == first)
            {
                checker.Gap();
            }

            if (cycle < first || cycle >= end)
            {
                checker.Push(cycles[cycle]);
            }
        }

        Assert.Empty(checker.Finish().Rules.Where(result => result.Violated > 0).SelectMany(result => result.Findings.Select(finding => $"{result.Rule.Id} {finding}")));
    }

    [Fact]
    public void Data_that_went_by_in_a_gap_is_not_looked_for_after_it() =>
        Random_traffic_that_is_cut_and_has_a_gap_fails_no_rule(seed: 15, isProfileA: true, gapFrom: 11, gapCycles: 77, cutAt: 0);

    [Fact]
    public void The_random_traffic_meets_its_edges_and_exercises_the_rules_that_are_about_them()
    {
        LegalTraffic traffic = new(seed: 7, new(new(dataBits: 64, addressBits: 32, idBits: 4), Transactions: 300));
        AxiVerdict verdict = Judge(traffic, new(dataBits: 64, addressBits: 32, idBits: 4), MemoryOnly, out _);

        string[] notVerified =
        [
            .. verdict.Rules.Where(result => result.Outcome != AxiOutcome.Pass && !result.Rule.Id.StartsWith("MAST_", StringComparison.Ordinal)).Select(result => result.Rule.Id),
        ];
        Assert.Equal(["EXT_RESET_ABORT"], notVerified);
        Assert.True(traffic.WritesAhead > 20, $"W before AW: {traffic.WritesAhead}");
        Assert.True(traffic.Interleavings > 100, $"interleaved R: {traffic.Interleavings}");
        Assert.True(verdict.Of(AxiRules.WriteEffect).Armed > 50, "sparse strobes are read back");
    }

    private static void Check(ulong seed, TrafficPlan plan, AxiCheckOptions options)
    {
        LegalTraffic traffic = new(seed, plan);
        AxiVerdict verdict = Judge(traffic, plan.Shape, options, out AxiRecorder recorder);

        Assert.Empty(verdict.Rules.Where(result => result.Violated > 0).SelectMany(result => result.Findings.Select(finding => $"{result.Rule.Id} {finding}")));
        Assert.True(verdict.IsComplete);
        Assert.Equal(traffic.Writes.Select(Key), recorder.Transactions.Where(each => !each.IsRead).Select(Key));
        Assert.Equal(traffic.Reads.Select(Key), recorder.Transactions.Where(each => each.IsRead).Select(Key));
    }

    private static AxiVerdict Judge(LegalTraffic traffic, AxiBusShape shape, AxiCheckOptions options, out AxiRecorder recorder)
    {
        recorder = new(shape);
        AxiChecker checker = new(shape, options, recorder);
        foreach (AxiCycle pins in traffic.Cycles())
        {
            checker.Push(pins);
        }

        return checker.Finish();
    }

    private static (ulong Id, ulong Address, int Beats, int Size, int Kind, bool IsExclusive, int Transfers) Key(PlannedBurst burst) =>
        (burst.Id, burst.Address, burst.Beats, burst.Size, burst.Kind, burst.IsExclusive, burst.Beats);

    private static (ulong Id, ulong Address, int Beats, int Size, int Kind, bool IsExclusive, int Transfers) Key(AxiTransaction done) =>
        (done.Id, done.Burst.Address, done.Burst.Beats, done.Burst.Size, (int)done.Burst.Kind, done.IsExclusive, done.Beats.Count);
}
