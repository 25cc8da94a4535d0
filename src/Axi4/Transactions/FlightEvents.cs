namespace Spanker.Conformance.Axi4;

/// <summary>What an observer of flights can ask for; each is a method of <see cref="FlightObserver"/>.</summary>
[Flags]
internal enum FlightEvents
{
    /// <summary>OnAddress of writes.</summary>
    WriteAddress = 1,

    /// <summary>OnWriteBeat.</summary>
    WriteBeat = 2,

    /// <summary>OnWriteResponse.</summary>
    WriteResponse = 4,

    /// <summary>OnReadOffered.</summary>
    ReadOffered = 8,

    /// <summary>OnReadBeat.</summary>
    ReadBeat = 16,

    /// <summary>OnDone.</summary>
    Done = 32,

    /// <summary>OnPlainWriteBeat and OnPlainReadBeat instead of OnPlainBeats.</summary>
    PlainBeats = 64,

    /// <summary>OnAddress of reads.</summary>
    ReadAddress = 128,
}
