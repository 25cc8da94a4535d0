using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>What a card's memory must hold after writes in their order, byte by byte from the addresses of the beats; bytes that were not written are not compared.</summary>
internal sealed class ExpectedMemory(AxiBusShape shape)
{
    private readonly Dictionary<ulong, (ulong[] Words, ulong[] Written)> held = [];

    /// <summary>Takes up a write; a read changes nothing.</summary>
    public void Store(AxiRequest request)
    {
        for (int beat = 0; !request.IsRead && beat < request.Burst.Beats; beat++)
        {
            ulong place = request.Burst.AddressOf(beat) & ~((ulong)shape.DataBytes - 1);
            if (!held.TryGetValue(place, out (ulong[] Words, ulong[] Written) word))
            {
                held.Add(place, word = (new ulong[shape.DataWords], new ulong[shape.DataWords]));
            }

            UInt128 strobe = request.Strobes.IsEmpty ? request.Burst.LanesOf(beat, shape.DataBytes).Strobe : request.Strobes.Span[beat];
            for (int lane = 0; lane < shape.DataBytes; lane++)
            {
                if (((strobe >> lane) & 1) != 0)
                {
                    ulong mask = 0xffUL << (8 * (lane % 8));
                    ref ulong bytes = ref word.Words[lane / 8];
                    bytes = (bytes & ~mask) | (request.Data.Span[(beat * shape.DataWords) + (lane / 8)] & mask);
                    word.Written[lane / 8] |= mask;
                }
            }
        }
    }

    /// <summary>The first bus word that the card says to be another, or null.</summary>
    public Deviation? Compare(IBusDevice device)
    {
        ulong[] actual = new ulong[shape.DataWords];
        foreach ((ulong address, (ulong[] words, ulong[] written)) in held.OrderBy(pair => pair.Key))
        {
            device.ReadState(address, actual);
            for (int i = 0; i < actual.Length; i++)
            {
                actual[i] &= written[i];
            }

            if (!words.AsSpan().SequenceEqual(actual))
            {
                return new Deviation(
                    string.Create(CultureInfo.InvariantCulture, $"its memory at 0x{address:x} holds {Hex(actual)}; written was {Hex(words)} (bytes that were not written shown as 0)"), Hex(words), Hex(actual));
            }
        }

        return null;
    }

    private static string Hex(ReadOnlySpan<ulong> words)
    {
        System.Text.StringBuilder text = new("0x");
        for (int i = words.Length - 1; i >= 0; i--)
        {
            text.Append(CultureInfo.InvariantCulture, $"{words[i]:x16}");
        }

        return text.ToString();
    }
}
