using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;

namespace Spanker.Conformance.Tests.Axi4.Rules;

/// <summary>
/// AXI4 beyond profile A on 64 data bits, in front of a memory: WRAP, USER and REGION, an exclusive pair, two writes of different ids answered
/// in the other order, and two reads of one id outstanding. Each setting is one deviation from that.
/// </summary>
internal sealed record GeneralScenario
{
    public int WrapBeats { get; init; } = 4;

    public ulong WrapWriteAddress { get; init; } = 0x1008;

    public ulong WrapReadAddress { get; init; } = 0x1008;

    public int ExclusiveReadBeats { get; init; } = 16;

    public int ExclusiveWriteBeats { get; init; } = 16;

    public ulong ExclusiveAddress { get; init; } = 0x2000;

    /// <summary>Whether the later of two reads of one id is answered first.</summary>
    public bool SwapsReads { get; init; }

    public Timeline Build()
    {
        AxiProfile memory = new() { Name = "memory", TargetIsMemory = true };
        Timeline line = new(new(dataBits: 64, addressBits: 32, idBits: 4), new() { Profile = memory });
        line.Reset(3);
        line.Idle(1);

        // The lowest lanes stay unwritten, so that an address moved up within its beat strobes no lane below it.
        line.Write("wrap", new(false, 1, WrapWriteAddress, WrapBeats, Size: 3, Kind: 2), new() { AddressWait = 2, Unstrobed = 0x0f });
        line.Read("wrapr", new(true, 1, WrapReadAddress, WrapBeats, Size: 3, Kind: 2), new() { AddressWait = 2 });
        line.Read("exclr", Exclusive(isRead: true, ExclusiveReadBeats), new() { Response = AxiResponse.ExOkay });
        line.Write("exclw", Exclusive(isRead: false, ExclusiveWriteBeats), new() { Response = AxiResponse.ExOkay });

        int at = line.Length + 1;
        PlannedBurst first = new(false, 2, 0x1000, Beats: 4, Size: 3, Kind: 1);
        PlannedBurst second = new(false, 3, 0x1100, Beats: 2, Size: 3, Kind: 1);
        line.Aw("p.aw", at, first);
        line.Aw("q.aw", at + 1, second);
        for (int beat = 0; beat < 4; beat++)
        {
            line.W($"p.w{beat}", at + 1 + beat, first, beat, isLast: beat == 3);
        }

        line.W("q.w0", at + 5, second, beat: 0, isLast: false);
        line.W("q.w1", at + 6, second, beat: 1, isLast: true);
        line.B("q.b", at + 8, id: 3);
        line.B("p.b", at + 10, id: 2);

        at = line.Length + 1;
        PlannedBurst older = new(true, 6, 0x1000, Beats: 4, Size: 3, Kind: 1);
        PlannedBurst later = new(true, 6, 0x1100, Beats: 2, Size: 3, Kind: 1);
        line.Ar("older.ar", at, older);
        line.Ar("later.ar", at + 1, later);
        foreach (PlannedBurst burst in (PlannedBurst[])(SwapsReads ? [later, older] : [older, later]))
        {
            for (int beat = 0; beat < burst.Beats; beat++)
            {
                line.R($"{(burst == later ? "later" : "older")}.r{beat}", line.Length + 1, burst, beat, isLast: beat == burst.Beats - 1);
            }
        }

        line.Idle(100);
        return line;
    }

    private PlannedBurst Exclusive(bool isRead, int beats) =>
        new(isRead, 4, ExclusiveAddress, beats, Size: 2, Kind: 1) { IsExclusive = true };
}
