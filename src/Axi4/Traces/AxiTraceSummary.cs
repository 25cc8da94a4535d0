using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Spanker.Conformance.Axi4;

/// <summary>What a line of golden text says of a transaction's beats without their data.</summary>
/// <param name="Beats">How many came.</param>
/// <param name="LastBeats">Which of them had LAST, rising.</param>
/// <param name="Responses">RRESP of each beat; of a write, its BRESP alone.</param>
/// <param name="ActiveBytes">Bytes on the lanes that are written or compared.</param>
/// <param name="Digest">The first 8 bytes of SHA-256 of the active bytes, beat by beat and upwards in each, as a big-endian number.</param>
/// <param name="LanesDigest">
/// Null if each beat has the lanes that it has by rule (<see cref="UsualLanes"/>); else the digest of the lanes: each beat's as 16 bytes,
/// lowest lane in bit 0 of the first.
/// </param>
public sealed record AxiTraceSummary(
    int Beats, IReadOnlyList<int> LastBeats, IReadOnlyList<AxiResponse> Responses, long ActiveBytes, ulong Digest, ulong? LanesDigest)
{
    /// <summary>Whether LAST was on the last beat, and only there.</summary>
    public bool HasUsualLast => Beats == 0 ? LastBeats.Count == 0 : LastBeats.Count == 1 && LastBeats[0] == Beats - 1;

    /// <summary>
    /// The lanes of a beat by rule: those of its burst; none of a read that answers SLVERR or DECERR, whose data says nothing; all of the bus
    /// for a beat that the burst does not have.
    /// </summary>
    public static UInt128 UsualLanes(AxiTraceAddress address, int beat, AxiResponse response, int busBytes)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsRead && response is AxiResponse.SlvErr or AxiResponse.DecErr)
        {
            return 0;
        }

        return beat < address.Burst.Beats ? address.Burst.LanesOf(beat, busBytes).Strobe : new AxiLanes(0, busBytes - 1).Strobe;
    }

    /// <summary>The summary of beats.</summary>
    internal static AxiTraceSummary Of(AxiTraceAddress address, IReadOnlyList<AxiTraceBeat> beats, AxiResponse writeResponse, int busBytes)
    {
        List<int> last = [];
        bool isUsual = true;
        byte[] active = ArrayPool<byte>.Shared.Rent(beats.Count * AxiBusShape.MaxDataBits / 8);
        int activeBytes = 0;
        for (int beat = 0; beat < beats.Count; beat++)
        {
            AxiTraceBeat each = beats[beat];
            activeBytes += CopyActive(each, active.AsSpan(activeBytes));
            isUsual &= each.Lanes == UsualLanes(address, beat, each.Response, busBytes);
            if (each.IsLast)
            {
                last.Add(beat);
            }
        }

        ulong digest = First8(active.AsSpan(0, activeBytes));
        ArrayPool<byte>.Shared.Return(active);
        AxiResponse[] responses = address.IsRead ? [.. beats.Select(beat => beat.Response)] : [writeResponse];
        return new(beats.Count, last, responses, activeBytes, digest, isUsual ? null : DigestOfLanes(beats));
    }

    /// <inheritdoc/>
    public bool Equals(AxiTraceSummary? other) =>
        other is not null && Beats == other.Beats && ActiveBytes == other.ActiveBytes && Digest == other.Digest && LanesDigest == other.LanesDigest
        && LastBeats.SequenceEqual(other.LastBeats) && Responses.SequenceEqual(other.Responses);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Beats, ActiveBytes, Digest);

    /// <summary>The bytes on active lanes, upwards; returns how many.</summary>
    private static int CopyActive(AxiTraceBeat beat, Span<byte> destination)
    {
        int count = 0;
        for (int word = 0; word < beat.Data.Count; word++)
        {
            int lanes = (int)(byte)((beat.Lanes >> (word * 8)) & 0xff);
            if (lanes == 0xff)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(destination[count..], beat.Data[word]);
                count += sizeof(ulong);
                continue;
            }

            for (int lane = 0; lane < 8; lane++)
            {
                if (((lanes >> lane) & 1) != 0)
                {
                    destination[count++] = (byte)((beat.Data[word] >> (lane * 8)) & 0xff);
                }
            }
        }

        return count;
    }

    private static ulong DigestOfLanes(IReadOnlyList<AxiTraceBeat> beats)
    {
        byte[] lanes = new byte[beats.Count * 16];
        for (int beat = 0; beat < beats.Count; beat++)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(lanes.AsSpan(beat * 16), beats[beat].Lanes);
        }

        return First8(lanes);
    }

    private static ulong First8(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(bytes, whole);
        return BinaryPrimitives.ReadUInt64BigEndian(whole);
    }
}
