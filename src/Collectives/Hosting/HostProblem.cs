namespace Spanker.Conformance.Collectives;

/// <summary>Why a host's call did not succeed.</summary>
public enum HostProblem
{
    /// <summary>A card ended with a problem.</summary>
    CardFailed,

    /// <summary>A card did not complete within the host's limit.</summary>
    TimedOut,

    /// <summary>The call was called off.</summary>
    Aborted,

    /// <summary>Refused: an earlier call failed, and the topology was not formed since.</summary>
    NotFormed,

    /// <summary>Refused: another call runs, or the topology is being formed.</summary>
    InUse,

    /// <summary>Refused: the topology is closed, or being closed.</summary>
    Closed,
}
