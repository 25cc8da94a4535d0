namespace Spanker.Conformance.Cli;

/// <summary>One line on a terminal's stderr that is written over as work goes on; silent where there is no terminal.</summary>
/// <param name="host">Says whether there is one.</param>
internal sealed class ProgressLine(CommandHost host)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private long last = System.Diagnostics.Stopwatch.GetTimestamp();
    private int width;

    /// <summary>Shows <paramref name="text"/>, at most five times a second.</summary>
    public void Show(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        lock (gate)
        {
            if (host.IsTerminal && System.Diagnostics.Stopwatch.GetElapsedTime(last) >= Interval)
            {
                last = System.Diagnostics.Stopwatch.GetTimestamp();
                Write(text);
            }
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        lock (gate)
        {
            if (width > 0)
            {
                Write(string.Empty);
                host.Error.Write('\r');
                width = 0;
            }
        }
    }

    private void Write(string text)
    {
        host.Error.Write("\r" + text.PadRight(width));
        width = text.Length;
    }
}
