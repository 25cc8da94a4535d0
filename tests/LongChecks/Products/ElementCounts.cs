using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>How the compared elements came, and what they were.</summary>
internal sealed class ElementCounts
{
    private const int SingleSignificandBits = 24;
    private const int DoubleSignificandBits = 53;

    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal)
    {
        ["64-bit integers"] = 0,
        ["64-bit integers, one unit off a tie and beyond binary64"] = 0,
        ["64-bit integers, ties"] = 0,
        ["64-bit integers, zeros"] = 0,
        ["128-bit values"] = 0,
        ["128-bit values, ties"] = 0,
        ["128-bit values, zeros"] = 0,
        ["blocks set apart, infinite or NaN scales"] = 0,
        ["blocks set apart, weights that round"] = 0,
        ["blocks set apart, ties"] = 0,
        ["of these, +infinity"] = 0,
        ["of these, -infinity"] = 0,
        ["of these, NaN"] = 0,
        ["just below the limit of scales, in 64 bits"] = 0,
        ["just above the limit of scales, in 128 bits"] = 0,
        ["just below the limit of scales in the common unit, in 64 bits"] = 0,
        ["just above the limit of scales in the common unit, in 64 bits"] = 0,
        ["just below the limit of sums, in 64 bits"] = 0,
        ["just above the limit of sums, in 128 bits"] = 0,
    };

    /// <summary>Elements in all.</summary>
    public long Compared { get; private set; }

    /// <summary>The kinds that were never met.</summary>
    public IEnumerable<string> Missing => counts.Where(count => count.Value == 0).Select(count => count.Key);

    /// <summary>The counts, a line each.</summary>
    public IEnumerable<string> Lines => counts.Select(count => $"{count.Value,12} {count.Key}");

    /// <summary>Counts an element.</summary>
    /// <param name="kind">Of what product.</param>
    /// <param name="a">Its row of A.</param>
    /// <param name="b">Its row of B.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isInteger">Whether it came as an integer of 64 bits.</param>
    public void Add(ProductKind kind, ExactRow a, ExactRow b, ExactValue value, bool isInteger)
    {
        Compared++;
        bool isRounded = a.Definition == WeightDefinition.RoundedToBinary32;
        if (isInteger)
        {
            AddFinite("64-bit integers", value);
            AddIf(IsBesideTie(value), "64-bit integers, one unit off a tie and beyond binary64");
        }
        else if (a.HasNonFinite || b.HasNonFinite)
        {
            Add("blocks set apart, infinite or NaN scales");
            Add(value.Kind switch
            {
                ExactValueKind.PositiveInfinity => "of these, +infinity",
                ExactValueKind.NegativeInfinity => "of these, -infinity",
                ExactValueKind.NaN => "of these, NaN",
                _ => throw new InvalidOperationException($"a row that is not finite has the finite product {value}"),
            });
        }
        else if (isRounded && (a.RoundsInDecode || b.RoundsInDecode))
        {
            Add("blocks set apart, weights that round");
            AddIf(IsTie(value), "blocks set apart, ties");
        }
        else if (!isRounded && kind != ProductKind.NonFinite)
        {
            // Nothing is set apart from finite rational rows; of others, an element may be a value because its neighbours are.
            AddFinite("128-bit values", value);
        }

        if (!isRounded)
        {
            AddIf(isInteger && kind == ProductKind.ScalesBelow, "just below the limit of scales, in 64 bits");
            AddIf(!isInteger && kind == ProductKind.ScalesAbove, "just above the limit of scales, in 128 bits");
            AddIf(isInteger && kind == ProductKind.CommonScalesBelow, "just below the limit of scales in the common unit, in 64 bits");
            AddIf(isInteger && kind == ProductKind.CommonScalesAbove, "just above the limit of scales in the common unit, in 64 bits");
            AddIf(isInteger && kind == ProductKind.SumsBelow, "just below the limit of sums, in 64 bits");
            AddIf(!isInteger && kind == ProductKind.SumsAbove, "just above the limit of sums, in 128 bits");
        }
    }

    /// <summary>Whether a value lies exactly between two binary32: 25 significant bits.</summary>
    private static bool IsTie(ExactValue value)
    {
        UInt128 magnitude = value.MagnitudeUnits;
        return magnitude != 0
            && 128 - (int)UInt128.LeadingZeroCount(magnitude) - (int)UInt128.TrailingZeroCount(magnitude) == SingleSignificandBits + 1;
    }

    /// <summary>Whether a value has more bits than a binary64, and one more or less in its last place is a tie.</summary>
    private static bool IsBesideTie(ExactValue value)
    {
        UInt128 odd = value.Units == 0 ? 0 : value.MagnitudeUnits >> (int)UInt128.TrailingZeroCount(value.MagnitudeUnits);
        return odd >> DoubleSignificandBits != 0 && (IsTie(ExactValue.Finite((Int128)odd - 1)) || IsTie(ExactValue.Finite((Int128)odd + 1)));
    }

    private void AddFinite(string name, ExactValue value)
    {
        Add(name);
        AddIf(IsTie(value), $"{name}, ties");
        AddIf(value.Units == 0, $"{name}, zeros");
    }

    private void Add(string name) => counts[name]++;

    private void AddIf(bool isMet, string name) => counts[name] += isMet ? 1 : 0;
}
