namespace Spanker.Conformance.Axi4;

/// <summary>
/// The cycles that stand for a transaction of which no cycles are known: an idle one, the address, each beat, the response, every one accepted
/// at once; then a reset, so that what an illegal transaction leaves open is not taken for the next one's.
/// </summary>
internal static class AxiCanonicalTiming
{
    /// <summary>Pushes the cycles of a transaction.</summary>
    public static void Push(AxiTraceTransaction transaction, AxiBusShape shape, IAxiProbe probe)
    {
        AxiCycle pins = default;
        probe.Push(pins);
        ref AxiAddressPins address = ref transaction.IsRead ? ref pins.Ar : ref pins.Aw;
        transaction.Address.Drive(ref address);
        (address.Valid, address.Ready) = (AxiBit.High, AxiBit.High);
        probe.Push(pins);
        (address.Valid, address.Ready) = (AxiBit.Low, AxiBit.Low);
        for (int beat = 0; beat < transaction.Summary.Beats; beat++)
        {
            AxiTraceBeat each = transaction.Beats?[beat] ?? BeatOf(transaction, beat, shape);
            if (transaction.IsRead)
            {
                DriveRead(ref pins.R, each, transaction.Address.Id);
            }
            else
            {
                DriveWrite(ref pins.W, each);
            }

            probe.Push(pins);
        }

        (pins.W.Valid, pins.R.Valid) = (AxiBit.Low, AxiBit.Low);
        if (!transaction.IsRead)
        {
            (pins.B.Valid, pins.B.Ready, pins.B.Id, pins.B.Response) = (AxiBit.High, AxiBit.High, transaction.Address.Id, transaction.Response);
            probe.Push(pins);
        }

        pins = new() { Reset = AxiBit.High };
        probe.Push(pins);
    }

    private static void DriveWrite(ref AxiWriteDataPins pins, AxiTraceBeat beat)
    {
        (pins.Valid, pins.Ready, pins.Strobe, pins.Last) = (AxiBit.High, AxiBit.High, beat.Lanes, beat.IsLast ? AxiBit.High : AxiBit.Low);
        Copy(beat.Data, pins.Data);
    }

    private static void DriveRead(ref AxiReadDataPins pins, AxiTraceBeat beat, ulong id)
    {
        (pins.Valid, pins.Ready, pins.Id, pins.Response, pins.Last) = (AxiBit.High, AxiBit.High, id, beat.Response, beat.IsLast ? AxiBit.High : AxiBit.Low);
        Copy(beat.Data, pins.Data);
    }

    private static void Copy(IReadOnlyList<ulong> data, Span<ulong> words)
    {
        for (int word = 0; word < data.Count; word++)
        {
            words[word] = data[word];
        }
    }

    /// <summary>A beat of which only the digest is known.</summary>
    private static AxiTraceBeat BeatOf(AxiTraceTransaction transaction, int beat, AxiBusShape shape)
    {
        AxiTraceSummary summary = transaction.Summary;
        AxiResponse response = transaction.IsRead ? summary.Responses[beat] : AxiResponse.Okay;
        return new([], AxiTraceSummary.UsualLanes(transaction.Address, beat, response, shape.DataBytes), response, summary.LastBeats.Contains(beat));
    }
}
