namespace Spanker.Conformance.Reference;

/// <summary>A card's bandwidths in bytes a second (CONTRACT SCH-1).</summary>
/// <param name="LocalDdr">The card's own memory.</param>
/// <param name="InterCard">A link between two cards, per direction.</param>
/// <param name="HostLink">The link to the host.</param>
public readonly record struct Bandwidths(ulong LocalDdr, ulong InterCard, ulong HostLink)
{
    /// <summary>Revision A: 2 GB/s local, 0.5 GB/s between cards, 0.1 GB/s to the host.</summary>
    public static Bandwidths RevisionA { get; } = new(LocalDdr: 2_000_000_000, InterCard: 500_000_000, HostLink: 100_000_000);

    /// <summary>Whether host &lt; inter-card &lt; DDR, and DDR is at least four times inter-card.</summary>
    public bool AreOrdered => HostLink < InterCard && InterCard < LocalDdr && LocalDdr / 4 >= InterCard;
}
