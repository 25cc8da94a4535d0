using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>The host's word that a collective is called off; every wait on a link of the topology ends by it.</summary>
public sealed class AbortFlag : SharedObject
{
    private readonly List<SharedObject> links = [];
    private volatile bool raised;

    /// <inheritdoc/>
    public override string Name => "abort";

    /// <summary>True once it is raised.</summary>
    public bool IsRaised => raised;

    /// <inheritdoc/>
    public override IReadOnlyList<SharedObject> Wakes => links;

    /// <summary>Raises it.</summary>
    public ValueTask<int> RaiseAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.PerformAsync(new Operation(this, OperationKind.Signal));
    }

    /// <summary>Lowers it; nobody may be waiting.</summary>
    public void Lower() => raised = false;

    /// <inheritdoc/>
    public override void Reset() => raised = false;

    /// <inheritdoc/>
    public override bool Permits(in Operation operation) => true;

    /// <inheritdoc/>
    public override int Perform(in Operation operation)
    {
        raised = true;
        return 0;
    }

    /// <inheritdoc/>
    public override void Touch(in Operation operation, ref Footprint footprint) => footprint.Writes(this, 0);

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => "abort";

    /// <inheritdoc/>
    public override string Describe(in Operation operation) => "abort";

    internal void Ends(SharedObject link) => links.Add(link);
}
