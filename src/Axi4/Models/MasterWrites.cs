namespace Spanker.Conformance.Axi4;

/// <summary>AW, W and B of a master.</summary>
internal sealed class MasterWrites(AxiBusShape shape, AxiMasterOptions options, EndedRequests ended)
{
    private readonly UInt128 allLanes = new AxiLanes(0, shape.DataBytes - 1).Strobe;
    private readonly RequestQueue<Flight> queue = new(options.MaxOutstanding, ended);
    private StallDice dice = new(options.Seed ^ 0x5772_6974_6573_0000);
    private Flight? address;
    private Flight? data;
    private bool isAddressValid;
    private bool isDataValid;
    private bool isReady;

    public int Pending => queue.Pending;

    public long Strays { get; private set; }

    public void Enqueue(AxiRequest request, long ticket) => queue.Enqueue(request, ticket);

    public void Drive(ref AxiCycle pins)
    {
        pins.Aw.Valid = isAddressValid ? AxiBit.High : AxiBit.Low;
        pins.W.Valid = isDataValid ? AxiBit.High : AxiBit.Low;
        pins.B.Ready = isReady ? AxiBit.High : AxiBit.Low;
        if (isAddressValid)
        {
            AddressDrive.Drive(ref pins.Aw, address!.Request);
        }

        if (isDataValid)
        {
            DriveData(ref pins.W, data!);
        }
    }

    public void Clock(in AxiCycle pins)
    {
        if (pins.Aw.Valid == AxiBit.High && pins.Aw.Ready == AxiBit.High && address is not null)
        {
            address.IsAddressDone = true;
            isAddressValid = false;
            Next(ref address, flight => !flight.IsAddressDone);
        }

        if (pins.W.Valid == AxiBit.High && pins.W.Ready == AxiBit.High && data is not null)
        {
            data.Beat++;
            isDataValid = false;
            Next(ref data, flight => !flight.IsDataDone);
        }

        if (pins.B.Valid == AxiBit.High && pins.B.Ready == AxiBit.High)
        {
            TakeResponse(pins.B);
        }

        Retire();
        Begin();
        OfferAddress();
        OfferData();
        isReady = !(options.ReadyWaitsForValid && pins.B.Valid != AxiBit.High) && !dice.Falls(options.ResponseStall);
    }

    public void Abort()
    {
        queue.Clear(isRead: false, flight => flight.Ticket);
        (address, data) = (null, null);
        (isAddressValid, isDataValid, isReady) = (false, false, false);
    }

    private void DriveData(ref AxiWriteDataPins pins, Flight flight)
    {
        int words = shape.DataWords;
        AxiRequest request = flight.Request;
        request.Data.Span.Slice(flight.Beat * words, words).CopyTo(pins.Data);
        bool isLast = request.Lasts.IsEmpty ? flight.Beat == flight.Beats - 1 : request.Lasts.Span[flight.Beat];
        pins.Last = isLast ? AxiBit.High : AxiBit.Low;

        // A beat beyond the burst has no lanes of its own; it is sent on those of the last. Beats as wide as the bus are whole, but for an unaligned first.
        bool isWhole = request.Burst.Size == shape.FullSize && (flight.Beat > 0 || request.Burst.IsAligned) && request.Burst.Kind == AxiBurstKind.Incr;
        pins.Strobe = !request.Strobes.IsEmpty ? request.Strobes.Span[flight.Beat]
            : isWhole ? allLanes
            : request.Burst.LanesOf(Math.Min(flight.Beat, request.Burst.Beats - 1), shape.DataBytes).Strobe;
    }

    private void TakeResponse(in AxiWriteResponsePins pins)
    {
        foreach (Flight flight in queue.Begun)
        {
            if (flight.Request.Id == pins.Id && !flight.IsAnswered)
            {
                flight.IsAnswered = true;
                flight.Response = pins.Response;
                return;
            }
        }

        Strays++;
    }

    private void Retire()
    {
        for (int i = 0; i < queue.Begun.Count; i++)
        {
            Flight flight = queue.Begun[i];
            if (flight.IsAnswered && flight.IsAddressDone && flight.IsDataDone)
            {
                queue.Begun.RemoveAt(i--);
                ended.Add(new(flight.Ticket, IsRead: false, flight.Response, Beats: 0, IsAborted: false));
            }
        }
    }

    private void Begin()
    {
        if (!queue.TryBegin(out AxiRequest? request, out long ticket))
        {
            return;
        }

        // One of the two waits: the address behind the data, or the data behind the address.
        int lead = dice.UpTo(options.MaxDataLeadCycles);
        int lag = lead > 0 ? 0 : dice.UpTo(options.MaxDataLagCycles);
        Flight flight = new(request!, ticket, request!.Data.Length / shape.DataWords) { AddressWait = lead, DataWait = lag };
        queue.Begun.Add(flight);
        address ??= flight;
        data ??= flight.IsDataDone ? null : flight;
    }

    private void OfferAddress()
    {
        if (address is not null && !isAddressValid && address.AddressWait-- <= 0)
        {
            isAddressValid = !dice.Falls(options.AddressStall);
        }
    }

    private void OfferData()
    {
        bool mayBegin = data is not null && (data.IsAddressDone || !options.DataWaitsForAddress);
        if (mayBegin && !isDataValid && data!.DataWait-- <= 0)
        {
            isDataValid = !dice.Falls(options.DataStall);
        }
    }

    private void Next(ref Flight? current, Predicate<Flight> isOpen)
    {
        if (current is not null && !isOpen(current))
        {
            current = queue.Begun.Find(isOpen);
        }
    }

    private sealed class Flight(AxiRequest request, long ticket, int beats)
    {
        public AxiRequest Request { get; } = request;

        public long Ticket { get; } = ticket;

        public int Beats { get; } = beats;

        public int Beat { get; set; }

        public int AddressWait { get; set; }

        public int DataWait { get; set; }

        public bool IsAddressDone { get; set; }

        public bool IsDataDone => Beat >= Beats;

        public bool IsAnswered { get; set; }

        public AxiResponse Response { get; set; }
    }
}
