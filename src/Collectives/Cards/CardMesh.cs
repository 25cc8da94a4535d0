using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>The links between the cards of a topology, and what belongs to all of them.</summary>
public sealed class CardMesh
{
    private readonly CardLink?[] links;
    private readonly CardInbox?[] inboxes;

    /// <summary>Links where the algorithm wants them.</summary>
    /// <param name="cards">N.</param>
    /// <param name="shape">How links are built.</param>
    /// <param name="algorithm">Says which links it uses.</param>
    /// <param name="fault">What goes wrong, or null.</param>
    public CardMesh(int cards, LinkShape shape, ICollectiveAlgorithm algorithm, LinkFault? fault = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentOutOfRangeException.ThrowIfLessThan(cards, 1);
        Cards = cards;
        Shape = shape;
        links = new CardLink?[cards * cards];
        inboxes = new CardInbox?[cards];
        foreach (int owner in algorithm.Inboxes(cards))
        {
            inboxes[owner] = new CardInbox(owner, Abort, shape.Channels);
        }

        foreach ((int from, int to) in algorithm.Links(cards))
        {
            links[from * cards + to] ??= new CardLink(from, to, shape, Abort, inboxes[to]);
        }

        if (fault is not null)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fault.From, cards);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fault.To, cards);
            CardLink faulty = links[fault.From * cards + fault.To]
                ?? throw new ArgumentException($"{algorithm.Name} over {cards} cards has no link {fault.From}->{fault.To}", nameof(fault));
            faulty.Fault = fault;
        }
    }

    /// <summary>N.</summary>
    public int Cards { get; }

    /// <summary>How links are built.</summary>
    public LinkShape Shape { get; }

    /// <summary>Calls whatever runs off.</summary>
    public AbortFlag Abort { get; } = new();

    /// <summary>The links that there are.</summary>
    public IEnumerable<CardLink> Links => links.Where(link => link is not null)!;

    /// <summary>All that is shared, for an <see cref="ExploredProgram"/>.</summary>
    public IEnumerable<SharedObject> Shared => [Abort, .. Links, .. inboxes.Where(inbox => inbox is not null)!];

    /// <summary>Buffers that <see cref="ITaskHost.Access"/> can name.</summary>
    public int BufferCount => Cards * CardLink.MostChannels + links.Length * CardLink.MostChannels;

    /// <summary>The link between two cards.</summary>
    public CardLink Link(int from, int to) =>
        links[from * Cards + to] ?? throw new InvalidOperationException($"the algorithm uses link {from}->{to}, which it did not ask for");

    /// <summary>Number of a card's buffer for a channel.</summary>
    public int BufferOf(int card, int channel) => channel * Cards + card;

    /// <summary>Number of the slots of a link's channel.</summary>
    public int SlotBuffer(CardLink link, int channel)
    {
        ArgumentNullException.ThrowIfNull(link);
        return (CardLink.MostChannels + channel * Cards + link.From) * Cards + link.To;
    }

    /// <summary>Formed anew: every link up and empty, nothing called off. No card may be at work.</summary>
    public void Form()
    {
        Abort.Lower();
        foreach (CardLink link in Links)
        {
            link.Form();
        }

        foreach (CardInbox? inbox in inboxes)
        {
            inbox?.Form();
        }
    }

    /// <summary>Formed anew where links may fail at any moment: forming such a link is a step of its own.</summary>
    public async ValueTask FormAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Form();
        foreach (CardLink link in Links)
        {
            if (link.Fault is { Kind: LinkFaultKind.Down or LinkFaultKind.Retrain })
            {
                await host.PerformAsync(link.Forming());
            }
        }
    }

    /// <summary>What is left of links after a collective that every card ended well: null, or what is wrong.</summary>
    public Finding? Leftovers(int channel)
    {
        foreach (CardLink link in Links)
        {
            if (link.State == LinkState.Up && link.CreditsAt(channel) != link.Shape.Credits)
            {
                return new Finding(
                    FindingKind.LeakedCredit,
                    $"{link.Name} has {link.CreditsAt(channel)} of its {link.Shape.Credits} credits after every card ended the collective");
            }
        }

        return null;
    }

    internal CardInbox InboxOf(int card) =>
        inboxes[card] ?? throw new InvalidOperationException($"the algorithm uses an inbox of card {card}, which it did not ask for");
}
