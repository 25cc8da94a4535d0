namespace Spanker.Conformance.Axi4;

/// <summary>Which of two traces was recorded from something that was cut.</summary>
[Flags]
public enum AxiTraceCut
{
    /// <summary>Neither: what one has and the other has not is a difference.</summary>
    None = 0,

    /// <summary>The one that is judged.</summary>
    Found = 1,

    /// <summary>The one that is expected.</summary>
    Golden = 2,
}
