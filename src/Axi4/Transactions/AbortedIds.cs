namespace Spanker.Conformance.Axi4;

/// <summary>Ids of requests that a reset ended. An answer to one of them that was not asked for again since then is from before the reset.</summary>
internal sealed class AbortedIds(FlightSetup setup)
{
    private readonly RecentIds ids = new(setup.Options.OutstandingLimit);
    private readonly RuleTally rule = setup.Book[AxiRules.ResetAbort];

    public void Add(ulong id)
    {
        if (ids.Add(id))
        {
            rule.Arm(1);
        }
    }

    /// <summary>The id was asked for again: an answer to it can be new.</summary>
    public void Reuse(ulong id) => _ = ids.Remove(id);

    /// <summary>An answer came that nothing outstanding asked for.</summary>
    public void Judge(ulong id, long cycle, string channel)
    {
        if (ids.Remove(id))
        {
            rule.ViolateArmed(cycle, AxiBlame.Slave, $"{channel} for id {id}, which was asked for before the reset");
        }
    }
}
