using System.Numerics;
using System.Runtime.InteropServices;

namespace Spanker.Conformance.Collectives;

/// <summary>A frame of a link: a header beat and the elements, four binary32 to a beat of 128 bits; the last beat bears `last`.</summary>
/// <remarks>
/// <code>
/// beat 0          collective (32) | sequence (32) | first element (32) | check (32)      little endian, low word first
/// beat 1 ..       four elements each; lanes beyond the last element are 0
/// </code>
/// The check: CRC-32C (Castagnoli) over collective, sequence, first, count, then a, b, c, d, each the CRC-32C of every fourth 64-bit word of the elements; what is
/// left beyond whole groups of four words goes to a. Four chains at once cost a quarter of the time of one.
/// </remarks>
public sealed class LinkFrame
{
    /// <summary>Bytes of a beat: 4 lanes of 32 bits (CONTRACT LNK-1).</summary>
    public const int BeatBytes = 16;

    private const int ElementsPerBeat = 4;
    private readonly float[] elements;

    /// <summary>A frame for up to <paramref name="capacity"/> elements.</summary>
    public LinkFrame(int capacity)
    {
        elements = new float[capacity];
    }

    /// <summary>Which collective it belongs to.</summary>
    public int Collective { get; private set; }

    /// <summary>Its number on its channel, from 0.</summary>
    public int Sequence { get; private set; }

    /// <summary>Index of its first element in the buffers.</summary>
    public int First { get; private set; }

    /// <summary>Number of elements.</summary>
    public int Count { get; private set; }

    /// <summary>The check that came with it.</summary>
    public uint Check { get; private set; }

    /// <summary>Modelled time at which it was given to the wire.</summary>
    public double SentAt { get; set; }

    /// <summary>Modelled time at which it is there.</summary>
    public double ArrivesAt { get; set; }

    /// <summary>Modelled time at which its credit is back with the sender.</summary>
    public double CreditAt { get; set; }

    /// <summary>The elements.</summary>
    public ReadOnlySpan<float> Elements => elements.AsSpan(0, Count);

    /// <summary>Number of beats: the header and the elements.</summary>
    public int Beats => 1 + (Count + ElementsPerBeat - 1) / ElementsPerBeat;

    /// <summary>True if the check fits.</summary>
    public bool IsIntact => Check == Checked();

    /// <summary>Fills the frame.</summary>
    public void Write(int collective, int sequence, int first, ReadOnlySpan<float> data)
    {
        Collective = collective;
        Sequence = sequence;
        First = first;
        Count = data.Length;
        data.CopyTo(elements);
        Check = Checked();
    }

    /// <summary>Makes it what another is.</summary>
    public void CopyFrom(LinkFrame other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Write(other.Collective, other.Sequence, other.First, other.Elements);
        Check = other.Check;
        SentAt = other.SentAt;
        ArrivesAt = other.ArrivesAt;
    }

    /// <summary>Back to the start of modelled time.</summary>
    internal void ResetTime()
    {
        SentAt = 0;
        ArrivesAt = 0;
        CreditAt = 0;
    }

    /// <summary>Flips a bit of the elements, or of the header where there are none: a fault of the wire.</summary>
    public void Corrupt(int bit)
    {
        if (Count == 0)
        {
            First ^= 1 << (bit % 31);
            return;
        }

        Span<uint> words = MemoryMarshal.Cast<float, uint>(elements.AsSpan(0, Count));
        words[bit / 32 % Count] ^= 1u << (bit % 32);
    }

    /// <summary>A beat as it is on the wire.</summary>
    /// <param name="beat">From 0, the header.</param>
    /// <param name="destination">16 bytes, lane 0 first.</param>
    /// <returns>True for the last beat.</returns>
    public bool BeatOf(int beat, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(beat);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(beat, Beats);
        destination[..BeatBytes].Clear();
        Span<uint> lanes = MemoryMarshal.Cast<byte, uint>(destination[..BeatBytes]);
        if (beat == 0)
        {
            unchecked
            {
                lanes[0] = (uint)Collective;
                lanes[1] = (uint)Sequence;
                lanes[2] = (uint)First;
            }

            lanes[3] = Check;
        }
        else
        {
            int from = (beat - 1) * ElementsPerBeat;
            MemoryMarshal.Cast<float, uint>(elements.AsSpan(from, Math.Min(ElementsPerBeat, Count - from))).CopyTo(lanes);
        }

        return beat == Beats - 1;
    }

    private uint Checked()
    {
        ReadOnlySpan<float> data = elements.AsSpan(0, Count);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<float, ulong>(data);
        uint a = uint.MaxValue;
        uint b = a;
        uint c = a;
        uint d = a;
        int at = 0;
        for (; at <= words.Length - 4; at += 4)
        {
            a = BitOperations.Crc32C(a, words[at]);
            b = BitOperations.Crc32C(b, words[at + 1]);
            c = BitOperations.Crc32C(c, words[at + 2]);
            d = BitOperations.Crc32C(d, words[at + 3]);
        }

        for (; at < words.Length; at++)
        {
            a = BitOperations.Crc32C(a, words[at]);
        }

        if (data.Length % 2 != 0)
        {
            a = BitOperations.Crc32C(a, BitConverter.SingleToUInt32Bits(data[^1]));
        }

        uint check = uint.MaxValue;
        unchecked
        {
            check = BitOperations.Crc32C(check, (uint)Collective);
            check = BitOperations.Crc32C(check, (uint)Sequence);
            check = BitOperations.Crc32C(check, (uint)First);
            check = BitOperations.Crc32C(check, (uint)Count);
        }

        check = BitOperations.Crc32C(check, a);
        check = BitOperations.Crc32C(check, b);
        check = BitOperations.Crc32C(check, c);
        return ~BitOperations.Crc32C(check, d);
    }
}
