using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Streams;

/// <summary>A stream with every payload pin: reset in cycles 0 to 3, one transfer without a wait in 6, one that waits in 8 and 9 and is taken in 10, then idle.</summary>
internal sealed class StreamScenario
{
    public const int Released = 4;
    public const int Straight = 6;
    public const int Waiting = 9;
    public const int Taken = 10;
    public const int Idle = 12;

    public static readonly StreamShape Shape = new(
        [new("data", 128), new("last", 1), new("keep", 16), new("strb", 16), new("user", 3), new("id", 4), new("dest", 4)]);

    public static readonly AxiCheckOptions Options = AxiCheckOptions.Default with { ReadyWaitCycles = 4, DeadlockCycles = 8, QuietCycles = 6 };

    private readonly Dictionary<int, Action<StreamCycle>> changes = [];

    /// <summary>Clocks of READY = 0 that are put between <see cref="Waiting"/> and <see cref="Taken"/>.</summary>
    public int MoreWaits { get; init; }

    /// <summary>Cycles of the trace before waits are put in; from here on nothing is seen.</summary>
    public int Length { get; init; } = 20;

    public StreamScenario With(int cycle, Action<StreamCycle> change)
    {
        changes[cycle] = change;
        return this;
    }

    public StreamVerdict Judge(StreamShape? seenAs = null)
    {
        StreamChecker checker = new(seenAs ?? Shape, Options);
        StreamCycle pins = new(seenAs ?? Shape);
        for (int cycle = 0; cycle < Length; cycle++)
        {
            Fill(pins, cycle);
            if (changes.TryGetValue(cycle, out Action<StreamCycle>? change))
            {
                change(pins);
            }

            for (int times = cycle == Waiting ? 1 + MoreWaits : 1; times > 0; times--)
            {
                checker.Push(pins);
            }
        }

        return checker.Finish();
    }

    // Byte 15 is left out by KEEP, byte 14 by STRB.
    private static void Fill(StreamCycle pins, int cycle)
    {
        bool isOffered = cycle is Straight or (>= 8 and <= Taken);
        pins.Reset = cycle < Released ? AxiBit.High : AxiBit.Low;
        pins.Valid = isOffered ? AxiBit.High : AxiBit.Low;
        pins.Ready = cycle is Straight or Taken ? AxiBit.High : AxiBit.Low;
        ulong data = cycle == Straight ? 0x1111UL : 0x2222UL;
        pins.Set(0, [data, data], [0]);
        pins.Set(1, [cycle == Straight ? 0UL : 1], [0]);
        pins.Set(2, [0x7fff], [0]);
        pins.Set(3, [0xbfff], [0]);
        pins.Set(4, [5], [0]);
        pins.Set(5, [6], [0]);
        pins.Set(6, [7], [0]);
    }
}
