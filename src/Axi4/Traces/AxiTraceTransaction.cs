namespace Spanker.Conformance.Axi4;

/// <summary>
/// A transaction of a trace: what the master asked for and what it got. It may break any rule, as recorded traffic does: beats too few or
/// too many, LAST on the wrong one.
/// </summary>
public sealed record AxiTraceTransaction
{
    /// <summary>A transaction with its data.</summary>
    /// <param name="address">The address.</param>
    /// <param name="beats">The transfers of W or R, in order.</param>
    /// <param name="response">BRESP; of a read, OKAY, since its beats have their own.</param>
    /// <param name="busBytes">Bytes of the data bus.</param>
    /// <exception cref="ArgumentException">There are more beats than a trace may have.</exception>
    public AxiTraceTransaction(AxiTraceAddress address, IReadOnlyList<AxiTraceBeat> beats, AxiResponse response, int busBytes)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(beats);
        if (beats.Count > AxiTraceLimits.MostBeats)
        {
            throw new ArgumentException($"a transaction of a trace has at most {AxiTraceLimits.MostBeats} beats, not {beats.Count}", nameof(beats));
        }

        Address = address;
        Beats = beats;
        Summary = AxiTraceSummary.Of(address, beats, response, busBytes);
    }

    /// <summary>A transaction whose data is known by its digest only.</summary>
    public AxiTraceTransaction(AxiTraceAddress address, AxiTraceSummary summary)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(summary);
        Address = address;
        Summary = summary;
        Beats = summary.Beats == 0 ? [] : null;
    }

    /// <summary>What the address pins ask for.</summary>
    public AxiTraceAddress Address { get; }

    /// <summary>Whether it is a read.</summary>
    public bool IsRead => Address.IsRead;

    /// <summary>The transfers; null where only <see cref="Summary"/> is known.</summary>
    public IReadOnlyList<AxiTraceBeat>? Beats { get; }

    /// <summary>What is known without the data.</summary>
    public AxiTraceSummary Summary { get; }

    /// <summary>BRESP of a write; of a read, OKAY.</summary>
    public AxiResponse Response => IsRead ? AxiResponse.Okay : Summary.Responses[0];

    /// <summary>For replay: idle clocks before AxVALID, once <see cref="After"/> is met.</summary>
    public int Gap { get; init; }

    /// <summary>
    /// For replay: the index of a transaction that must have ended, and with it all before it of its direction, before this one is offered.
    /// </summary>
    public int? After { get; init; }

    /// <inheritdoc/>
    public bool Equals(AxiTraceTransaction? other)
    {
        if (other is null || Address != other.Address || Summary != other.Summary || Gap != other.Gap || After != other.After)
        {
            return false;
        }

        return Beats is null || other.Beats is null ? Beats is null && other.Beats is null : Beats.SequenceEqual(other.Beats);
    }

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Summary);
}
