using Spanker.Conformance.Axi4;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>What a dump says of one AXI4 interface.</summary>
/// <param name="Interface">The signals, the clock and the reset.</param>
/// <param name="Shape">Widths, pins, and whether x can be seen.</param>
/// <param name="Verdict">Every rule.</param>
/// <param name="Transactions">What finished, in the order of the address handshakes; empty where they were not asked for.</param>
/// <param name="Incomplete">Why the dump does not tell all, in a line; null if it does.</param>
public sealed record BusVerdict(
    VcdInterface Interface, AxiBusShape Shape, AxiVerdict Verdict, IReadOnlyList<AxiTransaction> Transactions, string? Incomplete);

/// <summary>Holds the AXI4 interfaces of a VCD file against the rules.</summary>
public static class VcdBusCheck
{
    /// <summary>The memory that the transactions of an interface may take; a trace with more is judged by the rules and listed up to there.</summary>
    public const long MostTransactionBytes = 512L << 20;

    /// <summary>Judges every AXI4 interface, one pass each.</summary>
    /// <param name="open">Opens the dump at its beginning.</param>
    /// <param name="map">Names the interfaces; null to find them.</param>
    /// <param name="options">Profile, waits and limits.</param>
    /// <param name="keepsTransactions">Whether the transactions are wanted.</param>
    /// <param name="cancellation">Ends the work between two cycles.</param>
    /// <returns>Empty if the dump has no AXI4 interface.</returns>
    /// <exception cref="VcdException">The file is no VCD file, or it does not say which signals are meant.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<BusVerdict> Check(
        Func<Stream> open, VcdMap? map, AxiCheckOptions options, bool keepsTransactions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(open);
        IReadOnlyList<VcdInterface> found = VcdDiscovery.Discover(open, map);
        return [.. found.Where(each => each.Kind == VcdInterfaceKind.Axi4).Select(each => Check(open, each, options, keepsTransactions, cancellation))];
    }

    private static BusVerdict Check(Func<Stream> open, VcdInterface found, AxiCheckOptions options, bool keepsTransactions, CancellationToken cancellation)
    {
        using Stream stream = open();
        VcdReader reader = new(stream);
        VcdVariable clock = found.Clock ?? throw new InvalidOperationException($"{found.Name} was found without a clock");
        List<(AxiSignal Signal, VcdVariable Variable)> pins = [.. found.Ports.Where(port => SignalOf(port.Role) is not null).Select(port => (SignalOf(port.Role)!.Value, port.Variable))];
        if (found.Reset is VcdReset reset)
        {
            pins.Add((AxiSignal.Reset, reset.Variable));
        }

        AxiBusShape shape = ShapeOf(found, reader.Header);
        AxiRecorder? recorder = keepsTransactions ? new AxiRecorder(shape, MostTransactionBytes) : null;
        AxiChecker checker = new(shape, options, recorder);
        VcdSampler sampler = new(reader, clock, [.. pins.Select(pin => pin.Variable)]);
        AxiCycle cycle = default;
        bool resetIsLow = found.Reset is { IsActiveHigh: false };
        while (sampler.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (sampler.IsAfterGap)
            {
                checker.Gap();
            }

            for (int i = 0; i < pins.Count; i++)
            {
                if (pins[i].Signal == AxiSignal.Reset && resetIsLow)
                {
                    cycle.Set(AxiSignal.Reset, ~sampler.Value(i)[0] & 1, sampler.Unknown(i)[0]);
                }
                else
                {
                    cycle.Set(pins[i].Signal, sampler.Value(i), sampler.Unknown(i));
                }
            }

            checker.Push(cycle);
        }

        AxiVerdict verdict = checker.Finish();
        string? incomplete = reader.Incomplete is string cut ? cut
            : recorder is { NotKept: > 0 and long more } ? $"{more} transactions more than {MostTransactionBytes >> 20} MiB hold are not listed"
            : verdict.Limit ?? (verdict.IsComplete ? null : "something was under way at the end of the dump, and no quiet window had passed");
        return new BusVerdict(found, shape, verdict, recorder?.Transactions ?? [], incomplete);
    }

    private static AxiSignal? SignalOf(string role) => Enum.TryParse(role, ignoreCase: true, out AxiSignal signal) && signal != AxiSignal.Reset ? signal : null;

    private static AxiBusShape ShapeOf(VcdInterface found, VcdHeader header)
    {
        int Width(params string[] roles) => roles.Select(role => found.Find(role)?.WidthBits ?? 0).Max();
        int dataBits = Width("wdata", "rdata");
        AxiSignalSet signals = AxiSignalSet.Of([.. found.Ports.Select(port => SignalOf(port.Role)).OfType<AxiSignal>()]);
        try
        {
            return new AxiBusShape(dataBits == 0 ? 32 : dataBits, Math.Max(1, Width("awaddr", "araddr")), Width("awid", "arid", "bid", "rid"))
            {
                Signals = found.Reset is null ? signals : signals.With(AxiSignalSet.Of(AxiSignal.Reset)),

                // Verilator computes with 0 and 1 only; it signs as VerilatedVcd.
                IsFourState = header.Version?.Contains("Verilat", StringComparison.OrdinalIgnoreCase) != true,
            };
        }
        catch (ArgumentException wrong)
        {
            throw new VcdException($"interface '{found.Name}': {wrong.Message.Split(" (Parameter", 2)[0]}", "the widths of AXI4, or a map that names other signals");
        }
    }
}
