using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>What went over the bus while a case was tried, as a VCD file that GTKWave opens and <c>axi check</c> reads.</summary>
public static class BusDump
{
    /// <summary>The most bytes of operands and OUT of a case that is dumped for a report.</summary>
    private const ulong MostBuffers = 1 << 20;

    /// <summary>Tries the case once more and dumps it; null where there is no bus to watch, nothing went over it, or the case is too large to keep a dump for each failure.</summary>
    public static BusWaves? Of(CaseRunner runner, Case tried)
    {
        ArgumentNullException.ThrowIfNull(runner);
        if (IsTooLarge(tried))
        {
            return null;
        }

        // A case of an isolated device may be tried again in a fresh process, and the last try is the one that counts.
        Recording? last = null;
        _ = (runner with { BusProbe = Watch }).Try(tried);
        last?.Dispose();
        return last?.Waves;

        IAxiProbe Watch(IBusDevice device)
        {
            last?.Dispose();
            return last = new Recording(device);
        }
    }

    /// <summary>Whether a case puts more on the bus than a dump is kept of.</summary>
    public static bool IsTooLarge(Case tried) =>
        tried is MatmulCase matmul && (UInt128)matmul.ABytes + matmul.BBytes + matmul.OutputBytes > MostBuffers;

    private sealed class Recording : IAxiProbe, IDisposable
    {
        private readonly MemoryStream vcd = new();
        private readonly AxiVcdRecorder recorder;
        private readonly (ulong First, ulong Last) memory;
        private long cycles;

        public Recording(IBusDevice device)
        {
            recorder = new AxiVcdRecorder(vcd, device.BusShape, "sail.s_axi");
            memory = device.Memory;
        }

        /// <summary>What was recorded, once the dump has ended; null if nothing was.</summary>
        public BusWaves? Waves => cycles > 0 ? new(vcd.ToArray(), memory.First, memory.Last) : null;

        public void Push(in AxiCycle pins)
        {
            cycles++;
            recorder.Push(pins);
        }

        public void Gap() => recorder.Gap();

        /// <summary>Ends the dump.</summary>
        public void Dispose()
        {
            recorder.Dispose();
            vcd.Dispose();
        }
    }
}
