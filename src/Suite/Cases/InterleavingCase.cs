using System.Globalization;
using Spanker.Conformance.Collectives;

namespace Spanker.Conformance.Suite;

/// <summary>Every interleaving that matters of a small collective, run by the device's own card program.</summary>
/// <param name="Clause">The clause that the case is about.</param>
/// <param name="Cards">N.</param>
/// <param name="Chunks">Frames that each piece takes.</param>
/// <param name="Credits">Frames that a link holds.</param>
/// <param name="Fault">What goes wrong, or null.</param>
/// <param name="Data">What the buffers hold.</param>
public sealed record InterleavingCase(string Clause, int Cards, int Chunks, int Credits, LinkFault? Fault, CollectiveDataKind Data) : Case(Clause)
{
    /// <summary>The most cards, chunks or credits of a token.</summary>
    public const int MostOfEach = 8;

    /// <inheritdoc/>
    public override string ShapeText => string.Create(
        CultureInfo.InvariantCulture, $"chunks={Chunks},cards={Cards},credits={Credits},fault={(Fault is null ? "none" : Fault.ToString())}");

    /// <inheritdoc/>
    protected override string TokenBody => string.Create(
        CultureInfo.InvariantCulture, $"explore-c{Cards}-k{Chunks}-r{Credits}-{FaultText(Fault)}-{Data.ToString().ToLowerInvariant()}");

    /// <summary>Reads the parts of a token's body; null if they are none.</summary>
    internal static InterleavingCase? TryParse(string clause, int cards, int chunks, int credits, string fault, string data)
    {
        return Enum.TryParse(data, ignoreCase: true, out CollectiveDataKind kind) && Enum.IsDefined(kind) && TryFault(fault, cards, out LinkFault? parsed)
            && cards > 0 && chunks > 0 && credits > 0
            ? new InterleavingCase(clause, cards, chunks, credits, parsed, kind)
            : null;
    }

    private static string FaultText(LinkFault? fault) => fault is null
        ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{LinkFault.NameOf(fault.Kind).Replace('-', '_')}.{fault.From}.{fault.To}.{fault.Frame}");

    private static bool TryFault(string text, int cards, out LinkFault? fault)
    {
        fault = null;
        if (text == "none")
        {
            return true;
        }

        string[] parts = text.Split('.');
        if (parts.Length != 4
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int from) || from >= cards
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int to) || to >= cards
            || !int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out int frame))
        {
            return false;
        }

        foreach (LinkFaultKind kind in Enum.GetValues<LinkFaultKind>())
        {
            if (LinkFault.NameOf(kind).Replace('-', '_') == parts[0])
            {
                fault = new LinkFault(kind, from, to, frame);
                return true;
            }
        }

        return false;
    }
}
