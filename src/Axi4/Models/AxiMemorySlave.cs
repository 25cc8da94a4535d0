namespace Spanker.Conformance.Axi4;

/// <summary>
/// A memory at the slave's end of an interface, one call a clock. What it refuses (narrow beats, WRAP) is answered SLVERR, has no effect and reads as zero.
/// All of its pins come from registers, unless a fault wants it otherwise.
/// </summary>
public sealed class AxiMemorySlave : IAxiSlave
{
    private readonly SlaveWrites writes;
    private readonly SlaveReads reads;
    private readonly AxiSlaveFault fault;

    /// <summary>A slave of an interface with <paramref name="memory"/> behind it.</summary>
    public AxiMemorySlave(AxiBusShape shape, AxiSlaveOptions options, IAxiMemory memory)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxOutstanding, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LatencyCycles, 1);
        fault = options.Fault;
        writes = new(shape, options, memory);
        reads = new(shape, options, memory);
    }

    /// <inheritdoc/>
    public void Evaluate(ref AxiCycle pins)
    {
        writes.Evaluate(ref pins);
        reads.Evaluate(ref pins);
    }

    /// <inheritdoc/>
    public void Clock(in AxiCycle pins)
    {
        if (pins.Reset != AxiBit.Low)
        {
            writes.Reset(keeps: fault == AxiSlaveFault.AnswersAfterReset);
            reads.Reset(keeps: fault == AxiSlaveFault.AnswersAfterReset);
            return;
        }

        writes.Clock(pins);
        reads.Clock(pins, writes.LastBeats);
    }
}
