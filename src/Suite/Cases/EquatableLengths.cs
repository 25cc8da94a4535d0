using System.Collections;

namespace Spanker.Conformance.Suite;

/// <summary>Buffer lengths in elements; equal if they are equal one by one.</summary>
public readonly struct EquatableLengths : IReadOnlyList<int>, IEquatable<EquatableLengths>
{
    private readonly int[]? lengths;

    /// <summary>The lengths given.</summary>
    public EquatableLengths(params IEnumerable<int> lengths)
    {
        this.lengths = [.. lengths];
    }

    /// <inheritdoc/>
    public int Count => lengths?.Length ?? 0;

    /// <inheritdoc/>
    public int this[int index] => (lengths ?? [])[index];

    /// <summary>The same length on every card.</summary>
    public static EquatableLengths Uniform(int cards, int length) => new(Enumerable.Repeat(length, cards));

    /// <inheritdoc/>
    public bool Equals(EquatableLengths other) => this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableLengths other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => this.Aggregate(Count, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(lengths ?? [])).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Equality.</summary>
    public static bool operator ==(EquatableLengths left, EquatableLengths right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(EquatableLengths left, EquatableLengths right) => !left.Equals(right);
}
