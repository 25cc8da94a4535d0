using System.Globalization;
using System.Runtime.InteropServices;
using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Bench.Axi;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>The Verilated memory at the slave's end of the model's bus.</summary>
public sealed class VerilatedSlaveTests
{
    private const int Requests = 300;

    // The stalls of either side are no deadlock.
    private static readonly AxiCheckOptions Options = AxiCheckOptions.GenerationA with { DeadlockCycles = 4096 };

    [Property(MaxTest = 12)]
    public void Legal_traffic_breaks_no_rule_on_the_pins(ulong seed)
    {
        AxiChecker checker = new(AxiBusShape.ProfileA, Options);
        using VerilatedSlave slave = new(BuiltSlave.Library);

        _ = Answers(slave, seed, checker);

        Assert.Empty(checker.Finish().Rules.Where(result => result.Outcome == AxiOutcome.Fail && result.Rule.Severity == AxiSeverity.Error).Select(result => $"{result.Rule.Id}: {result.Findings[0]}"));
    }

    [Property(MaxTest = 12)]
    public void The_Verilated_memory_and_the_model_answer_alike(ulong seed)
    {
        AxiMemorySlave model = new(AxiBusShape.ProfileA, new AxiSlaveOptions { AcceptsDataAhead = true }, new AxiSparseMemory(mostPages: 64));
        using VerilatedSlave slave = new(BuiltSlave.Library);

        Assert.Equal(Answers(model, seed), Answers(slave, seed));
    }

    [Fact]
    public void Two_slaves_are_independent()
    {
        using VerilatedSlave one = new(BuiltSlave.Library);
        using VerilatedSlave other = new(BuiltSlave.Library);
        AxiRequest write = new() { IsRead = false, Burst = new(0x1000, beats: 1, size: 5, AxiBurstKind.Incr), Data = new ulong[] { 1, 2, 3, 4 } };
        ulong[] read = [9, 9, 9, 9];

        Run(one, [write]);
        Run(other, [new() { IsRead = true, Burst = write.Burst, Destination = read }]);

        Assert.Equal([0, 0, 0, 0], read);
    }

    [Fact]
    public void The_pins_lie_where_the_header_puts_them()
    {
        string[] names = [.. typeof(VerilatedPins).GetFields().Where(field => !field.IsLiteral).Select(field => field.Name)];
        string source = BuildFolder.PathOf("pins_probe.c");
        string lines = string.Concat(names.Select(name => $"  printf(\"{name} %zu\\n\", offsetof(struct spanker_axi_pins, {name.ToLowerInvariant()}));\n"));
        File.WriteAllText(source, $"#include <stddef.h>\n#include <stdio.h>\n#include \"spanker_axi_slave.h\"\nint main(void) {{\n{lines}  printf(\"sizeof %zu\\n\", sizeof(struct spanker_axi_pins));\n}}\n");
        string probe = BuildFolder.PathOf("pins_probe");
        _ = ToolRun.OutputOf("gcc", "gcc and libc6-dev", BuildFolder.Root, "-std=c99", "-Wall", "-Werror", "-I" + RepositoryRoot.File("rtl/abi"), "-o", probe, source);

        string[] expected = [.. names.Select(name => $"{name} {Marshal.OffsetOf<VerilatedPins>(name)}"), string.Create(CultureInfo.InvariantCulture, $"sizeof {Marshal.SizeOf<VerilatedPins>()}")];
        Assert.Equal(expected, ToolRun.OutputOf(probe, "gcc", BuildFolder.Root).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Every answer to traffic of a seed: responses, and data that was read.</summary>
    private static List<string> Answers(IAxiSlave slave, ulong seed, params AxiChecker[] probes)
    {
        AxiTraffic traffic = new(AxiBusShape.ProfileA, new AxiTrafficOptions { Seed = seed, Base = 0x4000, MaxGapCycles = 3 });
        List<AxiRequest> requests = [];
        for (int i = 0; i < Requests; i++)
        {
            // One after the other: what a read beside a write sees is not said.
            requests.Add(traffic.Next() with { After = i - 1 });
        }

        AxiCompletion[] done = Run(slave, requests, probes);
        return [.. requests.Select((request, i) => $"{request.Burst} {done.Single(each => each.Ticket == i)} {string.Join(' ', request.Destination.ToArray())}")];
    }

    private static AxiCompletion[] Run(IAxiSlave slave, List<AxiRequest> requests, params AxiChecker[] probes)
    {
        const long MostCycles = 2_000_000;
        AxiMaster master = new(AxiBusShape.ProfileA, new AxiMasterOptions { Seed = 7, DataStall = 40, ResponseStall = 60, MaxDataLagCycles = 3, MaxDataLeadCycles = 3 });
        AxiBus bus = new(master, slave, probes);
        bus.Reset(4);
        foreach (AxiRequest request in requests)
        {
            _ = master.Enqueue(request);
        }

        List<AxiCompletion> done = [];
        while (done.Count < requests.Count && bus.Cycles < MostCycles)
        {
            bus.Step();
            while (master.TryTake(out AxiCompletion completion))
            {
                done.Add(completion);
            }
        }

        for (int quiet = 0; quiet < 200; quiet++)
        {
            bus.Step();
        }

        return [.. done];
    }
}
