using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>Counts how often each source of nondeterminism was really reached: choices, waits for a credit, faults that came to pass.</summary>
/// <remarks>Taking and giving back a credit is never a choice (they commute); what counts is that a card had to wait for one, so that the order was enforced.</remarks>
public sealed class ReachedSources : RunWatch
{
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>The sources that every exploration is asked about.</summary>
    public static IReadOnlyList<string> Catalogue { get; } =
    [
        "any-source arrival", "credits", "DMA against doorbell", "interrupt against poll", "two collectives on a link", "abort", "timeout",
        .. FaultPlan.Kinds.Select(NameOf),
    ];

    /// <summary>What else is counted: choices.</summary>
    public ReachedChoices Choices { get; } = new();

    /// <summary>Each source of the catalogue in its order, with 0 where it was not reached, then others that were.</summary>
    public IReadOnlyList<(string Source, long Count)> All
    {
        get
        {
            List<(string Source, long Count)> all = [.. Catalogue.Select(source => (source, Of(source)))];
            all.AddRange(Choices.Counts.Where(one => !Catalogue.Contains(one.Key) && !IsFaultItself(one.Key)).Select(one => (one.Key, one.Value)));
            return all;
        }
    }

    /// <summary>True if a failure of that kind came to pass in some run.</summary>
    public bool Came(LinkFaultKind kind) => Of(NameOf(kind)) > 0;

    /// <inheritdoc/>
    protected override void Started(Execution run)
    {
    }

    /// <inheritdoc/>
    protected override void Stepping(Execution run, ThreadSet enabled, int thread, in Footprint footprint, bool afterAll)
    {
        ArgumentNullException.ThrowIfNull(run);
        Operation operation = run.PendingOf(thread);
        if (operation is { Kind: OperationKind.Send, Target: CardLink { Fault: { } planned } link } && link.FramesSent == planned.Frame
            && planned.Kind is LinkFaultKind.Drop or LinkFaultKind.Duplicate or LinkFaultKind.Corrupt or LinkFaultKind.Delay)
        {
            Count(NameOf(planned.Kind));
        }
        else if (operation is { Kind: OperationKind.Fault, Target: CardLink { Fault: { } failure } })
        {
            Count(NameOf(failure.Kind));
        }

        for (ThreadSet left = run.Announced.Except(enabled); !left.IsEmpty; left = left.WithoutFirst())
        {
            if (run.Threads.IsTask(left.First) && run.PendingOf(left.First).Kind == OperationKind.TakeCredit)
            {
                Count("credits");
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override void Ended(Execution run, RunEnd end)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Program.Objects.Any(one => one is CardLink { SenderWasGone: true }))
        {
            Count(NameOf(LinkFaultKind.PeerGone));
        }
    }

    private static string NameOf(LinkFaultKind kind) => "fault " + LinkFault.NameOf(kind);

    // The environment's own steps: the same events are counted as faults.
    private static bool IsFaultItself(string choice) => choice is "link down" or "link trained again" or "delayed frame";

    private long Of(string source) => counts.GetValueOrDefault(source) + Choices.Counts.GetValueOrDefault(source);

    private void Count(string source) => counts[source] = counts.GetValueOrDefault(source) + 1;
}
