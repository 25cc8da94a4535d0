using Spanker.Conformance.Collectives;
using Spanker.Conformance.Device;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>COL-10: every interleaving that matters of small collectives, without and with a failure of a link.</summary>
public static class InterleavingChecks
{
    /// <summary>More schedules than that are not run for a case; it then shows nothing but what it found.</summary>
    public const long MostSchedules = 20_000;

    /// <summary>COL-10.</summary>
    public static ClauseCheck Interleavings { get; } = new()
    {
        Clause = "COL-10",
        Edges = terms =>
        [
            .. CardCounts(terms.Description.MaxSails).Select(cards => Edge(cards, null)),
            .. CardCounts(terms.Description.MaxSails).SelectMany(cards => Enum.GetValues<LinkFaultKind>().Select(kind => Edge(cards, kind))),
        ],
        Cases = plan =>
            from cards in CardCounts(plan.MaxSails)
            from data in Enum.GetValues<CollectiveDataKind>()
            from fault in (IEnumerable<LinkFault?>)[null, .. Faults(cards, plan.Profile)]
            where fault is null || data == CollectiveDataKind.Cancelling
            select new InterleavingCase("COL-10", cards, Chunks: 2, Credits: 1, fault, data),
        Try = Try,
    };

    private static IEnumerable<int> CardCounts(int most) => ((int[])[2, 3]).Where(cards => cards <= most);

    /// <summary>Each kind on the link to and from card 0, at the first frame and at the last that a chunk of two frames has.</summary>
    private static IEnumerable<LinkFault> Faults(int cards, Profile profile) =>
        from kind in Enum.GetValues<LinkFaultKind>()
        from link in ((int From, int To)[])[(0, 1), (cards - 1, 0)]
        from frame in kind is LinkFaultKind.Down or LinkFaultKind.Retrain ? (int[])[0] : profile == Profile.Quick ? [0, 1] : [0, 1, 2, 3]
        select new LinkFault(kind, link.From, link.To, frame);

    private static string Edge(int cards, LinkFaultKind? kind) => $"{(kind is { } failure ? LinkFault.NameOf(failure) : "no failure")} on {cards} cards";

    private static void Try(Trial trial)
    {
        InterleavingCase tried = (InterleavingCase)trial.Case;
        ICollectiveAlgorithm algorithm = ((ICardProgramDevice)trial.Device).CardProgram!;
        bool hasLink = tried.Fault is null || algorithm.Links(tried.Cards).Contains((tried.Fault.From, tried.Fault.To));
        if (!hasLink)
        {
            // The algorithm has no such link; the other one that was chosen for it shows the failure.
            return;
        }

        CollectiveSetup setup = new(algorithm, tried.Cards, tried.Chunks, tried.Credits) { Fault = tried.Fault, Data = tried.Data };
        ExplorationResult result;
        ReachedSources sources = new();
        using (CallClock.Enter())
        {
            result = Explorer.Explore(new CollectiveProgram(setup), new SourceDpor(), new ExplorationOptions { MostSchedules = MostSchedules, Watches = [sources] });
        }

        if (result.First is { } found)
        {
            FoundSchedule shrunk = ScheduleShrinker.Shrink(new CollectiveProgram(setup), found);
            trial.Observe(new Deviation(
                $"{shrunk.Finding.KindText}: {shrunk.Finding.Message}; schedule {shrunk.Schedule}", "the right bits or a typed error on every card", shrunk.Finding.KindText));
            return;
        }

        if (!result.Exhausted)
        {
            // A cap that was hit shows nothing about what lies behind it.
            return;
        }

        trial.Observe(null);
        if (tried.Fault is null || sources.Came(tried.Fault.Kind))
        {
            trial.Reach(Edge(tried.Cards, tried.Fault?.Kind));
        }
    }
}
