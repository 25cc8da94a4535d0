using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Models;

/// <summary>Counts on the pins what only a slave with many outstanding can do.</summary>
internal sealed class OrderCount : IAxiProbe
{
    private readonly List<ulong> writes = [];
    private readonly List<ulong> reads = [];
    private ulong? open;

    /// <summary>Answers that came before that of an older request of the same direction.</summary>
    public (int Writes, int Reads) Overtaken { get; private set; }

    /// <summary>Beats of a read between two beats of another.</summary>
    public int Interleaved { get; private set; }

    public void Push(in AxiCycle pins)
    {
        if (pins.Reset != AxiBit.Low)
        {
            return;
        }

        if (pins.B.Valid == AxiBit.High && pins.B.Ready == AxiBit.High)
        {
            Overtaken = (Overtaken.Writes + End(writes, pins.B.Id), Overtaken.Reads);
        }

        if (pins.R.Valid == AxiBit.High && pins.R.Ready == AxiBit.High)
        {
            Interleaved += open is ulong before && before != pins.R.Id ? 1 : 0;
            open = pins.R.Last == AxiBit.High ? null : pins.R.Id;
            Overtaken = (Overtaken.Writes, Overtaken.Reads + (pins.R.Last == AxiBit.High ? End(reads, pins.R.Id) : 0));
        }

        // Behind the answers: none comes in the cycle of its request.
        Begin(writes, pins.Aw);
        Begin(reads, pins.Ar);
    }

    public void Gap()
    {
    }

    private static void Begin(List<ulong> waiting, in AxiAddressPins address)
    {
        if (address.Valid == AxiBit.High && address.Ready == AxiBit.High)
        {
            waiting.Add(address.Id);
        }
    }

    private static int End(List<ulong> waiting, ulong id)
    {
        int at = waiting.IndexOf(id);
        waiting.RemoveAt(at);
        return at > 0 ? 1 : 0;
    }
}
