namespace Spanker.Conformance.Collectives;

/// <summary>How the host drives the cards.</summary>
/// <param name="Looks">Times that it looks for a completion before it asks for an interrupt; 0 to ask at once.</param>
/// <param name="PostsDoorbell">
/// True: the doorbell rings right behind the descriptor, and the card waits for its transfer. False: the host waits for the transfer, then rings.
/// </param>
public sealed record HostingOptions(int Looks = 0, bool PostsDoorbell = false);
