using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Device;

/// <summary>A device whose AXI4 bus can be watched, driven and asked (CONTRACT AXI).</summary>
public interface IBusDevice : IDevice
{
    /// <summary>Widths and pins of the bus.</summary>
    AxiBusShape BusShape { get; }

    /// <summary>First and last address of memory, pages of 4 KiB and four of them at least, that only a master writes: where the suite's own may read and write.</summary>
    (ulong First, ulong Last) Memory { get; }

    /// <summary>The card's end of the bus, for a master of the caller's own; its clock is then the caller's.</summary>
    IAxiSlave Card { get; }

    /// <summary>From now on shows every cycle between the host and the card to <paramref name="probe"/>.</summary>
    void Attach(IAxiProbe probe);

    /// <summary>Lets the clock run with nothing asked for.</summary>
    void RunIdle(int cycles);

    /// <summary>The bus word at an address, as a read would return it, without traffic (CONTRACT AXI-7).</summary>
    void ReadState(ulong address, Span<ulong> word);

    /// <summary>The last transactions that the card has seen, oldest first: as many as asked for, if so many were, up to 16 or more (CONTRACT AXI-7).</summary>
    IReadOnlyList<BusTransaction> LastTransactions(int count);
}
