using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Device;

/// <summary>
/// What a card's pins have seen: the last transactions, and the phases of a call (CONTRACT MM-9) as the traffic shows them, whatever the host says it did.
/// Bursts that continue one another in a window are one phase; its length counts whole beats. Reads of the status are no phase.
/// </summary>
internal sealed class CardLog(AxiBusShape shape)
{
    /// <summary>How many transactions are remembered.</summary>
    public const int Remembered = 1024;

    // A call has four; who reads none of them must not fill the memory.
    private const int MostPhases = 4096;

    private readonly Queue<BusTransaction> last = new();
    private readonly List<BusPhase> phases = [];
    private readonly ulong[] command = new ulong[MatmulCommand.Words];
    private AxiBurst write;
    private bool hasWrite;
    private int dataWords;
    private ulong next;

    public IReadOnlyList<BusTransaction> Last(int count) => [.. last.Skip(Math.Max(0, last.Count - count))];

    public IReadOnlyList<BusPhase> TakePhases()
    {
        BusPhase[] taken = [.. phases];
        phases.Clear();
        return taken;
    }

    public void Clock(in AxiCycle pins)
    {
        if (pins.Reset != AxiBit.Low)
        {
            (hasWrite, dataWords) = (false, 0);
            return;
        }

        // The end of a write before the next one's address, which may come in the same cycle.
        if (pins.B.Valid == AxiBit.High && pins.B.Ready == AxiBit.High && hasWrite)
        {
            NoteWrite();
            (hasWrite, dataWords) = (false, 0);
        }

        if (pins.Aw.Valid == AxiBit.High && pins.Aw.Ready == AxiBit.High)
        {
            write = shape.BurstOf(pins.Aw, isRead: false);
            hasWrite = true;
            Remember(new(IsRead: false, write.Address, write.Beats));
        }

        if (pins.W.Valid == AxiBit.High && pins.W.Ready == AxiBit.High)
        {
            KeepData(pins.W);
        }

        if (pins.Ar.Valid == AxiBit.High && pins.Ar.Ready == AxiBit.High)
        {
            AxiBurst read = shape.BurstOf(pins.Ar, isRead: true);
            Remember(new(IsRead: true, read.Address, read.Beats));
            NoteRead(read);
        }
    }

    private void Remember(BusTransaction done)
    {
        if (last.Count == Remembered)
        {
            last.Dequeue();
        }

        last.Enqueue(done);
    }

    // Only a command's first beats are looked at.
    private void KeepData(in AxiWriteDataPins pins)
    {
        ReadOnlySpan<ulong> words = pins.Data;
        if (dataWords + shape.DataWords <= command.Length)
        {
            words[..shape.DataWords].CopyTo(command.AsSpan(dataWords));
            dataWords += shape.DataWords;
        }
    }

    private void NoteWrite()
    {
        if (SailMap.WindowOf(write.Address) is string window)
        {
            bool continues = phases.Count > 0 && phases[^1] is WritePhase before && before.Window == window && write.Address == next;
            ulong length = (ulong)write.TotalBytes + (continues ? ((WritePhase)phases[^1]).LengthBytes : 0);
            Put(new WritePhase(window, length), continues);
            next = write.AlignedAddress + (ulong)write.TotalBytes;
        }
        else if (write.Address == SailMap.CommandFifo && dataWords == command.Length)
        {
            MatmulCommand submitted = MatmulCommand.Read(command);
            string kind = submitted.Opcode == MatmulCommand.MatmulQ4K ? MatmulPhases.Kind : $"opcode {submitted.Opcode}";
            Put(new ComputeSubmitPhase(kind, submitted.M, submitted.K, submitted.N), replacesLast: false);
        }
        else
        {
            Put(new WritePhase($"0x{write.Address:x12}", (ulong)write.TotalBytes), replacesLast: false);
        }
    }

    private void NoteRead(in AxiBurst read)
    {
        if (read.Address == SailMap.Status)
        {
            return;
        }

        string window = SailMap.WindowOf(read.Address) ?? $"0x{read.Address:x12}";
        bool continues = phases.Count > 0 && phases[^1] is ReadPhase before && before.Window == window && read.Address == next;
        ulong length = (ulong)read.TotalBytes + (continues ? ((ReadPhase)phases[^1]).LengthBytes : 0);
        Put(new ReadPhase(window, length), continues);
        next = read.AlignedAddress + (ulong)read.TotalBytes;
    }

    private void Put(BusPhase phase, bool replacesLast)
    {
        if (phases.Count == MostPhases && !replacesLast)
        {
            return;
        }

        if (replacesLast)
        {
            phases[^1] = phase;
        }
        else
        {
            phases.Add(phase);
        }
    }
}
