namespace Spanker.Conformance.Collectives;

/// <summary>State of an inter-card link, coded as the RTL codes it (CONTRACT LNK-2). Open-ended in software (CONTRACT MM-15).</summary>
public enum LinkState
{
    /// <summary>No traffic; nothing requested.</summary>
    Down = 0,

    /// <summary>Training was requested and is under way.</summary>
    Training = 1,

    /// <summary>Traffic passes.</summary>
    Up = 2,

    /// <summary>The link failed (the RTL calls it FAULT).</summary>
    Error = 3,
}
