namespace Spanker.Conformance.Axi4;

/// <summary>Which requests have ended. Tickets end out of order, so those beyond the first one under way are kept one by one.</summary>
internal sealed class EndedRequests(Queue<AxiCompletion> completions)
{
    private readonly HashSet<long> beyond = [];
    private long allBelow;

    public bool Has(long ticket) => ticket < allBelow || beyond.Contains(ticket);

    public void Add(in AxiCompletion done)
    {
        completions.Enqueue(done);
        if (done.Ticket != allBelow)
        {
            beyond.Add(done.Ticket);
            return;
        }

        do
        {
            allBelow++;
        }
        while (beyond.Count > 0 && beyond.Remove(allBelow));
    }
}
