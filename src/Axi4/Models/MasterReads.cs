namespace Spanker.Conformance.Axi4;

/// <summary>AR and R of a master.</summary>
internal sealed class MasterReads(AxiBusShape shape, AxiMasterOptions options, EndedRequests ended)
{
    private readonly RequestQueue<Flight> queue = new(options.MaxOutstanding, ended);
    private StallDice dice = new(options.Seed ^ 0x0052_6561_6473_0000);
    private Flight? address;
    private bool isAddressValid;
    private bool isReady;

    public int Pending => queue.Pending;

    public long Strays { get; private set; }

    public void Enqueue(AxiRequest request, long ticket) => queue.Enqueue(request, ticket);

    public void Drive(ref AxiCycle pins)
    {
        pins.Ar.Valid = isAddressValid ? AxiBit.High : AxiBit.Low;
        pins.R.Ready = isReady ? AxiBit.High : AxiBit.Low;
        if (isAddressValid)
        {
            AddressDrive.Drive(ref pins.Ar, address!.Request);
        }
    }

    public void Clock(in AxiCycle pins)
    {
        if (pins.Ar.Valid == AxiBit.High && pins.Ar.Ready == AxiBit.High && address is not null)
        {
            address.IsAddressDone = true;
            isAddressValid = false;
            address = queue.Begun.Find(flight => !flight.IsAddressDone);
        }

        if (pins.R.Valid == AxiBit.High && pins.R.Ready == AxiBit.High)
        {
            TakeBeat(pins.R);
        }

        if (queue.TryBegin(out AxiRequest? request, out long ticket))
        {
            Flight flight = new(request!, ticket);
            queue.Begun.Add(flight);
            address ??= flight;
        }

        isAddressValid = isAddressValid || (address is not null && !dice.Falls(options.AddressStall));
        isReady = !(options.ReadyWaitsForValid && pins.R.Valid != AxiBit.High) && !dice.Falls(options.ResponseStall);
    }

    public void Abort()
    {
        queue.Clear(isRead: true, flight => flight.Ticket);
        address = null;
        (isAddressValid, isReady) = (false, false);
    }

    private void TakeBeat(in AxiReadDataPins pins)
    {
        for (int i = 0; i < queue.Begun.Count; i++)
        {
            Flight flight = queue.Begun[i];
            if (flight.Request.Id != pins.Id || !flight.IsAddressDone)
            {
                continue;
            }

            flight.Take(pins, shape.DataWords);
            if (pins.Last == AxiBit.High)
            {
                queue.Begun.RemoveAt(i);
                ended.Add(new(flight.Ticket, IsRead: true, flight.Response, flight.Beat, IsAborted: false));
            }

            return;
        }

        Strays++;
    }

    private sealed class Flight(AxiRequest request, long ticket)
    {
        public AxiRequest Request { get; } = request;

        public long Ticket { get; } = ticket;

        public bool IsAddressDone { get; set; }

        public int Beat { get; private set; }

        public AxiResponse Response { get; private set; }

        public void Take(in AxiReadDataPins pins, int words)
        {
            Span<ulong> destination = Request.Destination.Span;
            int from = Beat * words;
            if (from + words <= destination.Length)
            {
                ReadOnlySpan<ulong> data = pins.Data;
                data[..words].CopyTo(destination[from..]);
            }

            Beat++;
            Response = Response == AxiResponse.Okay ? pins.Response : Response;
        }
    }
}
