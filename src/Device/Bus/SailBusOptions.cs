using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Device;

/// <summary>How a simulated Sail and its host use the bus between them; the defaults keep generation A, and let either end wait now and then.</summary>
public sealed record SailBusOptions
{
    // Of 256: enough that what must hold while a channel waits is seen to hold, in a call of a few bursts too.
    private const int Rarely = 12;
    private const int Sometimes = 96;

    /// <summary>The widths of the bus.</summary>
    public AxiBusShape Shape { get; init; } = AxiBusShape.ProfileA;

    /// <summary>The host's end.</summary>
    public AxiMasterOptions Master { get; init; } = new() { AddressStall = Rarely, DataStall = Rarely, ResponseStall = Rarely };

    /// <summary>The card's end.</summary>
    public AxiSlaveOptions Slave { get; init; } = new() { AddressStall = Sometimes, DataStall = Rarely, ResponseStall = Rarely };

    /// <summary>Wires of the host that go wrong.</summary>
    public IReadOnlyList<AxiPinFault> HostPinFaults { get; init; } = [];

    /// <summary>Wires of the card that go wrong.</summary>
    public IReadOnlyList<AxiPinFault> CardPinFaults { get; init; } = [];

    /// <summary>Changes the requests that the host makes of a transfer, before they are issued; null leaves them.</summary>
    public Func<AxiRequest, AxiRequest>? Rewrite { get; init; }

    /// <summary>How the host splits a transfer of so many bytes from an address on into bursts; null for pages of 4 KiB at most.</summary>
    public Func<ulong, ulong, IEnumerable<AxiBurst>>? Split { get; init; }
}
