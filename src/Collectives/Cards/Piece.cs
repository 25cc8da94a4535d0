namespace Spanker.Conformance.Collectives;

/// <summary>A piece of a buffer.</summary>
/// <param name="First">Its first element.</param>
/// <param name="Count">Number of elements; may be 0.</param>
public readonly record struct Piece(int First, int Count)
{
    /// <summary>The index after its last element.</summary>
    public int End => First + Count;

    /// <summary>Piece <paramref name="index"/> of a buffer cut into <paramref name="pieces"/>, whose lengths differ by at most 1.</summary>
    public static Piece Of(int length, int pieces, int index)
    {
        int from = (int)((long)length * index / pieces);
        int to = (int)((long)length * (index + 1) / pieces);
        return new Piece(from, to - from);
    }

    /// <summary>From the first to the last of neighbouring pieces.</summary>
    public static Piece Between(Piece first, Piece last) => new(first.First, last.End - first.First);

    /// <summary>A frame's part of it; empty beyond its end.</summary>
    public Piece Frame(int frame, int frameElements)
    {
        int from = (int)Math.Min((long)First + (long)frame * frameElements, End);
        return new Piece(from, Math.Min(frameElements, End - from));
    }

    /// <summary>Frames that it takes.</summary>
    public int Frames(int frameElements) => (Count + frameElements - 1) / frameElements;
}
