namespace Spanker.Conformance.Axi4;

/// <summary>How large a trace may be; a document beyond that is refused before it takes memory.</summary>
public static class AxiTraceLimits
{
    /// <summary>Bytes of a document. Read, one of 256 data bits takes about five times as much memory, one of 8 about ten times.</summary>
    public const int MostBytes = 128 << 20;

    /// <summary>Transactions.</summary>
    public const int MostTransactions = 1_000_000;

    /// <summary>Beats of a transaction: sixteen times what AxLEN can ask for, which is as far as the checker follows a burst that does not end.</summary>
    public const int MostBeats = 16 * AxiBurst.MaxBeats;
}
