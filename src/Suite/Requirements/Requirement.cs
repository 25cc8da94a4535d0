namespace Spanker.Conformance.Suite;

/// <summary>Who is judged by a clause.</summary>
public enum Subject
{
    /// <summary>A device that multiplies or reduces.</summary>
    Device,

    /// <summary>A control node of the driver.</summary>
    Driver,

    /// <summary>An AXI4 bus.</summary>
    Bus,

    /// <summary>An inter-card link.</summary>
    Link,

    /// <summary>A cost model.</summary>
    Scheduler,
}

/// <summary>A clause of the contract, as the suite judges it.</summary>
/// <param name="Id">The clause id, such as MM-13.</param>
/// <param name="Subject">Who is judged by it.</param>
/// <param name="IsOurs">True for a clause that goes beyond what the upstream stack has written down; reports say so.</param>
/// <param name="Text">What it demands, in a sentence.</param>
public sealed record Requirement(string Id, Subject Subject, bool IsOurs, string Text)
{
    /// <summary>The id as it stands at the head of a token: lower case, no dash.</summary>
    public string TokenId => Id.Replace("-", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
}
