using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>A master of the suite's own at a card's pins, under a watch.</summary>
public sealed class CardBench
{
    /// <summary>Clocks that a request may take before it is given up.</summary>
    public const int RequestCycles = 20_000;

    /// <summary>Clocks without anything to do at the end.</summary>
    private const int QuietCycles = 2048;

    private readonly AxiMaster master;
    private readonly AxiBus bus;
    private readonly BusWatch watch;
    private readonly List<AxiCompletion> completions = [];

    /// <summary>Connects a master to the card of a device, and resets the bus.</summary>
    public CardBench(IBusDevice device, AxiMasterOptions pace, ulong seed, IReadOnlyList<IAxiProbe> probes)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(pace);
        master = new(device.BusShape, pace with { Seed = seed });
        watch = BusWatch.OfCard(device);
        bus = new(master, device.Card, [.. watch.Probes, .. probes]);
        bus.Reset(cycles: 4);
    }

    /// <summary>What has ended so far, in the order of the ends.</summary>
    public IReadOnlyList<AxiCompletion> Completions => completions;

    /// <summary>Requests that have not ended.</summary>
    public int Pending => master.Pending;

    /// <summary>Takes a request; its ticket counts from 0.</summary>
    public long Enqueue(AxiRequest request) => master.Enqueue(request);

    /// <summary>Runs until fewer than <paramref name="pending"/> requests are left; false if the card does not get there.</summary>
    public bool TryRunTo(int pending)
    {
        using CallClock.Scope call = CallClock.Enter();
        for (long limit = bus.Cycles + RequestCycles; master.Pending >= pending;)
        {
            if (bus.Cycles >= limit)
            {
                return false;
            }

            bus.Step();
            while (master.TryTake(out AxiCompletion done))
            {
                completions.Add(done);
                limit = bus.Cycles + RequestCycles;
            }
        }

        return true;
    }

    /// <summary>Runs for so many cycles.</summary>
    public void Run(int cycles)
    {
        using CallClock.Scope call = CallClock.Enter();
        for (int i = 0; i < cycles; i++)
        {
            bus.Step();
            while (master.TryTake(out AxiCompletion done))
            {
                completions.Add(done);
            }
        }
    }

    /// <summary>Resets the bus, whatever is under way.</summary>
    public void Reset()
    {
        bus.Reset(cycles: 4);
        Run(1);
    }

    /// <summary>Runs dry, and notes what became of the rules.</summary>
    public AxiVerdict Judge(CaseRecord record)
    {
        Run(QuietCycles);
        return watch.Judge(record);
    }
}
