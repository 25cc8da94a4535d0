namespace Spanker.Conformance.Axi4;

/// <summary>What a valid/ready stream looks like for the whole of a trace.</summary>
public sealed record StreamShape
{
    /// <summary>A stream with a reset, in which x can be seen.</summary>
    /// <param name="payload">Its payload pins, each role once.</param>
    /// <exception cref="ArgumentException">A role is unknown or occurs twice, or a width is not positive.</exception>
    public StreamShape(IReadOnlyList<StreamPin> payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        foreach (StreamPin pin in payload)
        {
            if (!StreamRules.PayloadRoles.Contains(pin.Role) || pin.WidthBits < 1 || payload.Count(other => other.Role == pin.Role) > 1)
            {
                throw new ArgumentException($"a payload has each of {string.Join(", ", StreamRules.PayloadRoles)} once at most, of one bit or more, not '{pin.Role}' of {pin.WidthBits} bits", nameof(payload));
            }
        }

        Payload = payload;
    }

    /// <summary>The payload pins.</summary>
    public IReadOnlyList<StreamPin> Payload { get; }

    /// <summary>Whether the trace shows a reset.</summary>
    public bool HasReset { get; init; } = true;

    /// <summary>Whether x and z can occur.</summary>
    public bool IsFourState { get; init; } = true;

    /// <summary>Width of the data in bits, 0 without any.</summary>
    public int DataBits => Payload.FirstOrDefault(pin => pin.Role == "data").WidthBits;
}
