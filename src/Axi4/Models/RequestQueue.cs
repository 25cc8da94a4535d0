namespace Spanker.Conformance.Axi4;

/// <summary>The requests of one direction: those that wait, and those that have begun, oldest first.</summary>
internal sealed class RequestQueue<TFlight>(int maxOutstanding, EndedRequests ended)
    where TFlight : class
{
    private readonly Queue<(AxiRequest Request, long Ticket)> waiting = new();
    private int gap = -1;

    /// <summary>What has begun and not ended, oldest first.</summary>
    public List<TFlight> Begun { get; } = [];

    public int Pending => waiting.Count + Begun.Count;

    public void Enqueue(AxiRequest request, long ticket) => waiting.Enqueue((request, ticket));

    /// <summary>The next request, if it may begin now; called once a clock.</summary>
    public bool TryBegin(out AxiRequest? request, out long ticket)
    {
        (request, ticket) = (null, -1);
        if (waiting.Count == 0 || Begun.Count >= maxOutstanding || !ended.Has(waiting.Peek().Request.After))
        {
            return false;
        }

        gap = gap < 0 ? waiting.Peek().Request.GapCycles : gap;
        if (gap-- > 0)
        {
            return false;
        }

        (request, ticket) = waiting.Dequeue();
        return true;
    }

    /// <summary>Ends everything, what waits as well.</summary>
    public void Clear(bool isRead, Func<TFlight, long> ticketOf)
    {
        foreach (TFlight flight in Begun)
        {
            ended.Add(new(ticketOf(flight), isRead, AxiResponse.Okay, Beats: 0, IsAborted: true));
        }

        foreach ((AxiRequest _, long ticket) in waiting)
        {
            ended.Add(new(ticket, isRead, AxiResponse.Okay, Beats: 0, IsAborted: true));
        }

        Begun.Clear();
        waiting.Clear();
        gap = -1;
    }
}
