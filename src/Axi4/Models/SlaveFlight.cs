namespace Spanker.Conformance.Axi4;

/// <summary>A read or write that a slave has accepted.</summary>
internal sealed class SlaveFlight(in AxiAddressPins pins, AxiBurst burst, bool isRefused)
{
    public ulong Id { get; } = pins.Id;

    public AxiBurst Burst { get; } = burst;

    /// <summary>Answered SLVERR, without effect.</summary>
    public bool IsRefused { get; } = isRefused;

    /// <summary>Beats done.</summary>
    public int Beat { get; set; }

    public bool IsDataDone { get; set; }

    /// <summary>The clock from which it may be answered.</summary>
    public long DueCycle { get; set; }

    public AxiResponse Response { get; set; } = isRefused ? AxiResponse.SlvErr : AxiResponse.Okay;

    /// <summary>How often it was answered, for a slave that answers twice.</summary>
    public int Answers { get; set; }
}
