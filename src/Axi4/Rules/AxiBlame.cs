namespace Spanker.Conformance.Axi4;

/// <summary>Who broke a rule.</summary>
public enum AxiBlame
{
    /// <summary>The side that drives AW, W and AR.</summary>
    Master,

    /// <summary>The side that drives B and R.</summary>
    Slave,
}
