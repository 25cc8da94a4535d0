namespace Spanker.Conformance.Collectives;

/// <summary>What a card's status register holds.</summary>
public static class CardStatus
{
    /// <summary>Nothing was commanded since the start or the last reset.</summary>
    public const int Idle = 0;

    /// <summary>A command was taken and has not ended.</summary>
    public const int Running = 1;

    /// <summary>The last command ended well.</summary>
    public const int Done = 2;

    private const int FirstProblem = 16;

    /// <summary>The last command ended with a problem: 16 and its number.</summary>
    public static int Failed(CollectiveProblem problem) => FirstProblem + (int)problem;

    /// <summary>The problem of a command that failed; null for any other status.</summary>
    public static CollectiveProblem? ProblemOf(int status) =>
        status is >= FirstProblem and <= FirstProblem + (int)CollectiveProblem.Gone ? (CollectiveProblem)(status - FirstProblem) : null;
}
