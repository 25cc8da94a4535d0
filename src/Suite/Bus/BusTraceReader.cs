using Spanker.Conformance.Axi4;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>Reads traces from files of any form.</summary>
public static class BusTraceReader
{
    /// <summary>The traces of a dump, one an AXI4 interface, recorded by the checker.</summary>
    /// <param name="open">Opens the dump at its beginning.</param>
    /// <param name="map">Names the interfaces; null to find them.</param>
    /// <param name="cancellation">Ends the work between two cycles.</param>
    /// <returns>Empty if the dump has no AXI4 interface.</returns>
    /// <exception cref="VcdException">The file is no VCD file, or it does not say which signals are meant.</exception>
    public static IReadOnlyList<BusTrace> ReadDump(Func<Stream> open, VcdMap? map, CancellationToken cancellation) =>
        [.. VcdBusCheck.Check(open, map, AxiCheckOptions.Default, keepsTransactions: true, cancellation).Select(verdict => new BusTrace(
            verdict.Interface.Name,
            AxiTrace.Of(verdict.Shape, [.. verdict.Transactions.Take(AxiTraceLimits.MostTransactions)]),
            verdict.Transactions.Count > AxiTraceLimits.MostTransactions ? $"it has more than the {AxiTraceLimits.MostTransactions} transactions of a trace" : verdict.Incomplete))];

    /// <summary>A trace that is written as such.</summary>
    /// <exception cref="AxiTraceException">It is none.</exception>
    public static AxiTrace ReadTrace(ReadOnlyMemory<byte> utf8, BusFileFormat format) => format switch
    {
        BusFileFormat.Text => AxiTraceText.Parse(utf8.Span),
        BusFileFormat.Json => AxiTraceJson.Parse(utf8),
        BusFileFormat.Yaml => AxiTraceYaml.Parse(utf8.Span),
        _ => throw new ArgumentException($"{format} is no written trace", nameof(format)),
    };
}
