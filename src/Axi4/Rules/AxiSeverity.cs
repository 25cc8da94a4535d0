namespace Spanker.Conformance.Axi4;

/// <summary>What a violated rule means.</summary>
public enum AxiSeverity
{
    /// <summary>The interface does not conform.</summary>
    Error,

    /// <summary>A recommendation was not kept: reported, no failure of the interface.</summary>
    Warning,
}
