namespace Spanker.Conformance.Vcd;

/// <summary>What a reader accepts at most, so that a hostile file costs bounded memory. Hitting a limit is a <see cref="VcdException"/> that names it.</summary>
public sealed record VcdLimits
{
    /// <summary>The limits that are used where none are given.</summary>
    public static VcdLimits Default { get; } = new();

    /// <summary>Most <c>$var</c> declarations.</summary>
    public int Variables { get; init; } = 1 << 20;

    /// <summary>Most bits of one variable, and so most digits of one value.</summary>
    public int WidthBits { get; init; } = 1 << 20;

    /// <summary>Most bits of all tracked signals together.</summary>
    public int TrackedBits { get; init; } = 1 << 24;

    /// <summary>Most bytes of one name or of one hierarchical path.</summary>
    public int NameBytes { get; init; } = 4096;

    /// <summary>Most bytes of all distinct names and paths together, since these are what a reader keeps.</summary>
    public int AllNamesBytes { get; init; } = 24 << 20;

    /// <summary>Most bytes of one id code.</summary>
    public int IdCodeBytes { get; init; } = 256;

    /// <summary>Most scopes inside one another.</summary>
    public int ScopeDepth { get; init; } = 256;
}
