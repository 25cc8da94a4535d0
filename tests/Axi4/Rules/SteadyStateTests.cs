using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Rules;

public sealed class SteadyStateTests
{
    [Fact]
    public void A_cycle_allocates_nothing_once_the_checker_has_seen_such_traffic()
    {
        LegalTraffic traffic = new(seed: 11, new(AxiBusShape.ProfileA, Transactions: 100) { IsProfileA = true });
        AxiCycle[] cycles = [.. traffic.Cycles().Where(pins => pins.Reset == AxiBit.Low)];
        AxiChecker checker = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA with { ReadyWaitCycles = 1000 });
        Push(checker, cycles);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Push(checker, cycles);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The memory of the second run is not that of the first, so reads may mismatch; their messages are all that is allocated.
        AxiVerdict verdict = checker.Finish();
        Assert.Equal(AxiOutcome.Pass, verdict.Of(AxiRules.ReadBeats).Outcome);
        long messages = verdict.Rules.Sum(result => result.Violated) * 1024;
        Assert.True(allocated <= messages, $"{allocated} bytes in {cycles.Length} cycles");
    }

    [Fact]
    public void A_finished_checker_takes_no_more_cycles()
    {
        AxiChecker checker = new(AxiBusShape.ProfileA, AxiCheckOptions.Default);
        _ = checker.Finish();

        AxiCycle pins = default;
        Assert.Throws<InvalidOperationException>(() => checker.Push(pins));
        Assert.Throws<InvalidOperationException>(checker.Finish);
        Assert.Throws<InvalidOperationException>(checker.Gap);
    }

    private static void Push(AxiChecker checker, AxiCycle[] cycles)
    {
        for (int cycle = 0; cycle < cycles.Length; cycle++)
        {
            checker.Push(cycles[cycle]);
        }
    }
}
