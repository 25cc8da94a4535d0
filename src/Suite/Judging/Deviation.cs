namespace Spanker.Conformance.Suite;

/// <summary>How a device broke a clause in one case.</summary>
/// <param name="Message">What happened, in a line: <c>y[3,17] = 0.5, exact 0.75 +- 3e-06 (class f32)</c>.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Actual">What was seen.</param>
public sealed record Deviation(string Message, string Expected, string Actual)
{
    /// <summary>The first wrong element of OUT as (row, column); null where the deviation is not about an element.</summary>
    public (ulong Row, ulong Column)? Element { get; init; }

    /// <summary>Expected beside actual around the first wrong element, a line a row; empty where there is none.</summary>
    public IReadOnlyList<string> Neighbourhood { get; init; } = [];
}
