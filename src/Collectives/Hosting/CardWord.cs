namespace Spanker.Conformance.Collectives;

/// <summary>What the host writes to a card's doorbell.</summary>
public enum CardWord
{
    /// <summary>A command lies ready.</summary>
    Command,

    /// <summary>Leave what you are at, answer that you are idle.</summary>
    Reset,

    /// <summary>The topology is closed.</summary>
    Stop,
}
