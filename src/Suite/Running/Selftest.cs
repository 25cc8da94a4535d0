using Spanker.Conformance.Device;
using Spanker.Conformance.Zoo;

namespace Spanker.Conformance.Suite;

/// <summary>How a faulty device fared.</summary>
/// <param name="Entry">The device.</param>
/// <param name="By">The clauses that deviated, in the contract's order.</param>
/// <param name="CasesToKill">How many cases of the expected clause were needed until the first that broke it; 0 if none did.</param>
/// <param name="AsExpected">Whether the clause that the entry declares deviated, and none that it does not.</param>
public sealed record FaultyResult(FaultyEntry Entry, IReadOnlyList<string> By, int CasesToKill, bool AsExpected)
{
    /// <summary>Whether the clause that the entry declares reported it.</summary>
    public bool IsKilled => By.Contains(Entry.Clause);
}

/// <summary>How a harmless device fared.</summary>
/// <param name="Entry">The device.</param>
/// <param name="Objections">The clauses that objected; empty if it was accepted.</param>
public sealed record HarmlessResult(HarmlessEntry Entry, IReadOnlyList<string> Objections)
{
    /// <summary>Whether it was accepted.</summary>
    public bool IsAccepted => Objections.Count == 0;
}

/// <summary>What a selftest found.</summary>
/// <param name="Faulty">The devices that had to fail.</param>
/// <param name="Harmless">The devices that had to be accepted.</param>
/// <param name="UnguardedClauses">Clauses that are judged, and that no faulty device needs: if such a check were broken, nobody would notice.</param>
/// <param name="IsComplete">Whether every device was judged to the end.</param>
public sealed record SelftestResult(
    IReadOnlyList<FaultyResult> Faulty, IReadOnlyList<HarmlessResult> Harmless, IReadOnlyList<string> UnguardedClauses, bool IsComplete)
{
    /// <summary>Devices that do not open on this machine, and why.</summary>
    public IReadOnlyList<(ZooEntry Entry, string Reason)> NotSupported { get; init; } = [];

    /// <summary>Killed devices as a fraction of the faulty ones.</summary>
    public double KillRate => Faulty.Count == 0 ? 0 : (double)Faulty.Count(f => f.IsKilled) / Faulty.Count;

    /// <summary>0: as expected. 1: a survivor, an unexpected killer, an objection, or an unguarded clause. 3: incomplete.</summary>
    public int ExitCode => !IsComplete
        ? 3
        : Faulty.All(f => f.AsExpected) && Harmless.All(h => h.IsAccepted) && UnguardedClauses.Count == 0 ? 0 : 1;
}

/// <summary>The suite judging its own zoo: proof that each check can fail, and that none cries wolf.</summary>
public static class Selftest
{
    private static readonly TimeSpan IsolatedCallLimit = TimeSpan.FromSeconds(2);

    /// <summary>Judges the devices of the zoo.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="disabled">Clauses whose checks are left out, to see that their absence shows; mostly none.</param>
    /// <param name="threads">How many cases are tried at a time.</param>
    /// <param name="progress">Told the name of each device that is done.</param>
    /// <param name="cancellation">Ends the selftest.</param>
    /// <param name="entries">The devices; all by default.</param>
    public static SelftestResult Run(
        ulong seed,
        IReadOnlySet<string> disabled,
        int threads,
        Action<string>? progress = null,
        IReadOnlyList<ZooEntry>? entries = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(disabled);
        entries ??= ZooCatalog.Everything;
        RunOptions options = new(new CasePlan(seed, Profile.Quick), [])
        {
            Filter = disabled.Count == 0 ? ClauseFilter.Everything : ClauseFilter.AllBut(disabled),
            Threads = threads,
            Shrinks = false,
        };
        List<FaultyResult> faulty = [];
        List<HarmlessResult> harmless = [];
        List<(ZooEntry, string)> notSupported = [];
        HashSet<string> judged = [];
        foreach (ZooEntry entry in entries)
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            try
            {
                DeviceResult result = Judge(entry, options, cancellation);
                if (!result.IsComplete)
                {
                    // Cut off, it may lack the cases that would have told.
                    continue;
                }

                judged.UnionWith(result.Requirements.Where(r => r.Outcome is Outcome.Conforms or Outcome.Deviates).Select(r => r.Requirement.Id));
                List<string> by = [.. result.Failures.Select(f => f.Clause).Where(clause => !disabled.Contains(clause))];
                if (entry is FaultyEntry fault)
                {
                    faulty.Add(Compare(fault, by, result));
                }
                else
                {
                    List<string> odd = [.. result.Requirements.Where(r => r.Outcome == Outcome.Inconclusive).Select(r => r.Requirement.Id)];
                    harmless.Add(new HarmlessResult((HarmlessEntry)entry, [.. by, .. odd]));
                }
            }
            catch (DeviceOpenException closed)
            {
                notSupported.Add((entry, closed.Why));
            }

            progress?.Invoke(entry.Name);
        }

        HashSet<string> guarded = [.. faulty.Where(f => f.By.Count == 1).Select(f => f.By[0])];
        bool isComplete = faulty.Count + harmless.Count == entries.Count;
        List<string> unguarded = !isComplete ? [] : [.. RequirementCatalogue.All.Select(r => r.Id).Where(id => judged.Contains(id) && !guarded.Contains(id))];
        return new SelftestResult(faulty, harmless, unguarded, isComplete)
        {
            NotSupported = notSupported,
        };
    }

    // Faulty devices that hang are many, and each is worth a few of these. A harmless one does not hang, and on a busy machine it may be slow.
    private static DeviceResult Judge(ZooEntry entry, RunOptions options, CancellationToken cancellation)
    {
        RunOptions fitting = entry is FaultyEntry && entry.Source is IIsolatedSource ? options with { TimeoutPerCase = IsolatedCallLimit } : options;
        return DeviceJudgement.Plan(fitting, entry.Source).Run(progress: null, cancellation);
    }

    private static FaultyResult Compare(FaultyEntry entry, List<string> by, DeviceResult result)
    {
        bool asExpected = by.Contains(entry.Clause) && by.TrueForAll(clause => clause == entry.Clause || entry.AlsoKilledBy.Contains(clause));
        return new FaultyResult(entry, by, result.Failures.FirstOrDefault(f => f.Clause == entry.Clause)?.CasesToFind ?? 0, asExpected);
    }
}
