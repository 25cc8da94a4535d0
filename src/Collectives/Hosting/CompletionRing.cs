using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>Which cards have completed, in the order in which they did, in the host's memory; and the interrupt that says so to a host that has asked for it.</summary>
/// <remarks>
/// The interrupt is an edge: a completion raises it only if it was enabled before, and taking a record disables it. So a host has to look once more between
/// enabling and waiting; one that does not, loses the wake-up of a card that completed in between. Two completions do not commute. A look conflicts with the
/// completion whose record it finds, or would have found; enabling, with the last completion and the next.
/// </remarks>
public sealed class CompletionRing : SharedObject
{
    private const int OrderFacet = 0;
    private const int FirstRecordFacet = 1;
    private const int RecordFacets = 16;
    private const int RecordChannel = 8;
    private readonly Queue<(int Card, int Number)> records = new();
    private int postsEver;
    private int raisedBy = -1;
    private bool enabled;

    /// <inheritdoc/>
    public override string Name => "completions";

    /// <summary>A card completes.</summary>
    public Operation Post(int card) => new(this, OperationKind.Signal, card);

    /// <summary>The host looks: takes the oldest record, if there is one; the outcome is the card, or -1.</summary>
    public Operation Look() => new(this, OperationKind.Poll);

    /// <summary>The host enables the interrupt.</summary>
    public Operation Enable() => new(this, OperationKind.Write);

    /// <summary>The host waits for the interrupt.</summary>
    public Operation AwaitInterrupt() => new(this, OperationKind.Wait);

    /// <summary>Formed anew: nothing has completed. No card may be at work.</summary>
    public void Form()
    {
        records.Clear();
        raisedBy = -1;
        enabled = false;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        Form();
        postsEver = 0;
    }

    /// <inheritdoc/>
    public override bool Permits(in Operation operation) => operation.Kind != OperationKind.Wait || raisedBy >= 0;

    /// <inheritdoc/>
    public override int Perform(in Operation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Signal:
                records.Enqueue((operation.Argument, postsEver));
                raisedBy = enabled ? postsEver : raisedBy;
                enabled = false;
                postsEver++;
                return 0;
            case OperationKind.Poll when records.Count > 0:
                enabled = false;
                raisedBy = -1;
                return records.Dequeue().Card;
            case OperationKind.Poll:
                return -1;
            case OperationKind.Write:
                enabled = true;
                return 0;
            default:
                raisedBy = -1;
                return 0;
        }
    }

    /// <inheritdoc/>
    public override void Touch(in Operation operation, ref Footprint footprint)
    {
        if (operation.Kind == OperationKind.Wait)
        {
            footprint.Consumes(this, RecordChannel, raisedBy >= 0 ? raisedBy : postsEver);
            return;
        }

        switch (operation.Kind)
        {
            case OperationKind.Signal:
                footprint.Writes(this, OrderFacet, synchronises: false);
                footprint.Writes(this, FacetOf(postsEver), synchronises: false);
                footprint.Produces(this, RecordChannel);
                break;
            case OperationKind.Write:
                footprint.Reads(this, FacetOf(postsEver), synchronises: false);
                footprint.Reads(this, FacetOf(postsEver + RecordFacets - 1), synchronises: false);
                break;
            case OperationKind.Poll when records.Count > 0:
                footprint.Reads(this, FacetOf(records.Peek().Number), synchronises: false);
                footprint.Consumes(this, RecordChannel, records.Peek().Number);
                break;
            default:
                footprint.Reads(this, FacetOf(postsEver), synchronises: false);
                break;
        }
    }

    private static int FacetOf(int record) => FirstRecordFacet + record % RecordFacets;

    /// <inheritdoc/>
    public override bool MissedSignal(in Operation operation) => raisedBy < 0 && records.Count > 0;

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => "order of completions";

    /// <inheritdoc/>
    public override string ChoiceBetween(in Operation operation, in Operation other) =>
        operation.Kind == OperationKind.Signal && other.Kind == OperationKind.Signal ? "order of completions" : "interrupt against poll";

    /// <inheritdoc/>
    public override string Describe(in Operation operation) => operation.Kind switch
    {
        OperationKind.Signal => $"card {operation.Argument} completes",
        OperationKind.Poll => "look for a completion",
        OperationKind.Write => "enable the interrupt",
        _ => "wait for the interrupt",
    };
}
