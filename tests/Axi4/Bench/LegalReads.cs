using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>The reads of <see cref="LegalTraffic"/>, master and slave.</summary>
internal sealed class LegalReads(SplitMix64 random, TrafficPlan plan, TestMemory memory, List<PlannedBurst> bursts)
{
    private readonly List<(int Index, int Beat)> open = [];
    private int addresses;
    private int done;
    private int lastIndex = -1;
    private AxiAddressPins? ar;
    private AxiReadDataPins? r;
    private int answering;

    public IReadOnlyList<PlannedBurst> Bursts => bursts;

    /// <summary>How often R went on with another read before one was complete.</summary>
    public int Interleavings { get; private set; }

    public bool IsDone => done == bursts.Count;

    public void Drive(ref AxiCycle pins)
    {
        if (ar is null && addresses < bursts.Count && addresses - done < (plan.IsProfileA ? 1 : plan.MaxOutstanding) && random.OneIn(plan.Pace))
        {
            ar = TrafficPins.Address(bursts[addresses], plan, random);
        }

        if (r is null && open.Count > 0 && random.OneIn(plan.Pace))
        {
            r = Beat();
        }

        AxiBit ready = pins.Ar.Ready;
        pins.Ar = ar ?? pins.Ar;
        pins.Ar.Ready = ready;
        ready = pins.R.Ready;
        pins.R = r ?? pins.R;
        pins.R.Ready = ready;
    }

    public void Clock(in AxiCycle pins)
    {
        if (r is not null && pins.R.Ready == AxiBit.High)
        {
            r = null;
            (int index, int beat) = open[answering];
            Interleavings += lastIndex >= 0 && lastIndex != index ? 1 : 0;
            bool isLast = beat + 1 == bursts[index].Beats;
            lastIndex = isLast ? -1 : index;
            if (isLast)
            {
                open.RemoveAt(answering);
                done++;
            }
            else
            {
                open[answering] = (index, beat + 1);
            }
        }

        if (ar is not null && pins.Ar.Ready == AxiBit.High)
        {
            open.Add((addresses, 0));
            addresses++;
            ar = null;
        }
    }

    private AxiReadDataPins Beat()
    {
        // The oldest read of some id.
        List<int> candidates = [];
        for (int at = 0; at < open.Count; at++)
        {
            if (!candidates.Exists(other => bursts[open[other].Index].Id == bursts[open[at].Index].Id))
            {
                candidates.Add(at);
            }
        }

        answering = candidates[random.Below(candidates.Count)];
        (int index, int beat) = open[answering];
        AxiReadDataPins pins = new()
        {
            Valid = AxiBit.High,
            Id = bursts[index].Id,
            Last = beat == bursts[index].Beats - 1 ? AxiBit.High : AxiBit.Low,
            Response = bursts[index].IsExclusive ? AxiResponse.ExOkay : AxiResponse.Okay,
        };
        memory.Read(bursts[index], beat, ref pins, plan.Shape.DataBytes);
        return pins;
    }
}
