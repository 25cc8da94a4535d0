namespace Spanker.Conformance.Suite;

/// <summary>What a second task of the host does, at any moment.</summary>
public enum HostedUser
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Calls the running call off.</summary>
    Aborts,

    /// <summary>Closes the topology.</summary>
    Closes,
}
