using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>A step of a sequence diagram.</summary>
/// <param name="Column">Whose step; -1 for the environment.</param>
/// <param name="To">Column to which an arrow goes, or null.</param>
/// <param name="Text">What was done.</param>
public sealed record SequenceRow(int Column, int? To, string Text);

/// <summary>A run as a sequence diagram: tasks as columns, steps as rows, sends as arrows to the card at the other end.</summary>
/// <param name="Columns">Names of the tasks.</param>
/// <param name="Rows">The steps.</param>
/// <param name="Remark">What the run came to, or null.</param>
public sealed record SequenceDiagram(IReadOnlyList<string> Columns, IReadOnlyList<SequenceRow> Rows, string? Remark)
{
    /// <summary>The diagram of a run that has ended.</summary>
    public static SequenceDiagram Of(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string[] columns = [.. run.Program.Tasks];
        return new SequenceDiagram(
            columns,
            [.. run.Log.Select(step => Row(run.Threads, columns, step))],
            run.Finding is null ? null : $"{run.Finding.KindText}: {run.Finding.Message}");
    }

    private static SequenceRow Row(ThreadMap threads, string[] columns, StepRecord step)
    {
        if (threads.IsTimer(step.Thread))
        {
            return new SequenceRow(threads.TaskOf(step.Thread), null, "its limit of time passes");
        }

        string text = step.Operation.ToString() + Answer(step);
        return threads.IsTask(step.Thread)
            ? new SequenceRow(step.Thread, Receiver(columns, step), text)
            : new SequenceRow(-1, null, text);
    }

    private static int? Receiver(string[] columns, StepRecord step)
    {
        if (step.Operation is not { Kind: OperationKind.Send, Target: CardLink link })
        {
            return null;
        }

        // 'card 0, collective 2' sends to 'card 1, collective 2'.
        string sender = columns[step.Thread];
        string own = FormattableString.Invariant($"card {link.From}");
        int column = sender == own || sender.StartsWith(own + ",", StringComparison.Ordinal)
            ? Array.IndexOf(columns, FormattableString.Invariant($"card {link.To}") + sender[own.Length..])
            : -1;
        return column < 0 ? null : column;
    }

    private static string Answer(StepRecord step) => step.Outcome switch
    {
        StepOutcome.TimedOut => ": timed out",
        LinkOutcome.NotUp when step.Operation.Target is CardLink or CardInbox => ": not up",
        LinkOutcome.Aborted when step.Operation.Target is CardLink or CardInbox => ": called off",
        _ => string.Empty,
    };
}
