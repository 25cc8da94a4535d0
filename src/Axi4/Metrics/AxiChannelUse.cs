namespace Spanker.Conformance.Axi4;

/// <summary>What a channel did in each active cycle. x counts as low.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Transfer">VALID and READY.</param>
/// <param name="Stall">VALID, no READY.</param>
/// <param name="Starve">READY, no VALID, while its direction has something under way: a VALID, an address or data that is not answered.</param>
/// <param name="Idle">All other active cycles.</param>
public readonly record struct AxiChannelUse(AxiChannel Channel, long Transfer, long Stall, long Starve, long Idle);
