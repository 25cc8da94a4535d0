namespace Spanker.Conformance.Axi4;

/// <summary>
/// The master's end of an interface (a bus functional model): requests in, pins out, one call a clock. Reads and writes are independent; within a direction
/// addresses and data go out in the order of the requests. All of its pins come from registers.
/// </summary>
/// <example>
/// <code>
/// AxiMaster master = new(AxiBusShape.ProfileA, new AxiMasterOptions());
/// long ticket = master.Enqueue(new AxiRequest { IsRead = true, Burst = new(0x1000, beats: 4, size: 5, AxiBurstKind.Incr), Destination = words });
/// AxiBus bus = new(master, slave, checker);
/// while (!master.TryTake(out AxiCompletion done)) { bus.Step(); }
/// </code>
/// </example>
public sealed class AxiMaster
{
    private readonly MasterWrites writes;
    private readonly MasterReads reads;
    private readonly Queue<AxiCompletion> completions = new();
    private long tickets;

    /// <summary>A master for an interface.</summary>
    public AxiMaster(AxiBusShape shape, AxiMasterOptions options)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxOutstanding, 1);
        EndedRequests ended = new(completions);
        writes = new(shape, options, ended);
        reads = new(shape, options, ended);
    }

    /// <summary>Requests that have not ended.</summary>
    public int Pending => writes.Pending + reads.Pending;

    /// <summary>B and R that belong to no request: the slave made them up. They are dropped.</summary>
    public long StrayResponses => writes.Strays + reads.Strays;

    /// <summary>Takes a request; its ticket counts from 0.</summary>
    public long Enqueue(AxiRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.After >= tickets)
        {
            throw new ArgumentException($"request {tickets} cannot come after {request.After}, which does not exist yet", nameof(request));
        }

        if (request.IsRead)
        {
            reads.Enqueue(request, tickets);
        }
        else
        {
            writes.Enqueue(request, tickets);
        }

        return tickets++;
    }

    /// <summary>The next request that has ended, in the order of their ends.</summary>
    public bool TryTake(out AxiCompletion done) => completions.TryDequeue(out done);

    /// <summary>Sets the master's pins for this cycle.</summary>
    public void Drive(ref AxiCycle pins)
    {
        writes.Drive(ref pins);
        reads.Drive(ref pins);
    }

    /// <summary>The rising edge, with the pins as they were sampled. A reset ends every request.</summary>
    public void Clock(in AxiCycle pins)
    {
        if (pins.Reset != AxiBit.Low)
        {
            writes.Abort();
            reads.Abort();
            return;
        }

        writes.Clock(pins);
        reads.Clock(pins);
    }
}
