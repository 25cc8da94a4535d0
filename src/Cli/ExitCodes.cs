namespace Spanker.Conformance.Cli;

/// <summary>The exit codes of all commands.</summary>
public static class ExitCodes
{
    /// <summary>Everything judged conforms.</summary>
    public const int Conforms = 0;

    /// <summary>Something deviates.</summary>
    public const int Deviates = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Nothing could be judged, or the run is incomplete.</summary>
    public const int NotJudged = 3;
}
