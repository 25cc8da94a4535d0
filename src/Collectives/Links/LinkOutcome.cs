namespace Spanker.Conformance.Collectives;

/// <summary>What a link answers to an operation.</summary>
public static class LinkOutcome
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The link is not Up.</summary>
    public const int NotUp = 1;

    /// <summary>The host called the collective off.</summary>
    public const int Aborted = 2;
}
