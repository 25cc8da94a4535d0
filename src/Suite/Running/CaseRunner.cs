using Spanker.Conformance.Device;

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
        JudgingTerms terms = JudgingTerms.Of(device.Description);
        return ClassName is null ? terms : terms.WithClass(ClassName);
    }

    private IDevice Open()
    {
        using CallClock.Scope call = CallClock.Enter();
        return Source.Open();
    }

    /// <summary>Tries the case. An exception, whichever it is, is no verdict: it makes the case inconclusive, and the run goes on.</summary>
    public CaseRecord Try(Case tried)
    {
        ArgumentNullException.ThrowIfNull(tried);
        CaseRecord record = new(tried) { Answers = KeepsDigest ? new AnswerDigest() : null };
        try
        {
            using IDevice device = Open();
            JudgingTerms terms = TermsOf(device);
            if (Applicability.Rule(tried.Requirement, device, terms) is (_, var reason))
            {
                record.SayNothing(reason);
                return record;
            }

            ClauseCheck check = CheckCatalogue.Find(tried.Clause) ?? throw new InvalidOperationException($"no check for {tried.Clause}");
            check.Try(new Trial(tried, device, terms, record));
        }
        catch (Exception failure)
        {
            record.SayNothing($"{failure.GetType().Name}: {failure.Message}");
        }
        finally
        {
            record.FinishDigest();
        }

        return record;
    }
}
