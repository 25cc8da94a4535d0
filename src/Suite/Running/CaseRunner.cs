using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Suite;

/// <summary>Tries one case on a freshly opened device.</summary>
/// <param name="Source">Opens the device.</param>
/// <param name="ClassName">The class to hold it to instead of the declared one, by canonical name; null for the declared one.</param>
public sealed record CaseRunner(IDeviceSource Source, string? ClassName = null)
{
    /// <summary>Whether records carry a digest of what the device answered, so that two replays can be compared.</summary>
    public bool KeepsDigest { get; init; }

    /// <summary>What a device of this source is held to.</summary>
    public JudgingTerms TermsOf(IDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        JudgingTerms terms = JudgingTerms.Of(device.Description) with { Bus = (device as IBusDevice)?.BusShape };
        return ClassName is null ? terms : terms.WithClass(ClassName);
    }

    /// <summary>The time that a call of an isolated device may take, unless it declares its own.</summary>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Makes a probe that sees every cycle of a case's bus; null for none. A case that is tried twice is asked for one each time.</summary>
    public Func<IBusDevice, IAxiProbe>? BusProbe { get; init; }

    /// <summary>Whether each case of an isolated device gets a process in which nothing was called yet.</summary>
    public bool IsAlwaysFresh { get; init; }

    /// <summary>The time that a thread may spend inside a device of this description before the case is given up.</summary>
    /// <remarks>
    /// An isolated call is ended at its limit by its own side; a case makes a few of them, each perhaps twice, and opens and closes around them. Whoever
    /// watches waits longer than that, so that the one who can say what happened says it.
    /// </remarks>
    public TimeSpan PatienceWith(DeviceDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return description.IsIsolated ? (32 * (description.CallLimit ?? CallLimit)) + TimeSpan.FromSeconds(60) : CallLimit;
    }

    /// <summary>Tries the case. An exception, whichever it is, is no verdict: it makes the case inconclusive, and the run goes on.</summary>
    /// <remarks>
    /// A process serves one isolated device after another. What deviates in one that is not fresh is tried again in a fresh one, and that counts: it is what
    /// a replay of the token alone would show. Where it judges a value right that was wrong before, an earlier device has changed this case's outcome (CONTRACT MM-16);
    /// what is no matter of memory, or was not judged again, stays with its clause and says that it may not replay.
    /// </remarks>
    public CaseRecord Try(Case tried)
    {
        ArgumentNullException.ThrowIfNull(tried);
        // What a program writes only when it ends, or nowhere asked for it, belongs to the case that its process ends with.
        CaseRecord record = TryOnce(tried, IsAlwaysFresh || tried.Clause == "PROC-1", out bool wasFresh);
        if (wasFresh || record.Observations.All(o => o.Deviation is null))
        {
            return record;
        }

        CaseRecord again = TryOnce(tried, inFreshProcess: true, out _);
        bool isRemembered = false;
        IEnumerable<Observation> deviations = record.Observations.Where(o => o.Deviation is not null).DistinctBy(o => o.Clause);
        foreach (Observation lost in deviations.Where(o => again.DeviationFrom(o.Clause) is null))
        {
            Deviation seen = lost.Deviation!;
            if (StaysWithItsClause(lost.Clause) || again.Observations.All(o => o.Clause != lost.Clause))
            {
                again.Observe(lost.Clause, seen with { Message = seen.Message + "; seen after other devices of the same process, and not in a fresh one, so that the token alone may not show it" });
            }
            else if (!isRemembered)
            {
                isRemembered = true;
                string what = $"after other devices of the same process it broke {lost.Clause} ({seen.Message}); in a fresh process it does not, so that the token alone does not show it";
                again.Observe("MM-16", new Deviation(what, "an answer that depends on the call alone", seen.Message));
            }
        }

        return again;
    }

    // No answer is no answer, harm is harm, and a race or another answer to the same call shows by chance: none of them is memory of an earlier call.
    private static bool StaysWithItsClause(string clause) => clause is "PROC-1" or "PROC-2" or "PROC-3" or "MM-11" or "MM-12";

    private CaseRecord TryOnce(Case tried, bool inFreshProcess, out bool wasFresh)
    {
        CaseRecord record = new(tried) { Answers = KeepsDigest ? new AnswerDigest() : null };
        wasFresh = true;
        IDevice? device = null;
        try
        {
            device = Open(inFreshProcess);
            wasFresh = device is not IIsolatedDevice { IsInFreshProcess: false };
            TryOn(device, tried, record);
        }
        catch (DeviceLostException)
        {
            // The incident says it; what the case was about stays unsaid.
        }
        catch (Exception failure)
        {
            record.SayNothing($"{failure.GetType().Name}: {failure.Message}");
        }
        finally
        {
            // Closing is part of the case: what comes to light then belongs to it.
            device?.Dispose();
            IncidentJudge.Observe(record, (device as IIsolatedDevice)?.TakeIncidents() ?? []);
            record.FinishDigest();
        }

        return record;
    }

    private IDevice Open(bool inFreshProcess)
    {
        using CallClock.Scope call = CallClock.Enter();
        return Source is IIsolatedSource isolated ? isolated.Open(CallLimit, inFreshProcess) : Source.Open();
    }

    private void TryOn(IDevice device, Case tried, CaseRecord record)
    {
        JudgingTerms terms = TermsOf(device);
        if (Applicability.Rule(tried.Requirement, device, terms) is (_, var reason))
        {
            record.SayNothing(reason);
            return;
        }

        ClauseCheck check = CheckCatalogue.Find(tried.Clause) ?? throw new InvalidOperationException($"no check for {tried.Clause}");
        IReadOnlyList<IAxiProbe> probes = BusProbe is not null && device is IBusDevice bus ? [BusProbe(bus)] : [];
        BusWatch? watch = Watch(device, tried, probes);
        check.Try(new Trial(tried, device, terms, record) { Probes = probes });
        watch?.Judge((IBusDevice)device, record);
    }

    // Where the suite drives the card itself, it watches that instead.
    private static BusWatch? Watch(IDevice device, Case tried, IReadOnlyList<IAxiProbe> probes)
    {
        if (device is not IBusDevice bus || tried is BusCase)
        {
            return null;
        }

        foreach (IAxiProbe probe in probes)
        {
            bus.Attach(probe);
        }

        return BusWatch.Of(bus);
    }
}
