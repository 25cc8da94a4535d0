using System.Runtime.InteropServices;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>A trace put together by hand: transfers are placed on cycles and named, so that a mutant can say which it changes.</summary>
internal sealed class Timeline(AxiBusShape shape, AxiCheckOptions options)
{
    private readonly List<AxiCycle> cycles = [];
    private readonly Dictionary<string, Offer> offers = [];
    private readonly List<int> gaps = [];
    private ulong pattern = 0x0123_4567_89ab_cdef;

    /// <summary>The memory that the scenario's slave answers from.</summary>
    public TestMemory Memory { get; } = new();

    public AxiBusShape Shape => shape;

    public AxiCheckOptions Options => options;

    /// <summary>The next free cycle.</summary>
    public int Length => cycles.Count;

    public Offer this[string name] => offers[name];

    public void Idle(int count)
    {
        for (int cycle = 0; cycle < count; cycle++)
        {
            cycles.Add(default);
        }
    }

    /// <summary>The last cycle again and again.</summary>
    public void Repeat(int count)
    {
        for (int cycle = 0; cycle < count; cycle++)
        {
            cycles.Add(cycles[^1]);
        }
    }

    public void Reset(int count)
    {
        int first = Length;
        Idle(count);
        for (int cycle = first; cycle < first + count; cycle++)
        {
            Change(cycle, (ref AxiCycle pins) => pins.Reset = AxiBit.High);
        }
    }

    /// <summary>The cycles from <paramref name="first"/> to before <paramref name="end"/> are missing.</summary>
    public void Gap(int first, int end)
    {
        cycles.RemoveRange(first, end - first);
        gaps.Add(first);
    }

    /// <summary>Drops everything from <paramref name="cycle"/> on.</summary>
    public void CutAt(int cycle) => cycles.RemoveRange(cycle, cycles.Count - cycle);

    public void Change(int cycle, PinChange change)
    {
        while (cycles.Count <= cycle)
        {
            cycles.Add(default);
        }

        change(ref CollectionsMarshal.AsSpan(cycles)[cycle]);
    }

    /// <summary>Changes every cycle of a transfer.</summary>
    public void ChangeAll(string name, PinChange change)
    {
        for (int cycle = offers[name].First; cycle <= offers[name].Taken; cycle++)
        {
            Change(cycle, change);
        }
    }

    public Offer Place(string name, int at, int wait, PinChange offer, PinChange accept)
    {
        for (int cycle = at; cycle <= at + wait; cycle++)
        {
            Change(cycle, offer);
        }

        Change(at + wait, accept);
        return offers[name] = new(at, at + wait);
    }

    public Offer Aw(string name, int at, PlannedBurst burst, int wait = 0) =>
        Place(name, at, wait, (ref AxiCycle pins) => Put(ref pins.Aw, burst), (ref AxiCycle pins) => pins.Aw.Ready = AxiBit.High);

    public Offer Ar(string name, int at, PlannedBurst burst, int wait = 0) =>
        Place(name, at, wait, (ref AxiCycle pins) => Put(ref pins.Ar, burst), (ref AxiCycle pins) => pins.Ar.Ready = AxiBit.High);

    public Offer W(string name, int at, PlannedBurst burst, int beat, bool isLast, int wait = 0, UInt128 unstrobed = default)
    {
        AxiWriteDataPins data = new() { Valid = AxiBit.High, Last = isLast ? AxiBit.High : AxiBit.Low };
        for (int word = 0; word < shape.DataWords; word++)
        {
            data.Data[word] = pattern = unchecked((pattern * 0x5851_f42d_4c95_7f2d) + 1);
        }

        foreach (int lane in burst.Lanes(beat, shape.DataBytes))
        {
            data.Strobe |= (UInt128.One << lane) & ~unstrobed;
        }

        Memory.Write(burst, beat, data, shape.DataBytes);
        return Place(name, at, wait, (ref AxiCycle pins) => pins.W = data, (ref AxiCycle pins) => pins.W.Ready = AxiBit.High);
    }

    public Offer B(string name, int at, ulong id, AxiResponse response = AxiResponse.Okay, int wait = 0) => Place(
        name,
        at,
        wait,
        (ref AxiCycle pins) => (pins.B.Valid, pins.B.Id, pins.B.Response) = (AxiBit.High, id, response),
        (ref AxiCycle pins) => pins.B.Ready = AxiBit.High);

    public Offer R(string name, int at, PlannedBurst burst, int beat, bool isLast, AxiResponse response = AxiResponse.Okay, int wait = 0, ulong? id = null)
    {
        AxiReadDataPins data = new()
        {
            Valid = AxiBit.High,
            Id = id ?? burst.Id,
            Response = response,
            Last = isLast ? AxiBit.High : AxiBit.Low,
        };
        Memory.Read(burst, Math.Min(beat, burst.Beats - 1), ref data, shape.DataBytes);
        return Place(name, at, wait, (ref AxiCycle pins) => pins.R = data, (ref AxiCycle pins) => pins.R.Ready = AxiBit.High);
    }

    /// <summary>A whole write at the end of the timeline: its transfers are NAME.aw, NAME.w0 .., NAME.b.</summary>
    public void Write(string name, PlannedBurst burst, WriteTiming? timing = null)
    {
        timing ??= new();
        int at = Length + 1 + Math.Max(0, -timing.DataOffset);
        Offer aw = Aw($"{name}.aw", at, burst, timing.AddressWait);
        int next = at + timing.DataOffset;
        int beats = timing.Beats ?? burst.Beats;
        for (int beat = 0; beat < beats; beat++)
        {
            next = W($"{name}.w{beat}", next, burst, beat, beat == beats - 1, timing.DataWait, timing.Unstrobed).Taken + 1;
        }

        if (!timing.IsUnanswered)
        {
            B($"{name}.b", Math.Max(aw.Taken, next - 1) + timing.ResponseDelay, timing.ResponseId ?? burst.Id, timing.Response, timing.ResponseWait);
        }
    }

    /// <summary>A whole read at the end of the timeline: its transfers are NAME.ar, NAME.r0 ...</summary>
    public void Read(string name, PlannedBurst burst, ReadTiming? timing = null)
    {
        timing ??= new();
        int next = Ar($"{name}.ar", Length + 1, burst, timing.AddressWait).Taken + timing.DataDelay;
        int beats = timing.Beats ?? burst.Beats;
        for (int beat = 0; beat < beats; beat++)
        {
            next = R($"{name}.r{beat}", next, burst, beat, beat == beats - 1, timing.Response, timing.DataWait, timing.DataId).Taken + 1;
        }
    }

    public AxiVerdict Judge(AxiRecorder? recorder = null, AxiBusShape? seenAs = null, AxiCheckOptions? withOptions = null)
    {
        AxiChecker checker = new(seenAs ?? shape, withOptions ?? options, recorder);
        PushTo(checker);
        return checker.Finish();
    }

    /// <summary>Pushes every cycle, and tells of gaps.</summary>
    public void PushTo(IAxiProbe probe)
    {
        for (int cycle = 0; cycle < cycles.Count; cycle++)
        {
            if (gaps.Contains(cycle))
            {
                probe.Gap();
            }

            probe.Push(CollectionsMarshal.AsSpan(cycles)[cycle]);
        }
    }

    private static void Put(ref AxiAddressPins pins, PlannedBurst burst)
    {
        pins.Valid = AxiBit.High;
        pins.Address = burst.Address;
        pins.Id = burst.Id;
        pins.Len = burst.Beats - 1;
        pins.Size = burst.Size;
        pins.Burst = (AxiBurstKind)burst.Kind;
        pins.Lock = burst.IsExclusive ? 1 : 0;
        pins.Cache = 3;
    }
}
