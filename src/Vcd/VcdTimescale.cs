using System.Globalization;

namespace Spanker.Conformance.Vcd;

/// <summary>The unit of a VCD file's timestamps: <c>1 ps</c>, <c>100 ns</c>. One tick = <paramref name="Femtoseconds"/> * 10^-15 s.</summary>
/// <param name="Femtoseconds">Femtoseconds per tick.</param>
public readonly record struct VcdTimescale(ulong Femtoseconds)
{
    private static readonly (string Name, ulong Femtoseconds)[] Units =
        [("s", 1_000_000_000_000_000), ("ms", 1_000_000_000_000), ("us", 1_000_000_000), ("ns", 1_000_000), ("ps", 1000), ("fs", 1)];

    /// <summary>Reads <c>1ns</c> or <c>10 ps</c>: 1, 10 or 100, a unit, white space between them or not.</summary>
    public static bool TryParse(string text, out VcdTimescale timescale)
    {
        ArgumentNullException.ThrowIfNull(text);
        timescale = default;
        int digits = text.Length - text.AsSpan().TrimStart("0123456789").Length;
        string unit = text[digits..].Trim();
        foreach ((string name, ulong femtoseconds) in Units)
        {
            if (unit == name && text[..digits] is ("1" or "10" or "100"))
            {
                timescale = new VcdTimescale(femtoseconds * ulong.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture));
                return true;
            }
        }

        return false;
    }

    /// <summary>The timescale as a header spells it, such as <c>10ns</c>.</summary>
    public override string ToString()
    {
        foreach ((string name, ulong femtoseconds) in Units)
        {
            if (Femtoseconds >= femtoseconds && Femtoseconds % femtoseconds == 0)
            {
                return $"{Femtoseconds / femtoseconds}{name}";
            }
        }

        return "0s";
    }
}
