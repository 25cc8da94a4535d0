using FsCheck.Xunit;

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>A property whose Replay a test can set before it runs the specimen, as a reader would paste it into the source.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReplayableAttribute : PropertyAttribute
{
    public ReplayableAttribute() => Replay = Pasted;

    /// <summary>Null: no replay.</summary>
    public static string? Pasted { get; set; }
}
