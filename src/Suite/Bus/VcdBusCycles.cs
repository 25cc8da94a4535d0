using Spanker.Conformance.Axi4;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>The cycles of one AXI4 interface of a dump, for whatever looks at cycles.</summary>
public sealed class VcdBusCycles : IDisposable
{
    // Verilator signs its VCD as VerilatedVcd; its FST bears the name that GTKWave's library puts there by itself.
    private static readonly string[] TwoStateVersions = ["Verilat", "fstWriter", AxiVcdRecorder.TwoStates];

    private readonly Stream stream;
    private readonly VcdReader reader;
    private readonly VcdSampler sampler;
    private readonly List<(AxiSignal Signal, VcdVariable Variable)> pins;
    private readonly bool isResetLow;

    /// <summary>Opens the dump at its beginning.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="found">The interface, with its clock.</param>
    /// <exception cref="VcdException">The file is no VCD file, or the widths are none of AXI4.</exception>
    public VcdBusCycles(Func<Stream> open, VcdInterface found)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(found);
        VcdVariable clock = found.Clock ?? throw new ArgumentException($"{found.Name} was found without a clock", nameof(found));
        pins = [.. found.Ports.Where(port => SignalOf(port.Role) is not null && !IsLoneId(found, port.Role)).Select(port => (SignalOf(port.Role)!.Value, port.Variable))];
        if (found.Reset is VcdReset reset)
        {
            pins.Add((AxiSignal.Reset, reset.Variable));
            isResetLow = !reset.IsActiveHigh;
        }

        stream = open();
        try
        {
            reader = new(stream);
            Shape = ShapeOf(found, reader.Header);
            sampler = new(reader, clock, [.. pins.Select(pin => pin.Variable)]);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Widths, pins, and whether x can be seen.</summary>
    public AxiBusShape Shape { get; }

    /// <summary>Why the file is incomplete, in a line; null if it is not known to be.</summary>
    public string? Incomplete => reader.Incomplete;

    /// <summary>Pushes every cycle, and tells of gaps.</summary>
    /// <exception cref="VcdException">The file is wrong at some place.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public void PushTo(IAxiProbe probe, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(probe);
        AxiCycle cycle = default;
        while (sampler.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (sampler.IsAfterGap)
            {
                probe.Gap();
            }

            foreach (int i in sampler.Changed)
            {
                if (pins[i].Signal == AxiSignal.Reset && isResetLow)
                {
                    cycle.Set(AxiSignal.Reset, ~sampler.Value(i)[0] & 1, sampler.Unknown(i)[0]);
                }
                else
                {
                    cycle.Set(pins[i].Signal, sampler.Value(i), sampler.Unknown(i));
                }
            }

            probe.Push(cycle);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <summary>Whether x can occur in a dump: Verilator computes with 0 and 1 only, and <see cref="AxiVcdRecorder"/> says what it recorded.</summary>
    internal static bool IsFourState(VcdHeader header) => !TwoStateVersions.Any(version => header.Version?.Contains(version, StringComparison.OrdinalIgnoreCase) == true);

    private static AxiSignal? SignalOf(string role) => Enum.TryParse(role, ignoreCase: true, out AxiSignal signal) && signal != AxiSignal.Reset ? signal : null;

    // An id of a request says nothing without that of its answer, nor the other way round: what is not seen would read as 0, which is another id.
    private static bool IsLoneId(VcdInterface found, string role) => role switch
    {
        "awid" => found.Find("bid") is null,
        "bid" => found.Find("awid") is null,
        "arid" => found.Find("rid") is null,
        "rid" => found.Find("arid") is null,
        _ => false,
    };

    private static AxiBusShape ShapeOf(VcdInterface found, VcdHeader header)
    {
        int Width(params string[] roles) => roles.Select(role => found.Find(role)?.WidthBits ?? 0).Max();
        int strobeBits = 8 * Width("wstrb");
        int dataBits = Width("wdata", "rdata") is int bits and > 0 ? bits : strobeBits;
        if (strobeBits > 0 && strobeBits != dataBits)
        {
            throw new VcdException($"interface '{found.Name}': wstrb has {strobeBits / 8} bits, and the data {dataBits}", "a strobe for each byte, or a map that names other signals");
        }

        AxiSignalSet signals = AxiSignalSet.Of([.. found.Ports.Where(port => !IsLoneId(found, port.Role)).Select(port => SignalOf(port.Role)).OfType<AxiSignal>()]);
        try
        {
            return new AxiBusShape(dataBits == 0 ? 32 : dataBits, Math.Max(1, Width("awaddr", "araddr")), Width("awid", "arid", "bid", "rid"))
            {
                Signals = found.Reset is null ? signals : signals.With(AxiSignalSet.Of(AxiSignal.Reset)),
                IsFourState = IsFourState(header),
            };
        }
        catch (ArgumentException wrong)
        {
            throw new VcdException($"interface '{found.Name}': {wrong.Message.Split(" (Parameter", 2)[0]}", "the widths of AXI4, or a map that names other signals");
        }
    }
}
