using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>What went over the bus while a case was tried, as a VCD file that GTKWave opens and <c>axi check</c> reads.</summary>
public static class BusDump
{
    /// <summary>The most bytes of operands and OUT of a case that is dumped for a report.</summary>
    private const ulong MostBuffers = 1 << 20;

    /// <summary>Tries the case once more and writes the dump.</summary>
    /// <returns>False if the device has no bus that can be watched, or nothing went over it.</returns>
    public static bool TryWrite(CaseRunner runner, Case tried, Stream output)
    {
        ArgumentNullException.ThrowIfNull(runner);
        AxiVcdRecorder? recorder = null;
        CountingProbe counting = new();
        _ = (runner with { BusProbe = Watch }).Try(tried);
        recorder?.Dispose();
        return counting.Cycles > 0;

        IAxiProbe Watch(AxiBusShape shape)
        {
            recorder = new AxiVcdRecorder(output, shape, "sail.s_axi");
            counting.Inner = recorder;
            return counting;
        }
    }

    /// <summary>The dump of a failure's case; null where there is none, or the case is too large to keep one for each failure.</summary>
    public static byte[]? Of(CaseRunner runner, Case tried)
    {
        if (IsTooLarge(tried))
        {
            return null;
        }

        using MemoryStream dump = new();
        return TryWrite(runner, tried, dump) ? dump.ToArray() : null;
    }

    /// <summary>Whether a case puts more on the bus than a dump is kept of.</summary>
    public static bool IsTooLarge(Case tried) =>
        tried is MatmulCase matmul && (UInt128)matmul.ABytes + matmul.BBytes + matmul.OutputBytes > MostBuffers;

    private sealed class CountingProbe : IAxiProbe
    {
        public AxiVcdRecorder? Inner { get; set; }

        public long Cycles { get; private set; }

        public void Push(in AxiCycle pins)
        {
            Cycles++;
            Inner!.Push(pins);
        }

        public void Gap() => Inner!.Gap();
    }
}
