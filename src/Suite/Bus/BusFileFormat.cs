namespace Spanker.Conformance.Suite.Bus;

/// <summary>The forms in which a file can hold what passed over a bus.</summary>
public enum BusFileFormat
{
    /// <summary>A dump of signals.</summary>
    Vcd,

    /// <summary>Golden text.</summary>
    Text,

    /// <summary>A trace as JSON.</summary>
    Json,

    /// <summary>The same as YAML.</summary>
    Yaml,
}
