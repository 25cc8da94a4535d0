namespace Spanker.Conformance.Collectives;

/// <summary>Why a card could not end a collective.</summary>
public enum CollectiveProblem
{
    /// <summary>Nothing came within the limit, or no credit did.</summary>
    TimedOut,

    /// <summary>A link was not Up.</summary>
    LinkNotUp,

    /// <summary>A frame's check does not fit.</summary>
    Corrupt,

    /// <summary>A frame was lost before this one.</summary>
    FrameMissing,

    /// <summary>A frame of another collective, or of another place in the buffer.</summary>
    Foreign,

    /// <summary>The host called the collective off.</summary>
    Aborted,

    /// <summary>The card itself is gone; nobody hears this.</summary>
    Gone,
}

/// <summary>Ends a card's part in a collective; the card's buffer is not what was asked for.</summary>
public sealed class CollectiveException : Exception
{
    /// <summary>A card gives up.</summary>
    public CollectiveException(CollectiveProblem problem, string message)
        : base(message)
    {
        Problem = problem;
    }

    /// <summary>Why.</summary>
    public CollectiveProblem Problem { get; }
}
