namespace Spanker.Conformance.Device;

/// <summary>State of an inter-card link (CONTRACT LNK-2). Open-ended in software.</summary>
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
