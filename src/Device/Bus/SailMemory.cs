using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Device;

/// <summary>What lies behind a simulated Sail's slave: the windows, the command FIFO and the status word (<see cref="SailMap"/>).</summary>
internal sealed class SailMemory : IAxiMemory, IDisposable
{
    private readonly ulong[] fifo = new ulong[MatmulCommand.Words];
    private int fifoWords;

    public CardWindow A { get; } = new();

    public CardWindow B { get; } = new();

    public CardWindow Output { get; } = new();

    /// <summary>What the status word says.</summary>
    public SailStatus Status { get; set; }

    /// <summary>Commands that were written and not yet begun.</summary>
    public Queue<MatmulCommand> Commands { get; } = new();

    public AxiResponse Read(ulong address, Span<ulong> words)
    {
        switch (address)
        {
            case SailMap.Status:
                Status.Write(words);
                return AxiResponse.Okay;
            case SailMap.CommandFifo:
                words.Clear();
                return AxiResponse.Okay;
            default:
                if (Window(address) is CardWindow window)
                {
                    window.Read(address % SailMap.WindowBytes, words);
                    return AxiResponse.Okay;
                }

                words.Clear();
                return AxiResponse.DecErr;
        }
    }

    public AxiResponse Write(ulong address, ReadOnlySpan<ulong> words, UInt128 strobe)
    {
        if (address == SailMap.CommandFifo)
        {
            Push(words);
            return AxiResponse.Okay;
        }

        return address == SailMap.Status ? AxiResponse.SlvErr
            : Window(address) is CardWindow window && window.TryWrite(address % SailMap.WindowBytes, words, strobe) ? AxiResponse.Okay
            : AxiResponse.DecErr;
    }

    /// <summary>What a reset does: commands are forgotten, half of one too. Windows keep what they hold.</summary>
    public void Reset()
    {
        Commands.Clear();
        fifoWords = 0;
        Status = default;
    }

    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
        Output.Dispose();
    }

    private CardWindow? Window(ulong address) => SailMap.WindowOf(address) switch
    {
        "A" => A,
        "B" => B,
        "OUT" => Output,
        _ => null,
    };

    private void Push(ReadOnlySpan<ulong> words)
    {
        words.CopyTo(fifo.AsSpan(fifoWords));
        fifoWords = (fifoWords + words.Length) % fifo.Length;
        if (fifoWords == 0)
        {
            Commands.Enqueue(MatmulCommand.Read(fifo));
        }
    }
}
