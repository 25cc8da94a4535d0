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

    public void Return(AxiFlight flight) => free.Push(flight);
}
