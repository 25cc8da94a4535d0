namespace Spanker.Conformance.Axi4;

/// <summary>What lies behind a slave. Addresses are those of whole bus words: multiples of the bus's bytes.</summary>
public interface IAxiMemory
{
    /// <summary>Reads one bus word, lowest 64 bits first.</summary>
    /// <returns>OKAY; SLVERR or DECERR where the word cannot be read, and then <paramref name="words"/> is zero.</returns>
    AxiResponse Read(ulong address, Span<ulong> words);

    /// <summary>Writes the bytes of one bus word that are strobed.</summary>
    /// <returns>OKAY; SLVERR or DECERR where nothing was written.</returns>
    AxiResponse Write(ulong address, ReadOnlySpan<ulong> words, UInt128 strobe);
}
