namespace Spanker.Conformance.Axi4;

/// <summary>Flights that are not in use.</summary>
internal sealed class FlightPool(int dataWords, bool keepsBeats)
{
    private readonly Stack<AxiFlight> free = new();

    public AxiFlight Rent(bool isRead)
    {
        if (!free.TryPop(out AxiFlight? flight))
        {
            flight = new(dataWords, keepsBeats);
        }

        flight.Clear();
        flight.IsRead = isRead;
        return flight;
    }

    /// <summary>Takes a flight back, unless it grew beyond what a burst can have: then its memory is better let go.</summary>
    public void Return(AxiFlight flight)
    {
        if (flight.Room <= AxiBurst.MaxBeats)
        {
            free.Push(flight);
        }
    }
}
