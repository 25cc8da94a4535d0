namespace Spanker.Conformance.Suite;

/// <summary>One thing to try on a device, complete in itself: it prints as a token and parses back to the same bits.</summary>
/// <param name="Clause">The clause that the case is about.</param>
public abstract record Case(string Clause)
{
    /// <summary>The dimensions as reports print them: <c>m=1,n=33,k=256</c>, <c>sails=2,length=1</c>, or <c>-</c>.</summary>
    public abstract string ShapeText { get; }

    /// <summary>The part of the token behind the clause and the generator's version.</summary>
    protected abstract string TokenBody { get; }

    /// <summary>The token: <c>mm13-g1-m4n3k512-dense-s1f</c>. It replays this case, bit for bit.</summary>
    public string Token => $"{Requirement.TokenId}-{CaseRandom.Version}-{TokenBody}";

    /// <summary>The clause that the case is about.</summary>
    public Requirement Requirement =>
        RequirementCatalogue.Find(Clause) ?? throw new InvalidOperationException($"case of unknown clause {Clause}");
}
