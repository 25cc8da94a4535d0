namespace Spanker.Conformance.Axi4;

/// <summary>What follows transactions while they are put together. A flight is the observer's to read until the call returns.</summary>
/// <remarks>
/// Nearly all beats are plain: of a transaction that is known and not exclusive, all lanes of the bus, no x, every strobe high or answered OKAY.
/// Most rules are kept by them as they are, so they are counted, and the rules learn of them at the end; who looks at their data asks for each.
/// </remarks>
internal abstract class FlightObserver
{
    /// <summary>The events that the observer takes; of beats, only those that it asks for are handed to it.</summary>
    public abstract FlightEvents Events { get; }

    /// <summary>An address was accepted. <paramref name="outstanding"/> counts what the direction has open with it; 0 if that is not known.</summary>
    public virtual void OnAddress(AxiFlight flight, int outstanding, long cycle)
    {
    }

    /// <summary>A write beat that is not plain has both its data and its address.</summary>
    public virtual void OnWriteBeat(AxiFlight flight, int beat, long cycle)
    {
    }

    /// <summary>A write was answered; its data may not be complete if the slave was early.</summary>
    public virtual void OnWriteResponse(AxiFlight flight, long cycle)
    {
    }

    /// <summary>A read beat that is not plain shows for the first time.</summary>
    public virtual void OnReadOffered(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle)
    {
    }

    /// <summary>A read beat that is not plain was accepted.</summary>
    public virtual void OnReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle)
    {
    }

    /// <summary>A plain write beat has both its data and its address.</summary>
    public virtual void OnPlainWriteBeat(AxiFlight flight, int beat, long cycle)
    {
    }

    /// <summary>A plain read beat was accepted.</summary>
    public virtual void OnPlainReadBeat(AxiFlight flight, int beat, in AxiReadDataPins pins, long cycle)
    {
    }

    /// <summary>So many plain beats passed; they were not handed over one by one.</summary>
    public virtual void OnPlainBeats(in PlainBeats beats)
    {
    }

    /// <summary>The transaction is over: data and response have passed.</summary>
    public virtual void OnDone(AxiFlight flight, long cycle)
    {
    }

    /// <summary>What was outstanding is forgotten: a reset or a gap.</summary>
    public virtual void OnForgotten()
    {
    }
}
