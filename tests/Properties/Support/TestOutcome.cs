using System.Text.RegularExpressions;

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>What xunit reported of one test.</summary>
internal sealed partial record TestOutcome(
    bool HasPassed,
    string Output,
    IReadOnlyList<string> Messages,
    IReadOnlyList<string> ExceptionTypes)
{
    /// <summary>The outermost message.</summary>
    public string Message => Messages.Count == 0 ? string.Empty : Messages[0];

    /// <summary>The string that the message tells to paste.</summary>
    public string Replay => ReplayText().Match(Message).Groups[1].Value;

    /// <summary>A line of the message without its label.</summary>
    public string Line(string label) => Message
        .Split('\n')
        .Single(line => line.StartsWith(label + ":", StringComparison.Ordinal))[(label.Length + 1)..]
        .Trim();

    [GeneratedRegex("""Replay = "([^"]+)"\)\]""")]
    private static partial Regex ReplayText();
}
