namespace Spanker.Conformance.Collectives;

/// <summary>Where a hosted topology stands.</summary>
public enum TopologyState
{
    /// <summary>Takes a call.</summary>
    Ready,

    /// <summary>A call runs and can be called off.</summary>
    Busy,

    /// <summary>Every card has ended it well; results come out, and it can no longer be called off.</summary>
    Finishing,

    /// <summary>A call failed; refuses work until it is formed anew.</summary>
    Broken,

    /// <summary>Is being formed anew.</summary>
    Forming,

    /// <summary>Closed for good.</summary>
    Closed,
}
