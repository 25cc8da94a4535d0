using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Suite;

/// <summary>What a clause came to on a device.</summary>
/// <param name="Requirement">The clause.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Cases">Cases that said something of it.</param>
/// <param name="Reached">The edges that were met.</param>
/// <param name="Reason">Why, where the outcome is neither conforms nor deviates; otherwise empty.</param>
public sealed record RequirementResult(Requirement Requirement, Outcome Outcome, int Cases, IReadOnlyList<string> Reached, string Reason);

/// <summary>One way in which a device broke a clause, made small.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Case">The smallest case found.</param>
/// <param name="Original">The case that broke it first.</param>
/// <param name="Deviation">What the smallest case shows.</param>
/// <param name="Where">The place in the operands, in words; empty where there is none.</param>
/// <param name="CasesBroken">How many cases of the run broke the clause.</param>
public sealed record Failure(string Clause, Case Case, Case Original, Deviation Deviation, string Where, int CasesBroken)
{
    /// <summary>What went over the bus; null where the failure is not about a bus.</summary>
    public BusWaves? BusDump { get; init; }

    /// <summary>How many cases that said something of the clause were tried until the first that broke it, that one included.</summary>
    public int CasesToFind { get; init; }
}

/// <summary>All that a run says of one device.</summary>
/// <param name="Spec">The device spec.</param>
/// <param name="Name">The device's own name.</param>
/// <param name="Outcome">What it came to as a whole.</param>
/// <param name="ClaimedClass">The class held against it.</param>
/// <param name="MetClass">The tightest class that no result refutes; null where none was tried.</param>
/// <param name="WorstErrorOverBound">The largest error as a fraction of its bound.</param>
/// <param name="Requirements">Every clause.</param>
/// <param name="Failures">The clauses that were broken, a failure each.</param>
/// <param name="IsComplete">Whether every case was tried.</param>
public sealed record DeviceResult(
    string Spec,
    string Name,
    Outcome Outcome,
    string ClaimedClass,
    string? MetClass,
    double WorstErrorOverBound,
    IReadOnlyList<RequirementResult> Requirements,
    IReadOnlyList<Failure> Failures,
    bool IsComplete)
{
    /// <summary>Cases that were tried.</summary>
    public int CasesTried { get; init; }

    /// <summary>What the run showed of each rule of the bus; empty for a device without one.</summary>
    public IReadOnlyList<Bus.BusRuleCoverage> BusRules { get; init; } = [];

    /// <summary>Whether any row of the real weights that were given was judged.</summary>
    public bool JudgedRealWeights =>
        Requirements.Any(r => r.Reached.Any(edge => edge.StartsWith(NumericChecks.RealWeightsEdge, StringComparison.Ordinal)));

    /// <summary>Why the device does not open, in a line; null if it does.</summary>
    public string? Closed { get; init; }
}

/// <summary>The device that had to fail.</summary>
/// <param name="Spec">Its spec.</param>
/// <param name="Clause">The clause that had to report it.</param>
/// <param name="WasCaught">Whether it did.</param>
public sealed record CanaryResult(string Spec, string Clause, bool WasCaught)
{
    /// <summary>Why it does not open; null if it does.</summary>
    public string? Closed { get; init; }
}

/// <summary>All that a run says.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Devices">The devices, in the order given.</param>
/// <param name="Canary">The device that had to fail; null where the run was cut off before it.</param>
/// <param name="IsComplete">Whether everything was tried and the canary was caught.</param>
public sealed record RunResult(RunOptions Options, IReadOnlyList<DeviceResult> Devices, CanaryResult? Canary, bool IsComplete)
{
    /// <summary>Whether real weights were given and no device was judged on any of them.</summary>
    public bool LeavesWeightsOut => Options.Plan.Weights is not null && Options.Shard == Shard.Whole && !Devices.Any(d => d.JudgedRealWeights);

    // A part of a run rarely meets all edges of a clause: that is for the whole to say, and the part says what its cases say. A device that
    // the filter, or its shard, left no case is silent; it does not spoil what the others say.
    private bool SaysSomething => Options.Shard == Shard.Whole
        ? Devices.Any(d => d.Outcome == Outcome.Conforms) && Devices.All(d => d.Outcome == Outcome.Conforms || d.CasesTried == 0)
        : Devices.Any(d => d.CasesTried > 0);

    /// <summary>0: everything judged conforms. 1: something deviates. 3: nothing could be judged, or the run is incomplete.</summary>
    public int ExitCode
    {
        get
        {
            if (Canary is { WasCaught: false })
            {
                return 3;
            }

            if (Devices.Any(d => d.Outcome == Outcome.Deviates))
            {
                return 1;
            }

            return IsComplete && SaysSomething && !LeavesWeightsOut ? 0 : 3;
        }
    }
}
