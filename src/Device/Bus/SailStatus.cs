namespace Spanker.Conformance.Device;

/// <summary>What the card is at.</summary>
public enum SailState
{
    /// <summary>Nothing to do.</summary>
    Idle,

    /// <summary>A command is being done.</summary>
    Busy,

    /// <summary>The last command could not be done: an unknown opcode, or windows that the card's memory does not have.</summary>
    Failed,
}

/// <summary>The status word: bytes 0..3 the state, 4..7 the tag of the last command that ended, 8..11 how many have ended, the rest zero; little endian.</summary>
/// <param name="State">What the card is at.</param>
/// <param name="Tag">The last command that ended.</param>
/// <param name="Ended">Commands that have ended since reset.</param>
public readonly record struct SailStatus(SailState State, uint Tag, uint Ended)
{
    /// <summary>The status that a bus word holds.</summary>
    public static SailStatus Read(ReadOnlySpan<ulong> words) => new((SailState)unchecked((uint)words[0]), (uint)(words[0] >> 32), unchecked((uint)words[1]));

    /// <summary>Writes it as a bus word.</summary>
    public void Write(Span<ulong> words)
    {
        words.Clear();
        words[0] = (uint)State | ((ulong)Tag << 32);
        words[1] = Ended;
    }
}
