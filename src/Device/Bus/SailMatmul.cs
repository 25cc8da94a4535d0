using System.Buffers.Binary;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Device;

/// <summary>
/// The host's side of a matmul on a card: operands go out in bursts that keep to 4 KiB pages, the command follows, its end is waited for, the result comes
/// back. Every wait has a limit.
/// </summary>
internal sealed class SailMatmul
{
    /// <summary>Clocks that a burst may take before the card is given up.</summary>
    private const int BurstCycles = 20_000;

    /// <summary>How often the status is read before the card is given up, and the clocks between.</summary>
    private const int Polls = 256;
    private const int PollGapCycles = 8;

    private const int BusBytes = 32;
    private const int BusWords = BusBytes / sizeof(ulong);
    private const int FullSize = 5;

    private readonly SailBusOptions options;
    private readonly AxiMaster master;
    private readonly AxiBus bus;
    private readonly ulong[] words;
    private readonly ulong[] commandWords = new ulong[MatmulCommand.Words];
    private readonly ulong[] statusWords = new ulong[BusWords];
    private uint tag;
    private bool isLost;

    public SailMatmul(AxiBusShape shape, IAxiSlave card, SailBusOptions options, IReadOnlyList<IAxiProbe> probes)
    {
        this.options = options;
        words = new ulong[AxiBurst.MaxBeats * BusWords];
        master = new(shape, options.Master);
        bus = new(master, card, probes, options.HostPinFaults);
        bus.Reset(cycles: 4);
    }

    /// <summary>Lets the clock run.</summary>
    public void RunIdle(int cycles)
    {
        for (int i = 0; i < cycles; i++)
        {
            bus.Step();
        }
    }

    /// <summary>Does one phase of a call; null is success.</summary>
    public DeviceError? Do(BusPhase phase, in MatmulCall call)
    {
        if (isLost)
        {
            // What hung before is swept away by a reset, as a driver does.
            isLost = false;
            bus.Reset(cycles: 4);
        }

        return phase switch
        {
            WritePhase { Window: "A" } write => Write(write, call.A),
            WritePhase { Window: "B" } write => Write(write, call.B),
            ComputeSubmitPhase submit => Submit(submit) ?? AwaitEnd(),
            ReadPhase { Window: "OUT" } read => Read(read, call),
            _ => throw new ArgumentException($"a host has no phase {phase}", nameof(phase)),
        };
    }

    private RuntimeError? Write(WritePhase phase, OperandView operand)
    {
        ulong windowBase = SailMap.BaseOf(phase.Window);
        foreach (AxiBurst burst in Split(windowBase, phase.LengthBytes))
        {
            ulong from = burst.Address - windowBase;
            Span<ulong> data = words.AsSpan(0, burst.Beats * BusWords);
            Fill(data, operand, from);
            RuntimeError? error = Run(new AxiRequest { IsRead = false, Burst = burst, Data = words.AsMemory(0, data.Length) });
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private IEnumerable<AxiBurst> Split(ulong address, ulong bytes) =>
        options.Split is null ? AxiDmaSplitter.Split(address, bytes, FullSize, AxiBurst.PageBytes / BusBytes) : options.Split(address, bytes);

    // The last beat of a window is filled up with zeros.
    private static void Fill(Span<ulong> data, OperandView operand, ulong from)
    {
        ulong left = operand.LengthBytes > from ? operand.LengthBytes - from : 0;
        int bytes = (int)Math.Min(left, (ulong)data.Length * sizeof(ulong));
        ReadOnlySpan<byte> source = operand.Slice(Math.Min(from, operand.LengthBytes), bytes);
        int whole = bytes / sizeof(ulong);
        for (int i = 0; i < whole; i++)
        {
            data[i] = BinaryPrimitives.ReadUInt64LittleEndian(source[(i * sizeof(ulong))..]);
        }

        data[whole..].Clear();
        for (int i = whole * sizeof(ulong); i < bytes; i++)
        {
            data[whole] |= (ulong)source[i] << (8 * (i % sizeof(ulong)));
        }
    }

    private RuntimeError? Submit(ComputeSubmitPhase phase)
    {
        MatmulCommand command = new(
            phase.Kind == MatmulPhases.Kind ? MatmulCommand.MatmulQ4K : 0, ++tag, phase.M, phase.K, phase.N, SailMap.WindowA, SailMap.WindowB, SailMap.WindowOut);
        command.Write(commandWords);
        return Run(new AxiRequest { IsRead = false, Burst = new(SailMap.CommandFifo, MatmulCommand.Beats, FullSize, AxiBurstKind.Fixed), Data = commandWords });
    }

    private RuntimeError? AwaitEnd()
    {
        AxiRequest poll = new()
        {
            IsRead = true,
            Burst = new(SailMap.Status, beats: 1, FullSize, AxiBurstKind.Incr),
            Destination = statusWords,
            GapCycles = PollGapCycles,
        };
        for (int i = 0; i < Polls; i++)
        {
            if (Run(poll) is RuntimeError error)
            {
                return error;
            }

            SailStatus status = SailStatus.Read(statusWords);
            if (status.Tag == tag && status.State != SailState.Busy)
            {
                return status.State == SailState.Idle ? null : Failed(SailMap.Status, $"command {tag} ended as {status.State}");
            }
        }

        return Failed(SailMap.Status, $"command {tag} did not end within {Polls} polls");
    }

    private RuntimeError? Read(ReadPhase phase, in MatmulCall call)
    {
        ulong needed = (ulong)UInt128.Min(MatmulChecks.OutputBytes(call.M, call.N), call.Output.LengthBytes);
        foreach (AxiBurst burst in Split(SailMap.WindowOut, phase.LengthBytes))
        {
            Memory<ulong> data = words.AsMemory(0, burst.Beats * BusWords);
            data.Span.Clear();
            if (Run(new AxiRequest { IsRead = true, Burst = burst, Destination = data }) is RuntimeError error)
            {
                return error;
            }

            ulong from = burst.Address - SailMap.WindowOut;
            int bytes = (int)Math.Min(needed > from ? needed - from : 0, (ulong)data.Length * sizeof(ulong));
            Span<byte> to = call.Output.Slice(Math.Min(from, call.Output.LengthBytes), bytes);
            for (int i = 0; i < bytes; i++)
            {
                to[i] = unchecked((byte)(data.Span[i / sizeof(ulong)] >> (8 * (i % sizeof(ulong)))));
            }
        }

        return null;
    }

    private RuntimeError? Run(AxiRequest request)
    {
        long ticket = master.Enqueue(options.Rewrite is null ? request : options.Rewrite(request));
        for (int i = 0; i < BurstCycles; i++)
        {
            bus.Step();
            while (master.TryTake(out AxiCompletion done))
            {
                if (done.Ticket == ticket)
                {
                    return done.Response == AxiResponse.Okay ? null : Failed(request.Burst.Address, $"answered {done.Response}");
                }
            }
        }

        isLost = true;
        return Failed(request.Burst.Address, $"no answer within {BurstCycles} clocks");
    }

    private static RuntimeError Failed(ulong address, string text) => new(new BusError(address, text));
}
