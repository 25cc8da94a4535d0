using BenchmarkDotNet.Attributes;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Bench.Axi;

/// <summary>A master and a slave on one interface, no checker: cycles a second, the model of the slave beside the same slave in SystemVerilog.</summary>
public class LinkBenchmarks
{
    /// <summary>Cycles of an iteration.</summary>
    public const int Cycles = 1_000_000;

    private const int Waiting = 4;
    private const ulong WindowBytes = 64 << 10;

    private AxiMaster master = new(AxiBusShape.ProfileA, new AxiMasterOptions());
    private AxiBus? bus;
    private IAxiSlave? slave;
    private AxiRequest[] requests = [];
    private int next;

    /// <summary>The library of the Verilated slave; null where it could not be built.</summary>
    internal static string? Library { get; set; }

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Model))]
    public void PrepareModel()
    {
        Begin(new AxiMemorySlave(AxiBusShape.ProfileA, new AxiSlaveOptions(), new AxiSparseMemory(mostPages: 64)));
        RowLoad.Begin(nameof(Model), 1);
    }

    /// <summary>The slave model.</summary>
    [Benchmark(OperationsPerInvoke = Cycles)]
    public void Model() => Run();

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Verilated))]
    public void PrepareVerilated()
    {
        Begin(new VerilatedSlave(Library ?? throw new InvalidOperationException("no Verilated slave was built")));
        RowLoad.Begin(nameof(Verilated), 1);
    }

    /// <summary>rtl/axi_memory.sv behind its C ABI.</summary>
    [Benchmark(OperationsPerInvoke = Cycles)]
    public void Verilated() => Run();

    /// <summary>Ends the row.</summary>
    [GlobalCleanup]
    public void End()
    {
        RowLoad.End();
        (slave as IDisposable)?.Dispose();
        slave = null;
    }

    // The requests are made beforehand: what is measured is the pins.
    private void Begin(IAxiSlave measured)
    {
        slave = measured;
        AxiTraffic traffic = new(AxiBusShape.ProfileA, new AxiTrafficOptions { Seed = 7, WindowBytes = WindowBytes });
        requests = [.. Enumerable.Range(0, 4096).Select(_ => traffic.Next())];
        next = 0;
        master = new AxiMaster(AxiBusShape.ProfileA, new AxiMasterOptions());
        bus = new AxiBus(master, measured, []);
        bus.Reset(cycles: 4);
    }

    private void Run()
    {
        RowLoad.Count(Cycles);
        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            if (master.Pending < Waiting)
            {
                master.Enqueue(requests[next++ % requests.Length]);
            }

            bus!.Step();
            while (master.TryTake(out AxiCompletion done))
            {
                if (done.Response != AxiResponse.Okay)
                {
                    throw new InvalidOperationException($"request {done.Ticket} was answered {done.Response}");
                }
            }
        }
    }
}
