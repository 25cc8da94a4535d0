namespace Spanker.Conformance.Axi4;

/// <summary>BRESP and RRESP (IHI 0022, A3.4.4).</summary>
public enum AxiResponse : byte
{
    /// <summary>OKAY: done; to an exclusive access, that it was not exclusive.</summary>
    Okay = 0,

    /// <summary>EXOKAY: the exclusive access was exclusive.</summary>
    ExOkay = 1,

    /// <summary>SLVERR: the slave refused.</summary>
    SlvErr = 2,

    /// <summary>DECERR: no slave answers at the address.</summary>
    DecErr = 3,
}
