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

    /// <summary>Finds the AXI4 interfaces of a dump and judges them, one pass each.</summary>
    /// <param name="open">Opens the dump at its beginning.</param>
    /// <param name="map">Names the interfaces; null to find them.</param>
    /// <param name="options">Profile, waits and limits.</param>
    /// <param name="keepsTransactions">Whether the transactions are wanted.</param>
    /// <param name="cancellation">Ends the work between two cycles.</param>
    /// <returns>Empty if the dump has no AXI4 interface.</returns>
    /// <exception cref="VcdException">The file is no VCD file, or it does not say which signals are meant.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<BusVerdict> Check(
        Func<Stream> open, VcdMap? map, AxiCheckOptions options, bool keepsTransactions, CancellationToken cancellation) =>
        Check(open, VcdDiscovery.Discover(open, map, only: VcdInterfaceKind.Axi4), options, keepsTransactions, cancellation);

    /// <summary>Judges every AXI4 interface among <paramref name="found"/>, one pass each.</summary>
    /// <param name="open">Opens the dump at its beginning.</param>
    /// <param name="found">Interfaces of the dump, with their clocks; those that are not AXI4 are left out.</param>
    /// <param name="options">Profile, waits and limits.</param>
    /// <param name="keepsTransactions">Whether the transactions are wanted.</param>
    /// <param name="cancellation">Ends the work between two cycles.</param>
    /// <exception cref="VcdException">The file is no VCD file.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<BusVerdict> Check(
        Func<Stream> open, IReadOnlyList<VcdInterface> found, AxiCheckOptions options, bool keepsTransactions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(found);
        return [.. found.Where(each => each.Kind == VcdInterfaceKind.Axi4).Select(each => Check(open, each, options, keepsTransactions, cancellation))];
    }

    private static BusVerdict Check(Func<Stream> open, VcdInterface found, AxiCheckOptions options, bool keepsTransactions, CancellationToken cancellation)
    {
        using VcdBusCycles cycles = new(open, found);
        AxiRecorder? recorder = keepsTransactions ? new AxiRecorder(cycles.Shape, MostTransactionBytes) : null;
        AxiChecker checker = new(cycles.Shape, options, recorder);
        cycles.PushTo(checker, cancellation);
        AxiVerdict verdict = checker.Finish();
        string? incomplete = cycles.Incomplete is string cut ? cut
            : recorder is { NotKept: > 0 and long more } ? $"{more} transactions more than {MostTransactionBytes >> 20} MiB hold are not listed"
            : verdict.Limit ?? (verdict.IsComplete ? null : "something was under way at the end of the dump, and no quiet window had passed");
        return new BusVerdict(found, cycles.Shape, verdict, recorder?.Transactions ?? [], incomplete);
    }
}
