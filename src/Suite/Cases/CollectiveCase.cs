using System.Globalization;

namespace Spanker.Conformance.Suite;

/// <summary>What the buffers of a collective hold.</summary>
public enum CollectiveData
{
    /// <summary>Small integers, whose sums are exact in any order, each unique to its card and index.</summary>
    Exact,

    /// <summary>Values of very different size and sign, so that the order of addition shows.</summary>
    Cancelling,

    /// <summary>NaN, infinities, zeros of both signs, subnormals among ordinary values.</summary>
    Special,
}

/// <summary>A collective on a mock topology.</summary>
/// <param name="Clause">The clause that the case is about.</param>
/// <param name="Operation">The reduce operation's code, which may be one that nobody knows; null for AllGather.</param>
/// <param name="Sails">Sails in the topology.</param>
/// <param name="Lengths">Elements of each buffer given; their number may differ from <paramref name="Sails"/>.</param>
/// <param name="Data">What the buffers hold.</param>
/// <param name="Seed">From what they are made.</param>
public sealed record CollectiveCase(
    string Clause, int? Operation, int Sails, EquatableLengths Lengths, CollectiveData Data, ulong Seed) : Case(Clause)
{
    /// <inheritdoc/>
    public override string ShapeText
    {
        get
        {
            string lengths = Lengths.Distinct().Count() > 1 ? string.Join('+', Lengths) : (Lengths.Count > 0 ? Lengths[0] : 0).ToString(CultureInfo.InvariantCulture);
            string buffers = Lengths.Count == Sails ? string.Empty : string.Create(CultureInfo.InvariantCulture, $",buffers={Lengths.Count}");
            return string.Create(CultureInfo.InvariantCulture, $"sails={Sails}{buffers},length={lengths}");
        }
    }

    /// <inheritdoc/>
    protected override string TokenBody
    {
        get
        {
            string kind = Operation is int code ? string.Create(CultureInfo.InvariantCulture, $"reduce{code}") : "gather";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{kind}-c{Sails}-l{string.Join('.', Lengths)}-{Data.ToString().ToLowerInvariant()}-s{Seed:x}");
        }
    }
}
