namespace Spanker.Conformance.Suite;

/// <summary>What PCT promises after so many runs, or why it promises nothing.</summary>
/// <param name="Threads">n: tasks, timers and what the environment does.</param>
/// <param name="StepBound">k.</param>
/// <param name="Depth">d.</param>
/// <param name="Runs">Runs that ended.</param>
/// <param name="LongestRun">Steps of the longest.</param>
public sealed record PctGuarantee(int Threads, int StepBound, int Depth, long Runs, int LongestRun)
{
    /// <summary>False if a run was longer than k: then the bound is none, and neither is the guarantee.</summary>
    public bool Holds => LongestRun <= StepBound;

    /// <summary>p = 1 / (n k^(d-1)): one run finds a bug of depth d at least that often.</summary>
    public double Chance => 1 / (Threads * Math.Pow(StepBound, Depth - 1));

    /// <summary>epsilon = (1 - p)^runs: a bug of depth d is missed at most that often.</summary>
    public double Missed => Chance >= 1 ? (Runs == 0 ? 1 : 0) : Math.Exp(Runs * Math.Log(1 - Chance));
}
