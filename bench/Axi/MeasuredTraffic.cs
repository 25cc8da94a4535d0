using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Bench;

/// <summary>
/// Endless generation-A traffic that keeps every rule, pin by pin: one burst outstanding a direction, INCR, full width, data a function of its
/// address. Without stalls each cycle after the first two carries a beat of W and a beat of R.
/// </summary>
internal sealed class MeasuredTraffic
{
    private const int Words = 4;
    private const ulong BeatBytes = 32;
    private const ulong Pages = 256;
    private const ulong ReadLag = 4;

    private readonly int beats;
    private readonly ulong burstsOfMemory;
    private readonly ulong[] memory = new ulong[Pages * AxiBurst.PageBytes / sizeof(ulong)];
    private readonly uint stallOf256;
    private readonly AxiBit stalls;
    private AxiCycle pins;
    private ulong draws;
    private ulong writes;
    private ulong reads;
    private int writeBeat;
    private int readBeat;
    private ulong readAddress;
    private bool isWriteAccepted;
    private bool isReadAccepted;

    /// <summary>Traffic of bursts of <paramref name="beats"/> beats.</summary>
    /// <param name="beats">A divisor of 128, so that no burst crosses 4 KiB.</param>
    /// <param name="stallOf256">How often in 256 cycles a READY is low, and a VALID that may rise does not.</param>
    /// <param name="seed">What the stalls are drawn from.</param>
    public MeasuredTraffic(int beats, int stallOf256, ulong seed)
    {
        this.beats = beats;
        for (int word = 0; word < memory.Length; word++)
        {
            memory[word] = unchecked(((ulong)word + 1) * 0x9E37_79B9_7F4A_7C15);
        }

        burstsOfMemory = Pages * AxiBurst.PageBytes / ((ulong)beats * BeatBytes);
        this.stallOf256 = (uint)stallOf256;
        draws = seed;
        stalls = stallOf256 > 0 ? AxiBit.High : AxiBit.Low;
        (pins.Aw.Size, pins.Aw.Burst, pins.Aw.Len, pins.Aw.Cache) = (5, AxiBurstKind.Incr, beats - 1, 3);
        (pins.Ar.Size, pins.Ar.Burst, pins.Ar.Len, pins.Ar.Cache) = (5, AxiBurstKind.Incr, beats - 1, 3);
    }

    /// <summary>Beats of W and R that were transferred.</summary>
    public long Beats { get; private set; }

    /// <summary>The pins of the next cycle.</summary>
    public ref readonly AxiCycle Next()
    {
        Clock();
        ulong drawn = stalls == AxiBit.High ? Draw() : 0;
        DriveWrites(drawn);
        DriveReads(drawn >> 40);
        return ref pins;
    }

    private static bool IsTaken(AxiBit valid, AxiBit ready) => (valid & ready) == AxiBit.High;

    private ulong AddressOf(ulong burst) => burst % burstsOfMemory * (ulong)beats * BeatBytes;

    /// <summary>Reads follow the writes, a few bursts behind.</summary>
    private ulong ReadAddressOf(ulong burst) => AddressOf(burst + burstsOfMemory - ReadLag);

    /// <summary>What the memory holds: never anything else, so that every read is right whenever it comes.</summary>
    private ReadOnlySpan<ulong> DataOf(ulong address, int beat) => memory.AsSpan((int)(address / sizeof(ulong)) + (beat * Words), Words);

    private bool Stalls(ulong drawn, int channel) => ((drawn >> (channel * 8)) & 255) < stallOf256;

    private AxiBit Ready(ulong drawn, int channel) => Stalls(drawn, channel) ? AxiBit.Low : AxiBit.High;

    private ulong Draw()
    {
        unchecked
        {
            draws += 0x9E37_79B9_7F4A_7C15;
            ulong value = (draws ^ (draws >> 30)) * 0xBF58_476D_1CE4_E5B9;
            return value ^ (value >> 27);
        }
    }

    /// <summary>What the rising edge makes of the pins as they stand.</summary>
    private void Clock()
    {
        if (IsTaken(pins.B.Valid, pins.B.Ready))
        {
            pins.B.Valid = AxiBit.Low;
        }

        if (IsTaken(pins.Aw.Valid, pins.Aw.Ready))
        {
            pins.Aw.Valid = AxiBit.Low;
            isWriteAccepted = true;
        }

        if (IsTaken(pins.W.Valid, pins.W.Ready))
        {
            pins.W.Valid = AxiBit.Low;
            writeBeat++;
            Beats++;
        }

        if (IsTaken(pins.R.Valid, pins.R.Ready))
        {
            pins.R.Valid = AxiBit.Low;
            readBeat++;
            Beats++;
            if (readBeat == beats)
            {
                (readBeat, isReadAccepted) = (0, false);
                reads++;
            }
        }

        if (IsTaken(pins.Ar.Valid, pins.Ar.Ready))
        {
            pins.Ar.Valid = AxiBit.Low;
            isReadAccepted = true;
            readAddress = pins.Ar.Address;
        }
    }

    private void DriveWrites(ulong drawn)
    {
        (pins.Aw.Ready, pins.W.Ready, pins.B.Ready) = (Ready(drawn, 0), Ready(drawn, 1), Ready(drawn, 2));
        if (isWriteAccepted && writeBeat == beats)
        {
            (pins.B.Valid, pins.B.Id) = (AxiBit.High, writes & 15);
            (writeBeat, isWriteAccepted) = (0, false);
            writes++;
        }

        // One outstanding: the next address comes with the response at the earliest.
        bool mayAsk = pins.B.Valid == AxiBit.Low || pins.B.Ready == AxiBit.High;
        if (mayAsk && !isWriteAccepted && pins.Aw.Valid == AxiBit.Low && !Stalls(drawn, 3))
        {
            (pins.Aw.Valid, pins.Aw.Address, pins.Aw.Id) = (AxiBit.High, AddressOf(writes), writes & 15);
        }

        bool hasAddress = isWriteAccepted || pins.Aw.Valid == AxiBit.High;
        if (hasAddress && writeBeat < beats && pins.W.Valid == AxiBit.Low && !Stalls(drawn, 4))
        {
            pins.W.Valid = AxiBit.High;
            pins.W.Last = writeBeat == beats - 1 ? AxiBit.High : AxiBit.Low;
            pins.W.Strobe = stalls == AxiBit.High && (drawn & 7) == 0 ? 0x0ff0_ffff : 0xffff_ffff;
            DataOf(pins.Aw.Address, writeBeat).CopyTo(pins.W.Data);
        }
    }

    private void DriveReads(ulong drawn)
    {
        (pins.Ar.Ready, pins.R.Ready) = (Ready(drawn, 0), Ready(drawn, 1));
        if (isReadAccepted && readBeat < beats && pins.R.Valid == AxiBit.Low && !Stalls(drawn, 2))
        {
            pins.R.Valid = AxiBit.High;
            pins.R.Last = readBeat == beats - 1 ? AxiBit.High : AxiBit.Low;
            pins.R.Id = reads & 15;
            DataOf(readAddress, readBeat).CopyTo(pins.R.Data);
        }

        // The next address comes with the last beat at the earliest.
        bool isLeaving = pins.R.Valid == AxiBit.High && pins.R.Last == AxiBit.High && pins.R.Ready == AxiBit.High;
        if ((!isReadAccepted || isLeaving) && pins.Ar.Valid == AxiBit.Low && !Stalls(drawn, 2))
        {
            ulong next = isLeaving ? reads + 1 : reads;
            (pins.Ar.Valid, pins.Ar.Address, pins.Ar.Id) = (AxiBit.High, ReadAddressOf(next), next & 15);
        }
    }
}
