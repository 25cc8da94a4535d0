using Spanker.Conformance.Axi4;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>What a dump says of one valid/ready stream.</summary>
/// <param name="Interface">The signals, the clock and the reset.</param>
/// <param name="Shape">Its pins, and whether x can be seen.</param>
/// <param name="Verdict">Every rule.</param>
/// <param name="Incomplete">Why the dump does not tell all, in a line; null if it does.</param>
public sealed record VcdStreamVerdict(VcdInterface Interface, StreamShape Shape, StreamVerdict Verdict, string? Incomplete);

/// <summary>Holds the valid/ready streams of a VCD file against the rules of streams.</summary>
public static class VcdStreamCheck
{
    /// <summary>Judges every stream among <paramref name="found"/>, one pass each.</summary>
    /// <param name="open">Opens the dump at its beginning.</param>
    /// <param name="found">Interfaces of the dump, with their clocks; those that are no streams are left out.</param>
    /// <param name="options">Waits and limits.</param>
    /// <param name="cancellation">Ends the work between two cycles.</param>
    /// <exception cref="VcdException">The file is no VCD file.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<VcdStreamVerdict> Check(Func<Stream> open, IReadOnlyList<VcdInterface> found, AxiCheckOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(found);
        return [.. found.Where(each => each.Kind == VcdInterfaceKind.Stream).Select(each => Check(open, each, options, cancellation))];
    }

    private static VcdStreamVerdict Check(Func<Stream> open, VcdInterface found, AxiCheckOptions options, CancellationToken cancellation)
    {
        using Stream stream = open();
        VcdReader reader = new(stream);
        VcdVariable clock = found.Clock ?? throw new ArgumentException($"{found.Name} was found without a clock", nameof(found));
        VcdPort[] payload = [.. found.Ports.Where(port => StreamRules.PayloadRoles.Contains(port.Role))];
        StreamShape shape = new([.. payload.Select(port => new StreamPin(port.Role, port.Variable.WidthBits))])
        {
            HasReset = found.Reset is not null,
            IsFourState = VcdBusCycles.IsFourState(reader.Header),
        };
        List<VcdVariable> sampled = [found.Find("valid")!.Value, found.Find("ready")!.Value, .. payload.Select(port => port.Variable)];
        if (found.Reset is VcdReset reset)
        {
            sampled.Add(reset.Variable);
        }

        VcdSampler sampler = new(reader, clock, sampled);
        StreamChecker checker = new(shape, options);
        StreamCycle cycle = new(shape);
        while (sampler.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (sampler.IsAfterGap)
            {
                checker.Gap();
            }

            cycle.Valid = BitOf(sampler, 0);
            cycle.Ready = BitOf(sampler, 1);
            for (int pin = 0; pin < payload.Length; pin++)
            {
                cycle.Set(pin, sampler.Value(pin + 2), sampler.Unknown(pin + 2));
            }

            if (found.Reset is VcdReset { IsActiveHigh: bool isActiveHigh })
            {
                AxiBit bit = BitOf(sampler, sampled.Count - 1);
                cycle.Reset = bit == AxiBit.Unknown || isActiveHigh ? bit : bit ^ AxiBit.High;
            }

            checker.Push(cycle);
        }

        StreamVerdict verdict = checker.Finish();
        return new(found, shape, verdict, reader.Incomplete ?? (verdict.IsComplete ? null : "VALID waited at the end of the dump, and no quiet window had passed"));
    }

    private static AxiBit BitOf(VcdSampler sampler, int index) => sampler.IsHigh(index) ? AxiBit.High : sampler.IsLow(index) ? AxiBit.Low : AxiBit.Unknown;
}
