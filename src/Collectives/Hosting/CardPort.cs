using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>A card's registers as the host sees them: the doorbell, a FIFO of words; the answer to a reset; the status register.</summary>
/// <remarks>
/// One host writes the doorbell and one card takes from it, so the two commute; the k-th word taken is the k-th written. Only the status register can be
/// read too early: reading it conflicts with what changes it.
/// </remarks>
/// <param name="card">Whose.</param>
public sealed class CardPort(int card) : SharedObject
{
    private const int StatusFacet = 0;
    private const int WordChannel = 8;
    private const int AnswerChannel = 9;
    private readonly Queue<CardWord> words = new();
    private int taken;
    private int answered;
    private int heard;
    private int status;

    /// <inheritdoc/>
    public override string Name { get; } = $"port of {card}";

    /// <summary>What is commanded; written before the doorbell rings, read once it rang.</summary>
    public CardCommand? Command { get; set; }

    /// <summary>The host writes a word to the doorbell.</summary>
    public Operation Ring(CardWord word) => new(this, OperationKind.Send, (int)word);

    /// <summary>The card waits for a word; the outcome is the word.</summary>
    public Operation Take() => new(this, OperationKind.Receive);

    /// <summary>The card says that it is idle after a reset.</summary>
    public Operation Answer() => new(this, OperationKind.Signal);

    /// <summary>The host waits for that.</summary>
    public Operation AwaitAnswer() => new(this, OperationKind.Wait);

    /// <summary>The card writes its status register.</summary>
    public Operation WriteStatus(int code) => new(this, OperationKind.Write, code);

    /// <summary>The host reads it: a code of <see cref="CardStatus"/>.</summary>
    public Operation ReadStatus() => new(this, OperationKind.Read);

    /// <inheritdoc/>
    public override void Reset()
    {
        words.Clear();
        taken = 0;
        answered = 0;
        heard = 0;
        status = CardStatus.Idle;
        Command = null;
    }

    /// <inheritdoc/>
    public override bool Permits(in Operation operation) => operation.Kind switch
    {
        OperationKind.Receive => words.Count > 0,
        OperationKind.Wait => answered > heard,
        _ => true,
    };

    /// <inheritdoc/>
    public override int Perform(in Operation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Send:
                words.Enqueue((CardWord)operation.Argument);
                return 0;
            case OperationKind.Receive:
                CardWord word = words.Dequeue();
                taken++;
                status = word == CardWord.Command ? CardStatus.Running : CardStatus.Idle;
                return (int)word;
            case OperationKind.Signal:
                answered++;
                return 0;
            case OperationKind.Wait:
                heard++;
                return 0;
            case OperationKind.Write:
                status = operation.Argument;
                return 0;
            default:
                return status;
        }
    }

    /// <inheritdoc/>
    public override void Touch(in Operation operation, ref Footprint footprint)
    {
        switch (operation.Kind)
        {
            case OperationKind.Send:
                footprint.Produces(this, WordChannel);
                break;
            case OperationKind.Receive:
                footprint.Writes(this, StatusFacet, synchronises: false);
                footprint.Consumes(this, WordChannel, taken);
                break;
            case OperationKind.Signal:
                footprint.Produces(this, AnswerChannel);
                break;
            case OperationKind.Wait:
                footprint.Consumes(this, AnswerChannel, heard);
                break;
            case OperationKind.Write:
                footprint.Writes(this, StatusFacet, synchronises: false);
                break;
            default:
                footprint.Reads(this, StatusFacet, synchronises: false);
                break;
        }
    }

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => "status register";

    /// <inheritdoc/>
    public override string Describe(in Operation operation) => operation.Kind switch
    {
        OperationKind.Send => $"ring doorbell of {card}: {WordText((CardWord)operation.Argument)}",
        OperationKind.Receive => $"wait for doorbell of {card}",
        OperationKind.Signal => $"card {card} answers the reset",
        OperationKind.Wait => $"wait for the reset of card {card}",
        OperationKind.Write => $"write status of {card}",
        _ => $"read status of {card}",
    };

    private static string WordText(CardWord word) => word switch
    {
        CardWord.Command => "command",
        CardWord.Reset => "reset",
        _ => "stop",
    };
}
