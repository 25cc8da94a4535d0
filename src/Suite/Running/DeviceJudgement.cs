using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Suite;

/// <summary>Judges one device: makes its cases, tries them, and sums up what they say, clause by clause.</summary>
public sealed class DeviceJudgement
{
    private readonly RunOptions options;
    private readonly CaseRunner runner;
    private readonly JudgingTerms terms;
    private readonly CasePlan plan;
    private readonly Dictionary<string, (Outcome Outcome, string Reason)> ruledOut = [];
    private readonly List<Case> cases = [];
    private readonly Dictionary<string, int> beyondLimits = [];

    private DeviceJudgement(RunOptions options, IDeviceSource source)
    {
        this.options = options;
        runner = new CaseRunner(source, options.ClassName) { CallLimit = options.TimeoutPerCase };
        using IDevice device = source.Open();
        terms = runner.TermsOf(device);
        foreach (Requirement requirement in RequirementCatalogue.All)
        {
            if (Applicability.Rule(requirement, device, terms) is (Outcome, string) ruling)
            {
                ruledOut.Add(requirement.Id, ruling);
            }
        }

        DeviceLimits limits = new(terms.Description, options.TimeoutPerCase);
        plan = options.Plan with { Limits = limits, MaxSails = terms.Description.MaxSails, Threads = terms.Description.Threads, Class = terms.Description.Computes ? terms.Claim.Class : null };
        IEnumerable<ClauseCheck> checks = CheckCatalogue.All.Where(c => !ruledOut.ContainsKey(c.Clause) && options.Filter.Selects(c.Clause));
        foreach (Case planned in checks.SelectMany(check => check.Cases(plan)).Where((_, place) => options.Shard.Holds(place)))
        {
            if (limits.Allow(planned))
            {
                cases.Add(planned);
            }
            else
            {
                beyondLimits[planned.Clause] = beyondLimits.GetValueOrDefault(planned.Clause) + 1;
            }
        }
    }

    /// <summary>The cases that will be tried.</summary>
    public IReadOnlyList<Case> Cases => cases;

    /// <summary>Opens the device once to learn what it is, and lays out its cases.</summary>
    /// <exception cref="DeviceOpenException">It does not open.</exception>
    public static DeviceJudgement Plan(RunOptions options, IDeviceSource source)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(source);
        return new DeviceJudgement(options, source);
    }

    /// <summary>Tries the cases and sums up.</summary>
    public DeviceResult Run(Action? progress, CancellationToken cancellation)
    {
        IReadOnlyList<CaseRecord?> all = CasePool.Run(cases, runner.Try, options.Threads, Patience, progress, cancellation);
        List<CaseRecord> records = [.. all.OfType<CaseRecord>()];
        List<RequirementResult> requirements = [.. RequirementCatalogue.All.Select(r => SumUp(r, records))];
        bool isComplete = records.Count == all.Count;
        DeviceResult result = new(
            runner.Source.Spec,
            terms.Description.Name,
            SumUp(requirements),
            terms.Claim.ToString(),
            TightestMet(records),
            records.Select(r => r.WorstErrorOverBound).DefaultIfEmpty().Max(),
            requirements,
            [.. requirements.Where(r => r.Outcome == Outcome.Deviates).Select(r => Explain(r.Requirement.Id, records, cancellation))],
            isComplete)
        {
            CasesTried = records.Count,
            BusRules = terms.Bus is Axi4.AxiBusShape shape ? BusRuleCoverage.Of(shape, records) : [],
        };
        (runner.Source as IIsolatedSource)?.EndIdleProcesses();
        return result;
    }

    private static Outcome SumUp(List<RequirementResult> requirements)
    {
        foreach (Outcome outcome in (Outcome[])[Outcome.Deviates, Outcome.Inconclusive, Outcome.Conforms, Outcome.NotExercised])
        {
            if (requirements.Exists(r => r.Outcome == outcome))
            {
                return outcome;
            }
        }

        return Outcome.NotSupported;
    }

    private RequirementResult SumUp(Requirement requirement, List<CaseRecord> records)
    {
        string id = requirement.Id;
        List<CaseRecord> saying = [.. records.Where(r => r.Observations.Any(o => o.Clause == id))];
        HashSet<string> reached = [.. records.SelectMany(r => r.Reached).Where(e => e.Clause == id).Select(e => e.Edge)];
        (Outcome outcome, string reason) = Decide(requirement, records, saying, reached);
        return new RequirementResult(requirement, outcome, saying.Count, [.. reached.Order(EdgeOrder(id))], reason);
    }

    private (Outcome Outcome, string Reason) Decide(Requirement requirement, List<CaseRecord> records, List<CaseRecord> saying, HashSet<string> reached)
    {
        string id = requirement.Id;

        // A deviation that was seen in passing counts, whatever was asked for.
        if (saying.Exists(r => r.DeviationFrom(id) is not null))
        {
            return (Outcome.Deviates, string.Empty);
        }

        if (ruledOut.TryGetValue(id, out (Outcome, string) ruling))
        {
            return ruling;
        }

        if (!options.Filter.Selects(id))
        {
            return (Outcome.NotExercised, "left out by the filter");
        }

        if (records.FirstOrDefault(r => r.Case.Clause == id && r.Inconclusive is not null) is CaseRecord silent)
        {
            return (Outcome.Inconclusive, $"{silent.Inconclusive} ({silent.Case.Token})");
        }

        List<string> missing = [.. DeclaredEdges(id).Where(edge => !reached.Contains(edge))];
        return missing.Count > 0
            ? (Outcome.NotExercised, string.Create(CultureInfo.InvariantCulture, $"{(missing.Count == 1 ? "1 edge was not met:" : $"{missing.Count} edges were not met, the first being")} \"{missing[0]}\"{BeyondLimits(id)}{LostCases(id, records)}"))
            : saying.Count == 0 ? (Outcome.NotExercised, "no case said anything of it") : (Outcome.Conforms, BeyondLimits(id).TrimStart(';', ' '));
    }

    private IEnumerable<string> DeclaredEdges(string clause) =>
        CheckCatalogue.Find(clause) is ClauseCheck check ? check.Edges(terms).Concat(check.PlanEdges(plan)) : [];

    private string BeyondLimits(string clause) => beyondLimits.TryGetValue(clause, out int count)
        ? string.Create(CultureInfo.InvariantCulture, $"; {count} case{(count == 1 ? " lies" : "s lie")} beyond the limits that the device declares{(terms.Description.ProductsPerSecond is null ? ", or needs products_per_second to be declared" : string.Empty)}")
        : string.Empty;

    // Cases whose device was gone before their own clause had its say.
    private static string LostCases(string clause, List<CaseRecord> records)
    {
        List<CaseRecord> lost = [.. records.Where(r => r.Case.Clause == clause && r.Observations.All(o => o.Clause != clause) && r.Observations.Any(o => o.Deviation is not null))];
        IEnumerable<string> to = lost.SelectMany(r => r.Observations.Where(o => o.Deviation is not null).Select(o => o.Clause)).Distinct();
        return lost.Count == 0 ? string.Empty : string.Create(
            CultureInfo.InvariantCulture, $"; {lost.Count} case{(lost.Count == 1 ? " was" : "s were")} lost to what {string.Join(", ", to)} reports");
    }

    // Declared edges in the order of their declaration, others behind them by name.
    private Comparer<string> EdgeOrder(string clause)
    {
        List<string> declared = [.. DeclaredEdges(clause)];
        return Comparer<string>.Create((x, y) =>
        {
            int byPlace = Place(x).CompareTo(Place(y));
            return byPlace != 0 ? byPlace : string.CompareOrdinal(x, y);
        });

        int Place(string edge) => declared.IndexOf(edge) is var place && place < 0 ? int.MaxValue : place;
    }

    // Orders other than the declared one are left out: that results lie within an order's bound does not say that they were added in it, and orders
    // cannot be compared with one another.
    private string? TightestMet(List<CaseRecord> records)
    {
        List<CaseRecord> holding = [.. records.Where(r => r.HeldAgainstClaims)];
        if (holding.Count == 0)
        {
            return null;
        }

        HashSet<string> refuted = [.. holding.SelectMany(r => r.Refuted).Select(claim => claim.ToString())];
        string claimed = terms.Claim.ToString();
        return ArithmeticClaim.All(terms.Claim.Weights)
            .Where(claim => claim.Order == SummationOrder.Any || claim.ToString() == claimed)
            .Select(claim => claim.ToString())
            .FirstOrDefault(name => !refuted.Contains(name)) ?? "none";
    }

    // In the pool, so that a device that hangs is left behind here as well.
    private BusWaves? DumpOf(Case tried, CancellationToken cancellation)
    {
        BusWaves? dump = null;
        _ = terms.Bus is null ? [] : CasePool.Run([tried], Record, threads: 1, Patience, progress: null, cancellation);
        return dump;

        CaseRecord Record(Case again)
        {
            dump = BusDump.Of(runner, again);
            return new CaseRecord(again);
        }
    }

    private TimeSpan Patience => runner.PatienceWith(terms.Description);

    private Failure Explain(string clause, List<CaseRecord> records, CancellationToken cancellation)
    {
        List<CaseRecord> broken = [.. records.Where(r => r.DeviationFrom(clause) is not null)];
        CaseRecord first = broken.Find(r => r.Case.Clause == clause) ?? broken[0];
        Deviation deviation = first.DeviationFrom(clause)!;
        ShrunkCase shrunk = options.Shrinks
            ? CaseShrinker.Shrink(runner, clause, first.Case, deviation, Patience, cancellation)
            : new ShrunkCase(first.Case, deviation);
        return new Failure(clause, shrunk.Case, first.Case, shrunk.Deviation, Localiser.Describe(first.Case, deviation, shrunk), broken.Count)
        {
            BusDump = options.Shrinks && BusRules.IsAboutBus(clause) ? DumpOf(shrunk.Case, cancellation) : null,
            CasesToFind = records.TakeWhile(r => r != broken[0]).Count(r => r.Observations.Any(o => o.Clause == clause)) + 1,
        };
    }
}
