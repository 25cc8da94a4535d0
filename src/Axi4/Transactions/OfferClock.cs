namespace Spanker.Conformance.Axi4;

/// <summary>Since when the VALID of a channel has been high for the transfer that it offers.</summary>
internal struct OfferClock
{
    private bool isOffered;

    /// <summary>The first cycle of the current offer.</summary>
    public long Since { get; private set; }

    /// <summary>Looks at one cycle.</summary>
    /// <returns>Whether the offer is taken in this cycle.</returns>
    public bool Push(AxiBit valid, AxiBit ready, long cycle)
    {
        if (valid != AxiBit.High)
        {
            isOffered = false;
            return false;
        }

        if (!isOffered)
        {
            Since = cycle;
        }

        bool isTaken = ready == AxiBit.High;
        isOffered = !isTaken;
        return isTaken;
    }
}
