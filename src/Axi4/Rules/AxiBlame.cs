namespace Spanker.Conformance.Axi4;

/// <summary>Who broke a rule.</summary>
public enum AxiBlame
{
    /// <summary>The side that drives AW, W and AR.</summary>
    Master,

    /// <summary>The side that drives B and R.</summary>
    Slave,

    /// <summary>The side of a stream that drives VALID and the payload.</summary>
    Sender,

    /// <summary>The side of a stream that drives READY.</summary>
    Receiver,
}
