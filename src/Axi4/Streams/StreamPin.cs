namespace Spanker.Conformance.Axi4;

/// <summary>A payload pin of a stream.</summary>
/// <param name="Role">Its name without prefix: one of <see cref="StreamRules.PayloadRoles"/>.</param>
/// <param name="WidthBits">Its width in bits.</param>
public readonly record struct StreamPin(string Role, int WidthBits)
{
    /// <summary>64-bit words that hold it.</summary>
    public int Words => (WidthBits + 63) / 64;
}
