using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>The writes of <see cref="LegalTraffic"/>, master and slave: three positions in one list of bursts.</summary>
internal sealed class LegalWrites(SplitMix64 random, TrafficPlan plan, TestMemory memory, List<PlannedBurst> bursts)
{
    private readonly List<List<AxiWriteDataPins>> data = [];
    private readonly HashSet<int> answered = [];
    private readonly int busBytes = plan.Shape.DataBytes;
    private int addresses;
    private int dataBursts;
    private int dataBeat;
    private int stored;
    private AxiAddressPins? aw;
    private AxiWriteDataPins? w;
    private AxiWriteResponsePins? b;
    private int answering;
    private int heldBack = -1;
    private int decided = -1;

    public IReadOnlyList<PlannedBurst> Bursts => bursts;

    /// <summary>Bursts whose first beat was accepted before their address.</summary>
    public int DataAhead { get; private set; }

    public bool IsDone => answered.Count == bursts.Count;

    private int Outstanding => Math.Max(addresses, dataBursts) - answered.Count;

    public void Drive(ref AxiCycle pins)
    {
        bool mayStart = Outstanding < (plan.IsProfileA ? 1 : plan.MaxOutstanding);
        if (decided != addresses)
        {
            // A third of the addresses come after the first beat of their data.
            decided = addresses;
            heldBack = random.OneIn(3) ? addresses : -1;
        }

        bool hasData = dataBursts > addresses || (dataBursts == addresses && dataBeat > 0);
        if (aw is null && addresses < bursts.Count && (heldBack != addresses || hasData) && (mayStart || addresses < dataBursts) && random.OneIn(plan.Pace))
        {
            aw = TrafficPins.Address(bursts[addresses], plan, random);
        }

        bool mayLead = dataBursts < addresses || (mayStart && dataBursts < addresses + 2) || dataBeat > 0;
        if (w is null && dataBursts < bursts.Count && mayLead && random.OneIn(plan.Pace))
        {
            w = DataPins(bursts[dataBursts], dataBeat);
        }

        if (b is null && random.OneIn(plan.Pace))
        {
            b = Answer();
        }

        AxiBit ready = pins.Aw.Ready;
        pins.Aw = aw ?? pins.Aw;
        pins.Aw.Ready = ready;
        ready = pins.W.Ready;
        pins.W = w ?? pins.W;
        pins.W.Ready = ready;
        ready = pins.B.Ready;
        pins.B = b ?? pins.B;
        pins.B.Ready = ready;
    }

    /// <summary>The rising edge: what had VALID and READY has been transferred.</summary>
    public void Clock(in AxiCycle pins)
    {
        if (b is not null && pins.B.Ready == AxiBit.High)
        {
            answered.Add(answering);
            b = null;
        }

        if (aw is not null && pins.Aw.Ready == AxiBit.High)
        {
            addresses++;
            aw = null;
        }

        if (w is not null && pins.W.Ready == AxiBit.High)
        {
            AcceptData(w.Value);
            w = null;
        }

        // The slave stores a write as soon as it has all of it, in the order of the addresses.
        while (stored < Math.Min(addresses, dataBursts))
        {
            for (int beat = 0; beat < bursts[stored].Beats; beat++)
            {
                memory.Write(bursts[stored], beat, data[stored][beat], busBytes);
            }

            stored++;
        }
    }

    private void AcceptData(AxiWriteDataPins beat)
    {
        if (dataBeat == 0)
        {
            data.Add([]);
            DataAhead += dataBursts >= addresses ? 1 : 0;
        }

        data[dataBursts].Add(beat);
        dataBeat++;
        if (dataBeat == bursts[dataBursts].Beats)
        {
            dataBursts++;
            dataBeat = 0;
        }
    }

    private AxiWriteDataPins DataPins(PlannedBurst burst, int beat)
    {
        AxiWriteDataPins pins = default;
        pins.Valid = AxiBit.High;
        pins.Last = beat == burst.Beats - 1 ? AxiBit.High : AxiBit.Low;
        for (int word = 0; word < (busBytes + 7) / 8; word++)
        {
            pins.Data[word] = busBytes >= 8 ? random.Next() : random.Next() & ((1UL << (busBytes * 8)) - 1);
        }

        bool isSparse = random.OneIn(3);
        foreach (int lane in burst.Lanes(beat, busBytes))
        {
            pins.Strobe |= isSparse && random.OneIn(2) ? 0 : UInt128.One << lane;
        }

        for (int lane = 0; lane < busBytes; lane++)
        {
            // x where nothing is written breaks nothing.
            pins.DataUnknown[lane / 8] |= ((pins.Strobe >> lane) & 1) == 0 && random.OneIn(4) ? 0x10UL << (lane % 8 * 8) : 0;
            pins.Data[lane / 8] &= ~pins.DataUnknown[lane / 8];
        }

        return pins;
    }

    private AxiWriteResponsePins? Answer()
    {
        // The oldest of some id that is stored and not answered.
        List<int> candidates = [];
        for (int index = 0; index < stored; index++)
        {
            if (!answered.Contains(index) && !candidates.Exists(other => bursts[other].Id == bursts[index].Id))
            {
                candidates.Add(index);
            }
        }

        if (candidates.Count == 0)
        {
            return null;
        }

        answering = candidates[random.Below(candidates.Count)];
        return new()
        {
            Valid = AxiBit.High,
            Id = bursts[answering].Id,
            Response = bursts[answering].IsExclusive ? AxiResponse.ExOkay : AxiResponse.Okay,
        };
    }
}
