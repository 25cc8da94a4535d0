using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Models;

/// <summary>Random traffic between the models, under a checker.</summary>
internal static class ModelBench
{
    // The models' own waits are no deadlock, and no reason for a warning.
    private static readonly AxiCheckOptions Patient = AxiCheckOptions.GenerationA with { ReadyWaitCycles = 4096, DeadlockCycles = 4096 };

    public static AxiVerdict Run(AxiBusShape shape, AxiProfile? profile, StallSetting setting, ulong seed, long cycles, out long completed, AxiSlaveOptions? slaveOptions = null, IReadOnlyList<AxiPinFault>? pinFaults = null, Func<AxiRequest, AxiRequest>? rewrite = null, long resetsEvery = 0, Action<AxiCompletion>? ended = null, IAxiProbe? probe = null)
    {
        AxiCheckOptions options = Patient with { Profile = profile ?? new AxiProfile { Name = "memory", TargetIsMemory = true } };
        AxiChecker checker = new(shape, options);
        AxiMaster master = new(shape, setting.Master with { Seed = seed });
        AxiMemorySlave slave = new(shape, (slaveOptions ?? setting.Slave) with { Seed = seed }, new AxiSparseMemory(mostPages: 64));
        AxiBus bus = new(master, slave, probe is null ? [checker] : [checker, probe], pinFaults);
        AxiTraffic traffic = new(shape, new AxiTrafficOptions { Seed = seed, Profile = profile, Base = 0x4000, MaxGapCycles = 3 });
        completed = 0;
        bus.Reset(4);
        while (bus.Cycles < cycles)
        {
            if (master.Pending < 4)
            {
                AxiRequest next = traffic.Next();
                master.Enqueue(rewrite is null ? next : rewrite(next));
            }

            if (resetsEvery > 0 && bus.Cycles % resetsEvery == 0)
            {
                bus.Reset(4);
            }

            bus.Step();
            while (master.TryTake(out AxiCompletion done))
            {
                completed++;
                ended?.Invoke(done);
            }
        }

        // A slave that lost something leaves the master waiting: that has its limit too.
        for (long limit = bus.Cycles + 20_000; master.Pending > 0 && bus.Cycles < limit;)
        {
            bus.Step();
        }

        for (int quiet = 0; quiet < 600; quiet++)
        {
            bus.Step();
        }

        return checker.Finish();
    }

    /// <summary>The rules that fail, recommendations apart.</summary>
    public static string[] Broken(AxiVerdict verdict) =>
        [.. verdict.Rules.Where(rule => rule.Violated > 0 && rule.Rule.Severity == AxiSeverity.Error).Select(rule => rule.Rule.Id).Order(StringComparer.Ordinal)];

    public static string[] Violations(AxiVerdict verdict) =>
        [.. verdict.Rules.Where(rule => rule.Violated > 0).SelectMany(rule => rule.Findings.Take(1).Select(finding => $"{rule.Rule.Id} {finding}"))];
}
