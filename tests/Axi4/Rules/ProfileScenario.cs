using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;

namespace Spanker.Conformance.Tests.Axi4.Rules;

/// <summary>
/// Profile A from reset to a quiet end: w0/r0 with waits on every channel, w1 with sparse strobes and W before AW, w2/r2 FIXED and unaligned,
/// w3/r3 single beats without waits, a read that a second reset ends, and w4/r4, w5/r5 after it. Each setting is one deviation from that.
/// </summary>
internal sealed record ProfileScenario
{
    public WriteTiming W0 { get; init; } = new() { AddressWait = 2, DataWait = 2, ResponseWait = 2 };

    public ReadTiming R0 { get; init; } = new() { AddressWait = 2, DataWait = 2 };

    public WriteTiming W1 { get; init; } = new() { DataOffset = -3, Unstrobed = 0xf0f0_f0f0 };

    public WriteTiming W3 { get; init; } = new();

    public ReadTiming R3 { get; init; } = new();

    public WriteTiming W5 { get; init; } = new();

    public int FixedBeats { get; init; } = 3;

    public int FixedReadBeats { get; init; } = 2;

    public int SingleSize { get; init; } = 5;

    public int SingleKind { get; init; } = 1;

    public int SingleBeats { get; init; } = 1;

    /// <summary>Whether the read that the reset ended is answered after it.</summary>
    public bool AnswersAborted { get; init; }

    /// <summary>Whether the last read is asked for before the one before it is answered.</summary>
    public bool OverlapsReads { get; init; }

    public int QuietCycles { get; init; } = 100;

    public static PlannedBurst Incr(bool isRead, ulong id, ulong address, int beats) => new(isRead, id, address, beats, Size: 5, Kind: 1);

    public Timeline Build()
    {
        Timeline line = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA with { DeadlockCycles = 60 });
        line.Reset(5);
        line.Idle(1);
        line.Write("w0", Incr(false, 1, 0x1000, 4), W0);
        line.Read("r0", Incr(true, 2, 0x1000, 4), R0);
        line.Write("w1", Incr(false, 1, 0x1000, 1), W1);
        line.Read("r1", Incr(true, 3, 0x1000, 1));
        line.Write("w2", new(false, 1, 0x2004, FixedBeats, Size: 5, Kind: 0));
        line.Read("r2", new(true, 1, 0x2004, FixedReadBeats, Size: 5, Kind: 0));
        line.Write("w3", new(false, 6, 0x1040, SingleBeats, SingleSize, SingleKind), W3);
        line.Read("r3", new(true, 7, 0x1040, SingleBeats, SingleSize, SingleKind), R3);
        PlannedBurst aborted = Incr(true, 5, 0x1000, 1);
        line.Ar("aborted.ar", line.Length + 1, aborted);
        line.Reset(4);
        line.Idle(2);
        if (AnswersAborted)
        {
            line.R("aborted.r", line.Length, aborted, beat: 0, isLast: true);
        }

        line.Write("w4", Incr(false, 1, 0x1080, 2));
        Offer first = line.Ar("r4.ar", line.Length + 1, Incr(true, 4, 0x1080, 2));
        PlannedBurst last = Incr(true, 8, 0x1080, 1);
        line.R("r4.r0", first.Taken + 2, Incr(true, 4, 0x1080, 2), beat: 0, isLast: false);
        line.R("r4.r1", first.Taken + 3, Incr(true, 4, 0x1080, 2), beat: 1, isLast: true);
        line.Ar("r5.ar", OverlapsReads ? first.Taken + 1 : line.Length + 1, last);
        line.R("r5.r0", line.Length + 1, last, beat: 0, isLast: true);
        line.Write("w5", Incr(false, 9, 0x10c0, 1), W5);
        line.Idle(QuietCycles);
        return line;
    }
}
