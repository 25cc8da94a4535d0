namespace Spanker.Conformance.Collectives;

/// <summary>A descriptor of a card's DMA engine.</summary>
/// <param name="Host">The host's buffer; the transfer is as long.</param>
/// <param name="ToCard">True into the card's memory, false out of it.</param>
public readonly record struct DmaTransfer(Memory<float> Host, bool ToCard);
