using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>What one case said of one clause.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Deviation">How it was broken; null if it was kept.</param>
public readonly record struct Observation(string Clause, Deviation? Deviation);

/// <summary>An edge of a clause that a case met.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Edge">The edge's name.</param>
public readonly record struct ReachedEdge(string Clause, string Edge);

/// <summary>All that one case on one device brought to light.</summary>
public sealed class CaseRecord
{
    private readonly List<Observation> observations = [];
    private readonly List<ReachedEdge> reached = [];
    private readonly HashSet<ArithmeticClaim> refuted = [];
    private readonly List<Bus.BusRuleCount> busRules = [];

    /// <summary>An empty record of <paramref name="tried"/>.</summary>
    public CaseRecord(Case tried) => Case = tried;

    /// <summary>The case.</summary>
    public Case Case { get; }

    /// <summary>Takes up what the device answers; null where nobody asked for a digest.</summary>
    public AnswerDigest? Answers { get; init; }

    /// <summary>The digest of what the device answered; null where nobody asked for it.</summary>
    public string? Digest { get; private set; }

    /// <summary>What it said, clause by clause.</summary>
    public IReadOnlyList<Observation> Observations => observations;

    /// <summary>The edges that it met.</summary>
    public IReadOnlyList<ReachedEdge> Reached => reached;

    /// <summary>The claims that a result refuted.</summary>
    public IReadOnlySet<ArithmeticClaim> Refuted => refuted;

    /// <summary>What the case's bus showed of each rule that had something to judge.</summary>
    public IReadOnlyList<Bus.BusRuleCount> BusRules => busRules;

    /// <summary>Whether any result was held against the claims, so that silence about one speaks for it.</summary>
    public bool HeldAgainstClaims { get; private set; }

    /// <summary>The largest error as a fraction of its bound.</summary>
    public double WorstErrorOverBound { get; private set; }

    /// <summary>Why nothing can be said; null if something can.</summary>
    public string? Inconclusive { get; private set; }

    /// <summary>The first deviation from <paramref name="clause"/>, or null.</summary>
    public Deviation? DeviationFrom(string clause) =>
        observations.FirstOrDefault(o => o.Clause == clause && o.Deviation is not null).Deviation;

    /// <summary>Notes that a clause was kept or broken.</summary>
    public void Observe(string clause, Deviation? deviation) => observations.Add(new(clause, deviation));

    /// <summary>Notes an edge.</summary>
    public void Reach(string clause, string edge) => reached.Add(new(clause, edge));

    /// <summary>Notes that the case says nothing; the first reason stands.</summary>
    public void SayNothing(string reason) => Inconclusive ??= reason;

    /// <summary>Ends the digest, if one is kept.</summary>
    public void FinishDigest() => Digest = Answers?.Finish(this);

    /// <summary>Notes what the bus showed of a rule.</summary>
    public void NoteBus(Bus.BusRuleCount count) => busRules.Add(count);

    /// <summary>Notes an error as a fraction of its bound.</summary>
    public void NoteError(double errorOverBound) => WorstErrorOverBound = Math.Max(WorstErrorOverBound, errorOverBound);

    /// <summary>Notes that results were held against the claims, and which of them are refuted.</summary>
    public void NoteClaims(IEnumerable<ArithmeticClaim> refutedClaims)
    {
        HeldAgainstClaims = true;
        refuted.UnionWith(refutedClaims);
    }
}
