using Spanker.Conformance.Axi4;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>What one AXI4 interface of a dump amounted to.</summary>
/// <param name="Interface">The signals, the clock and the reset.</param>
/// <param name="Shape">Widths and pins.</param>
/// <param name="Metrics">What was measured.</param>
/// <param name="Incomplete">Why the dump does not tell all, in a line; null if it does.</param>
public sealed record BusMetrics(VcdInterface Interface, AxiBusShape Shape, AxiMetrics Metrics, string? Incomplete);

/// <summary>Measures the AXI4 interfaces of a VCD file.</summary>
public static class VcdBusMeter
{
    /// <summary>Finds every AXI4 interface and measures it, one pass each.</summary>
    /// <param name="open">Opens the dump at its beginning.</param>
    /// <param name="map">Names the interfaces; null to find them.</param>
    /// <param name="cancellation">Ends the work between two cycles.</param>
    /// <returns>Empty if the dump has no AXI4 interface.</returns>
    /// <exception cref="VcdException">The file is no VCD file, or it does not say which signals are meant.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<BusMetrics> Measure(Func<Stream> open, VcdMap? map, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(open);
        return [.. VcdDiscovery.Discover(open, map, only: VcdInterfaceKind.Axi4).Select(each => Measure(open, each, cancellation))];
    }

    private static BusMetrics Measure(Func<Stream> open, VcdInterface found, CancellationToken cancellation)
    {
        using VcdBusCycles cycles = new(open, found);
        AxiMeter meter = new(cycles.Shape);
        cycles.PushTo(meter, cancellation);
        AxiMetrics metrics = meter.Measure();
        return new(found, cycles.Shape, metrics, cycles.Incomplete ?? metrics.Limit);
    }
}
