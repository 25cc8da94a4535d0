using Spanker.Conformance.Axi4;
using Spanker.Conformance.Vcd;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>
/// Writes the pins of an interface as a VCD file while they go by: in one scope the clock <c>aclk</c>, the reset <c>aresetn</c> and pins such as
/// <c>awvalid</c>, so that <c>axi check</c> finds the interface in it and GTKWave shows it.
/// </summary>
/// <remarks>
/// Cycle c is sampled at the rising edge at (10 c + 5) ns. Its values are there from the edge before on, as if registers had driven them:
/// <code>
/// time    0        5        10       15       20
/// aclk    ________/--------\________/--------\___
/// pins    |cycle 0 |cycle 1          |cycle 2
/// sampled          0                 1
/// </code>
/// A gap is written as <c>$dumpoff</c> and <c>$dumpon</c>. A gap behind the last cycle leaves no trace but that. Clocks are found in a dump from four cycles on.
/// </remarks>
public sealed class AxiVcdRecorder : IAxiProbe, IDisposable
{
    /// <summary>What the version of a dump says if no x could occur in what was recorded.</summary>
    internal const string TwoStates = "2-state";

    private const int HalfPeriodTicks = 5;

    private readonly VcdWriter writer;
    private readonly AxiPinValues values;
    private readonly int clock;
    private readonly int[] signals;
    private ulong ticks;
    private bool isRunning;
    private bool hasBegun;
    private bool isInGap;

    /// <summary>A recorder that leaves <paramref name="stream"/> open.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="shape">The interface.</param>
    /// <param name="scope">The scope that its pins stand in, words with dots between.</param>
    public AxiVcdRecorder(Stream stream, AxiBusShape shape, string scope)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentException.ThrowIfNullOrEmpty(scope);
        writer = new(stream, new VcdTimescale(Femtoseconds: 1_000_000), shape.IsFourState ? "Spanker Conformance" : $"Spanker Conformance, {TwoStates}");
        values = new(shape);
        clock = writer.Declare(scope, "aclk", widthBits: 1);
        signals = [.. values.Signals.Select(signal => writer.Declare(scope, signal == AxiSignal.Reset ? "aresetn" : signal.ToString().ToLowerInvariant(), shape.WidthOf(signal)))];
    }

    /// <inheritdoc/>
    public void Push(in AxiCycle pins)
    {
        values.Take(pins);
        if (isRunning)
        {
            Edge(isHigh: true);
            WritePins(all: false);
            Edge(isHigh: false);
            return;
        }

        Advance();
        if (isInGap)
        {
            writer.BeginDumpOn();
        }
        else
        {
            writer.BeginDumpVars();
        }

        (isRunning, isInGap, hasBegun) = (true, false, true);
        writer.Change(clock, 0);
        WritePins(all: true);
    }

    /// <inheritdoc/>
    public void Gap()
    {
        if (isInGap)
        {
            return;
        }

        EndCycle();
        Advance();
        hasBegun = true;
        writer.DumpOff();
        isInGap = true;
    }

    /// <summary>Writes the edge of the last cycle, and leaves the stream open.</summary>
    public void Dispose()
    {
        EndCycle();
        writer.Dispose();
    }

    private void EndCycle()
    {
        if (isRunning)
        {
            Edge(isHigh: true);
            isRunning = false;
        }
    }

    private void Edge(bool isHigh)
    {
        Advance();
        writer.Change(clock, isHigh ? 1UL : 0);
    }

    private void Advance()
    {
        ticks += hasBegun ? (ulong)HalfPeriodTicks : 0;
        writer.SetTime(ticks);
    }

    private void WritePins(bool all)
    {
        for (int i = 0; i < signals.Length; i++)
        {
            if (all || values.IsChanged(i))
            {
                writer.Change(signals[i], values.Value(i), values.Unknown(i));
            }
        }
    }
}
