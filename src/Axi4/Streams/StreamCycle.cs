namespace Spanker.Conformance.Axi4;

/// <summary>The pins of a stream as sampled at one rising edge. The owner keeps one, changes what changed, and pushes it.</summary>
public sealed class StreamCycle
{
    private readonly int[] firstWord;
    private readonly int[] words;
    private readonly ulong[] values;
    private readonly ulong[] unknowns;

    /// <summary>All pins low.</summary>
    public StreamCycle(StreamShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        words = [.. shape.Payload.Select(pin => pin.Words)];
        firstWord = new int[words.Length];
        for (int pin = 1; pin < words.Length; pin++)
        {
            firstWord[pin] = firstWord[pin - 1] + words[pin - 1];
        }

        values = new ulong[words.Sum()];
        unknowns = new ulong[values.Length];
    }

    /// <summary>VALID.</summary>
    public AxiBit Valid { get; set; }

    /// <summary>READY.</summary>
    public AxiBit Ready { get; set; }

    /// <summary>The reset after its polarity: high while it is active, unknown counts as active. Absent, it reads low.</summary>
    public AxiBit Reset { get; set; }

    /// <summary>Sets payload pin <paramref name="pin"/> of the shape.</summary>
    /// <param name="pin">Its index in <see cref="StreamShape.Payload"/>.</param>
    /// <param name="value">Its words, lowest first; bits that are unknown are ignored, words that are left out are 0.</param>
    /// <param name="unknown">Ones where the value is x or z.</param>
    public void Set(int pin, ReadOnlySpan<ulong> value, ReadOnlySpan<ulong> unknown)
    {
        for (int word = 0; word < words[pin]; word++)
        {
            ulong mask = word < unknown.Length ? unknown[word] : 0;
            unknowns[firstWord[pin] + word] = mask;
            values[firstWord[pin] + word] = word < value.Length ? value[word] & ~mask : 0;
        }
    }

    /// <summary>The words of a payload pin; x bits are 0.</summary>
    public ReadOnlySpan<ulong> Value(int pin) => values.AsSpan(firstWord[pin], words[pin]);

    /// <summary>The x bits of a payload pin.</summary>
    public ReadOnlySpan<ulong> Unknown(int pin) => unknowns.AsSpan(firstWord[pin], words[pin]);

    internal void CopyTo(StreamCycle other)
    {
        values.CopyTo(other.values, 0);
        unknowns.CopyTo(other.unknowns, 0);
    }

    internal bool HasPayloadOf(StreamCycle other) => values.AsSpan().SequenceEqual(other.values) && unknowns.AsSpan().SequenceEqual(other.unknowns);

    internal bool HasUnknown() => unknowns.AsSpan().ContainsAnyExcept(0UL);
}
