using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>Between the host and a card's DMA engine: a descriptor is posted, taken, and said to be finished. Transfers are numbered from 1.</summary>
/// <remarks>Whoever waits for a transfer comes after it and is no choice; whoever looks whether it is finished (a card whose doorbell rang early) races with its end.</remarks>
/// <param name="card">Whose engine.</param>
public sealed class DmaChannel(int card) : SharedObject
{
    private const int FinishedFacet = 0;
    private const int StartChannel = 8;
    private const int FinishChannel = 9;
    private const int StopArgument = 1;
    private int posted;
    private int taken;
    private int finished;
    private bool stopped;

    /// <inheritdoc/>
    public override string Name { get; } = $"dma of {card}";

    /// <summary>The descriptor; written before it is posted, and not again before that transfer is finished.</summary>
    public DmaTransfer Transfer { get; set; }

    /// <summary>Transfers posted so far. The host's to read.</summary>
    public int Posted { get; private set; }

    /// <summary>The host posts the descriptor; the outcome is the transfer's number.</summary>
    public Operation Post() => new(this, OperationKind.Send);

    /// <summary>The host ends the engine.</summary>
    public Operation Stop() => new(this, OperationKind.Send, StopArgument);

    /// <summary>The engine waits for a descriptor; the outcome is 0 when it is stopped.</summary>
    public Operation Take() => new(this, OperationKind.Receive);

    /// <summary>The engine has moved the last byte.</summary>
    public Operation Finish() => new(this, OperationKind.Signal);

    /// <summary>Waits until a transfer is finished.</summary>
    public Operation AwaitFinish(int transfer) => new(this, OperationKind.Wait, transfer);

    /// <summary>Looks whether it is: 1 or 0.</summary>
    public Operation LookForFinish(int transfer) => new(this, OperationKind.Poll, transfer);

    /// <inheritdoc/>
    public override void Reset()
    {
        posted = 0;
        taken = 0;
        finished = 0;
        Posted = 0;
        stopped = false;
        Transfer = default;
    }

    /// <inheritdoc/>
    public override bool Permits(in Operation operation) => operation.Kind switch
    {
        OperationKind.Receive => posted > taken,
        OperationKind.Wait => finished >= operation.Argument,
        _ => true,
    };

    /// <inheritdoc/>
    public override int Perform(in Operation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Send:
                posted++;
                stopped |= operation.Argument == StopArgument;
                Posted += stopped ? 0 : 1;
                return Posted;
            case OperationKind.Receive:
                taken++;
                return stopped && taken == posted ? 0 : taken;
            case OperationKind.Signal:
                return ++finished;
            case OperationKind.Wait:
                return 1;
            default:
                return finished >= operation.Argument ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public override void Touch(in Operation operation, ref Footprint footprint)
    {
        switch (operation.Kind)
        {
            case OperationKind.Send:
                footprint.Produces(this, StartChannel);
                break;
            case OperationKind.Receive:
                footprint.Consumes(this, StartChannel, taken);
                break;
            case OperationKind.Signal:
                footprint.Writes(this, FinishedFacet, synchronises: false);
                footprint.Produces(this, FinishChannel);
                break;
            case OperationKind.Wait:
                footprint.Consumes(this, FinishChannel, operation.Argument - 1);
                break;
            default:
                footprint.Reads(this, FinishedFacet, synchronises: false);
                if (finished >= operation.Argument)
                {
                    footprint.Consumes(this, FinishChannel, operation.Argument - 1);
                }

                break;
        }
    }

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => "DMA against doorbell";

    /// <inheritdoc/>
    public override string Describe(in Operation operation) => operation.Kind switch
    {
        OperationKind.Send => operation.Argument == StopArgument ? $"stop {Name}" : $"post descriptor to {Name}",
        OperationKind.Receive => $"wait for descriptor of {Name}",
        OperationKind.Signal => $"{Name} is finished",
        OperationKind.Wait => $"wait for transfer {operation.Argument} of {Name}",
        _ => $"look for transfer {operation.Argument} of {Name}",
    };
}
