using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>Watches a bus while a case is tried, and afterwards says what became of each rule.</summary>
public sealed class BusWatch
{
    /// <summary>Clocks that the bus runs on at the end, so that what is missing by then is lost.</summary>
    private const int QuietCycles = 2048;

    private readonly AxiChecker checker;
    private readonly ExclusiveWatch exclusives = new();
    private readonly bool judgesMaster;

    private BusWatch(IBusDevice device, bool judgesMaster)
    {
        this.judgesMaster = judgesMaster;

        // How long a card takes is its own affair; that it moves at all is not.
        (ulong first, ulong last) = device.Memory;
        AxiCheckOptions options = AxiCheckOptions.GenerationA with { DeadlockCycles = 4096, Profile = AxiProfile.GenerationA with { MemoryFirst = first, MemoryLast = last } };

        checker = new(device.BusShape, options);
    }

    /// <summary>What are to be shown the cycles.</summary>
    public IReadOnlyList<IAxiProbe> Probes => judgesMaster ? [checker, exclusives] : [checker];

    /// <summary>Watches what a device's host and card do; both are the device's, and every finding counts.</summary>
    public static BusWatch Of(IBusDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        BusWatch watch = new(device, judgesMaster: true);
        foreach (IAxiProbe probe in watch.Probes)
        {
            device.Attach(probe);
        }

        return watch;
    }

    /// <summary>Watches a card whose master is the suite's own: findings that blame the master are no matter of the card, but for what it should not have accepted.</summary>
    public static BusWatch OfCard(IBusDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new(device, judgesMaster: false);
    }

    /// <summary>Lets the device's bus run dry, if anything happened on it, and notes what became of the rules.</summary>
    public void Judge(IBusDevice device, CaseRecord record)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (checker.Cycles > 0)
        {
            using (CallClock.Enter())
            {
                device.RunIdle(QuietCycles);
            }

            Judge(record);
        }
    }

    /// <summary>Notes what became of the rules.</summary>
    public AxiVerdict Judge(CaseRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        AxiVerdict verdict = checker.Finish();
        HashSet<string> kept = [];
        HashSet<string> broken = [];
        foreach (AxiRuleResult result in verdict.Rules)
        {
            if (result.Rule.Severity != AxiSeverity.Error)
            {
                // A recommendation: counted, and held against nobody. Of a master that offers more than may be outstanding it says nothing.
                if (judgesMaster)
                {
                    record.NoteBus(new(result.Rule, result.Armed, result.Violated));
                }

                continue;
            }

            string clause = BusRules.ClauseOf(result.Rule);
            if (result.Findings.FirstOrDefault(finding => IsTheDevices(finding.Blame, result.Rule)) is AxiFinding finding)
            {
                record.Observe(clause, Deviation(result, finding));
                record.NoteBus(new(result.Rule, result.Armed, result.Violated));
                broken.Add(clause);
            }
            else if (result.Armed > 0 && IsTheDevices(result.Rule.Blame, result.Rule))
            {
                record.Reach(clause, result.Rule.Id);
                record.NoteBus(new(result.Rule, result.Armed, Violated: 0));
                kept.Add(clause);
            }
        }

        foreach (string clause in BusRules.Clauses.Where(clause => kept.Contains(clause) && !broken.Contains(clause)))
        {
            record.Observe(clause, null);
        }

        if (!verdict.IsComplete && broken.Count == 0)
        {
            record.SayNothing(verdict.Limit ?? "something was under way on the bus at the end, and no quiet window had passed");
        }

        foreach (string locked in exclusives.Findings)
        {
            record.Observe("AXI-3", new Deviation(locked, "no exclusive access", "AxLOCK 1"));
        }

        return verdict;
    }

    // A master of the suite's own says nothing of the device, whether it keeps a rule or breaks it on purpose; but a card accepts no more than it may.
    private bool IsTheDevices(AxiBlame blame, AxiRule rule) => judgesMaster || blame == AxiBlame.Slave || rule == AxiRules.SingleOutstanding;

    private static Deviation Deviation(AxiRuleResult result, AxiFinding finding)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture, $"{result.Rule.Id}: cycle {finding.Cycle}, {finding.Blame.ToString().ToLowerInvariant()} at fault: {finding.Message}");
        return new Deviation(text, result.Rule.Statement, string.Create(CultureInfo.InvariantCulture, $"broken {result.Violated} of {result.Armed} times"));
    }
}
