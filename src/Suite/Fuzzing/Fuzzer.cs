using System.Diagnostics;
using System.Text.RegularExpressions;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>Searches a device for failing shapes and bytes until its time is up.</summary>
/// <remarks>
/// The corpus is replayed first, so that what was found once is found again at once. Then come random cases, in the order of
/// <see cref="FuzzCaseGenerator"/>. Every failing case is shrunk and localised; what comes to the same clause, shape and place is one finding.
/// A badly broken device fails nearly every case, so a clause with <see cref="MostFindings"/> findings is only counted from then on.
/// </remarks>
public sealed partial class Fuzzer
{
    /// <summary>The most findings that are kept for a clause.</summary>
    public const int MostFindings = 4;

    /// <summary>The most failing cases of a clause that are shrunk, new findings or not.</summary>
    public const int MostShrunk = 12;

    /// <summary>The most cases that could not be judged which are kept.</summary>
    public const int MostFailures = 16;

    private const int BatchPerThread = 64;

    // Cases that are made for one that lies within the device's limits, at the most.
    private const ulong MostTries = 64;

    // Also the time by which a search may exceed its limit: what was found last is still made small.
    private static readonly TimeSpan ShrinkLimit = TimeSpan.FromSeconds(10);

    private readonly FuzzOptions options;
    private readonly CaseRunner runner;
    private readonly FuzzCaseGenerator generator;
    private readonly CancellationToken cancellation;
    private readonly Action<FuzzProgress>? progress;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly List<FuzzFinding> findings = [];
    private readonly List<FuzzFailure> failures = [];
    private readonly HashSet<(string Clause, string Shape, string Where)> known = [];
    private readonly Dictionary<string, int> shrunkOf = [];
    private readonly TimeSpan patience;
    private readonly DeviceLimits limits;
    private ulong next;
    private ulong cases;
    private ulong broken;
    private bool gaveUp;

    private Fuzzer(FuzzOptions options, Action<FuzzProgress>? progress, CancellationToken cancellation)
    {
        this.options = options;
        this.progress = progress;
        this.cancellation = cancellation;
        runner = new CaseRunner(options.Device, options.ClassName) { CallLimit = options.TimeoutPerCase };
        using IDevice device = options.Device.Open();
        JudgingTerms terms = runner.TermsOf(device);
        patience = runner.PatienceWith(terms.Description);
        limits = new DeviceLimits(terms.Description, options.TimeoutPerCase);
        generator = new FuzzCaseGenerator(options.Seed, device, terms, options.Filter);
    }

    /// <summary>Searches.</summary>
    /// <param name="options">What, and for how long.</param>
    /// <param name="progress">Told of every finding and now and then of the number of cases; called on the caller's thread.</param>
    /// <param name="cancellation">Ends the search with what was found.</param>
    /// <exception cref="DeviceOpenException">The device does not open.</exception>
    public static FuzzResult Run(FuzzOptions options, Action<FuzzProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Fuzzer(options, progress, cancellation).Run();
    }

    private FuzzResult Run()
    {
        List<(string File, Case Case)> corpus = [.. (options.Corpus?.Entries ?? []).Where(entry => generator.Clauses.Contains(entry.Case.Clause))];
        int skipped = (options.Corpus?.Entries.Count ?? 0) - corpus.Count;
        int replayed = Replay(corpus);
        while (generator.Clauses.Count > 0 && !IsOver)
        {
            TryBatch();
        }

        (options.Device as IIsolatedSource)?.EndIdleProcesses();
        return new FuzzResult(cases, replayed, skipped, findings, broken, failures, watch.Elapsed, IsComplete: !cancellation.IsCancellationRequested && !gaveUp);
    }

    private bool IsOver =>
        gaveUp || cancellation.IsCancellationRequested || cases >= options.MostCases || watch.Elapsed >= options.TimeLimit;

    // All of the corpus, whatever the time: it is finite, and a regression that is passed over is a false assurance.
    private int Replay(List<(string File, Case Case)> corpus)
    {
        IReadOnlyList<CaseRecord?> records =
            CasePool.Run([.. corpus.Select(entry => entry.Case)], runner.Try, options.Threads, patience, progress: null, cancellation);
        for (int i = 0; i < records.Count; i++)
        {
            if (records[i] is CaseRecord record)
            {
                foreach ((string clause, Deviation deviation) in Deviations(record))
                {
                    broken++;
                    ShrunkCase asKept = new(record.Case, deviation);
                    Keep(clause, asKept, Localiser.Describe(record.Case, deviation, asKept), caseNumber: null, corpus[i].File);
                }

                NoteFailure(record);
            }
        }

        return records.Count(record => record is not null);
    }

    private void TryBatch()
    {
        ulong size = Math.Min((ulong)(options.Threads * BatchPerThread), options.MostCases - cases);
        List<(ulong Index, Case Case)> batch = [];
        for (ulong tries = 0; tries < size * MostTries && (ulong)batch.Count < size; tries++, next++)
        {
            // What the device declares that it cannot do, or not in time, is not asked of it.
            Case made = generator.Make(next);
            if (limits.Allow(made))
            {
                batch.Add((next, made));
            }
        }

        if (batch.Count == 0)
        {
            gaveUp = true;
            failures.Add(new FuzzFailure(generator.Make(next), $"none of {size * MostTries} cases lies within the limits that the device declares"));
            return;
        }

        using CancellationTokenSource timeUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        TimeSpan left = options.TimeLimit - watch.Elapsed;
        timeUp.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        IReadOnlyList<CaseRecord?> records = CasePool.Run([.. batch.Select(b => b.Case)], runner.Try, options.Threads, patience, progress: null, timeUp.Token);
        gaveUp = !timeUp.IsCancellationRequested && records.Any(record => record is null);
        cases += (ulong)records.Count(record => record is not null);
        for (int i = 0; i < records.Count; i++)
        {
            if (records[i] is CaseRecord record)
            {
                Examine(record, batch[i].Index + 1);
            }
        }

        progress?.Invoke(new FuzzProgress(cases, watch.Elapsed, findings.Count, Latest: null));
    }

    private void Examine(CaseRecord record, ulong caseNumber)
    {
        foreach ((string clause, Deviation deviation) in Deviations(record))
        {
            broken++;
            int shrunk = shrunkOf.GetValueOrDefault(clause);
            if (shrunk >= MostShrunk || findings.Count(f => f.Clause == clause) >= MostFindings || cancellation.IsCancellationRequested)
            {
                continue;
            }

            shrunkOf[clause] = shrunk + 1;
            ShrunkCase small = Shrink(clause, record.Case, deviation);
            Keep(clause, small, Localiser.Describe(record.Case, deviation, small), caseNumber, file: null);
        }

        NoteFailure(record);
    }

    private static IEnumerable<(string Clause, Deviation Deviation)> Deviations(CaseRecord record) =>
        from observation in record.Observations
        where observation.Deviation is not null
        group observation.Deviation by observation.Clause into byClause
        select (byClause.Key, byClause.First());

    // A check that failed has said nothing of its own clause. Results that are mostly zero are judged all the same.
    private void NoteFailure(CaseRecord record)
    {
        if (record.Inconclusive is string reason && record.Observations.All(o => o.Clause != record.Case.Clause) && failures.Count < MostFailures)
        {
            failures.Add(new FuzzFailure(record.Case, reason));
        }
    }

    private void Keep(string clause, ShrunkCase small, string where, ulong? caseNumber, string? file)
    {
        // Where it was first seen differs from case to case, and so does the weight that is left of operands which hold nothing out of the
        // ordinary; the fields that the failure cannot do without are the finding's.
        string place = OrdinaryWeight().Replace(Localiser.Describe(small.Case, small.Deviation, small), string.Empty);
        if (known.Add((clause, small.Case.ShapeText, place)))
        {
            string? kept = file;
            try
            {
                kept ??= options.Corpus?.Add(clause, small.Case, options.Device.Spec);
            }
            finally
            {
                // Also where it cannot be kept: then this is the only place where it is shown.
                FuzzFinding finding = new(clause, small.Case, small.Deviation, where, caseNumber, kept);
                findings.Add(finding);
                progress?.Invoke(new FuzzProgress(cases, watch.Elapsed, findings.Count, finding));
            }
        }
    }

    private ShrunkCase Shrink(string clause, Case failing, Deviation deviation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ShrinkLimit);
        return CaseShrinker.Shrink(runner, clause, failing, deviation, patience, limit.Token);
    }

    [GeneratedRegex(", sub-block [0-9]+, (nibble of )?weight [0-9]+(?![0-9]| =)")]
    private static partial Regex OrdinaryWeight();
}
