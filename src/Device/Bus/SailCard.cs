using Spanker.Conformance.Axi4;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>How a card computes OUT from the operands in its own memory.</summary>
internal delegate void CardCompute(in MatmulCall call);

/// <summary>A simulated Sail at its pins: a slave of generation A, the card's memory, and the unit that does one command after another.</summary>
internal sealed unsafe class SailCard : IAxiSlave, IDisposable
{
    /// <summary>Clocks from a command to its end. What a product costs a card is no matter of this model.</summary>
    private const int CommandCycles = 16;

    private readonly AxiBusShape shape;
    private readonly CardCompute compute;
    private readonly SailMemory memory = new();
    private readonly IAxiSlave slave;
    private MatmulCommand command;
    private int cyclesLeft;

    public SailCard(AxiBusShape shape, AxiSlaveOptions options, IReadOnlyList<AxiPinFault> pinFaults, CardCompute compute)
    {
        this.shape = shape;
        this.compute = compute;
        Log = new(shape);
        AxiMemorySlave plain = new(shape, options, memory);
        slave = pinFaults.Count == 0 ? plain : new AxiFaultySlave(plain, pinFaults);
    }

    /// <summary>What the pins have seen.</summary>
    public CardLog Log { get; }

    public void Evaluate(ref AxiCycle pins) => slave.Evaluate(ref pins);

    public void Clock(in AxiCycle pins)
    {
        slave.Clock(pins);
        Log.Clock(pins);
        if (pins.Reset != AxiBit.Low)
        {
            memory.Reset();
            cyclesLeft = 0;
            return;
        }

        if (cyclesLeft == 0 && memory.Commands.TryDequeue(out command))
        {
            cyclesLeft = CommandCycles;
            memory.Status = memory.Status with { State = SailState.Busy };
        }
        else if (cyclesLeft > 0 && --cyclesLeft == 0)
        {
            bool isDone = TryCompute();
            memory.Status = new(isDone ? SailState.Idle : SailState.Failed, command.Tag, memory.Status.Ended + 1);
        }
    }

    /// <summary>The bus word at an address, as a read would return it.</summary>
    public void ReadState(ulong address, Span<ulong> word) => memory.Read(address & ~((ulong)shape.DataBytes - 1), word);

    public void Dispose() => memory.Dispose();

    private bool TryCompute()
    {
        UInt128 aBytes = MatmulChecks.OperandBytes(command.M, command.K);
        UInt128 bBytes = MatmulChecks.OperandBytes(command.N, command.K);
        UInt128 outputBytes = MatmulChecks.OutputBytes(command.M, command.N);
        bool isKnown = command is { Opcode: MatmulCommand.MatmulQ4K, A: SailMap.WindowA, B: SailMap.WindowB, Output: SailMap.WindowOut };
        if (!isKnown || UInt128.Max(UInt128.Max(aBytes, bBytes), outputBytes) > CardWindow.MostBytes
            || !memory.A.TryReserve((ulong)aBytes) || !memory.B.TryReserve((ulong)bBytes) || !memory.Output.TryReserve((ulong)outputBytes))
        {
            return false;
        }

        OperandView a = new(memory.A.Start, (ulong)aBytes);
        OperandView b = new(memory.B.Start, (ulong)bBytes);
        if (outputBytes == 0)
        {
            return true;
        }

        compute(new MatmulCall(a, b, new OutputView(memory.Output.Start, (ulong)outputBytes), m: command.M, k: command.K, n: command.N));
        return true;
    }
}
