namespace Spanker.Conformance.Axi4;

/// <summary>How a request ended.</summary>
/// <param name="Ticket">The number that <see cref="AxiMaster.Enqueue"/> gave it.</param>
/// <param name="IsRead">Whether it is a read.</param>
/// <param name="Response">BRESP; of a read the first response that is no OKAY, or OKAY.</param>
/// <param name="Beats">R beats that came; of a write 0.</param>
/// <param name="IsAborted">Whether a reset ended it.</param>
public readonly record struct AxiCompletion(long Ticket, bool IsRead, AxiResponse Response, int Beats, bool IsAborted);
