namespace Spanker.Conformance.Suite;

/// <summary>What PCT promises after so many runs, or why it promises nothing.</summary>
/// <param name="Threads">n: tasks, timers and what the environment does.</param>
/// <param name="StepBound">k.</param>
/// <param name="Depth">d.</param>
/// <param name="Runs">Runs that ended.</param>
/// <param name="LongestRun">Steps of the longest.</param>
/// <param name="IsBounded">False if k is not known to bound every schedule: a host that polls does so as often as the schedule lets it.</param>
public sealed record PctGuarantee(int Threads, int StepBound, int Depth, long Runs, int LongestRun, bool IsBounded = true)
{
    /// <summary>False if k bounds nothing, because it is not known or a run was longer: then there is no guarantee.</summary>
    public bool Holds => IsBounded && LongestRun <= StepBound;

    /// <summary>p = 1 / (n k^(d-1)): one run finds a bug of depth d at least that often.</summary>
    public double Chance => 1 / (Threads * Math.Pow(StepBound, Depth - 1));

    /// <summary>epsilon = (1 - p)^runs: a bug of depth d is missed at most that often.</summary>
    public double Missed => Chance >= 1 ? (Runs == 0 ? 1 : 0) : Math.Exp(Runs * Math.Log(1 - Chance));
}
