namespace Spanker.Conformance.Axi4;

/// <summary>How the small fields of an address channel are packed into one word, so that a stalled address is compared in four words.</summary>
/// <remarks>
/// <code>
/// bits  28..25  24..21  20..18  17..14  13    12..11  10..8  7..0
///       REGION  QOS     PROT    CACHE   LOCK  BURST   SIZE   LEN
/// </code>
/// </remarks>
public static class AxiAttributes
{
    /// <summary>AxLEN, 8 bits.</summary>
    public const int LenShift = 0;

    /// <summary>AxSIZE, 3 bits.</summary>
    public const int SizeShift = 8;

    /// <summary>AxBURST, 2 bits.</summary>
    public const int BurstShift = 11;

    /// <summary>AxLOCK, 1 bit.</summary>
    public const int LockShift = 13;

    /// <summary>AxCACHE, 4 bits.</summary>
    public const int CacheShift = 14;

    /// <summary>AxPROT, 3 bits.</summary>
    public const int ProtShift = 18;

    /// <summary>AxQOS, 4 bits.</summary>
    public const int QosShift = 21;

    /// <summary>AxREGION, 4 bits.</summary>
    public const int RegionShift = 25;

    /// <summary>Place and width of the field of an AW signal, or (0, 0) if it is not packed here.</summary>
    internal static (int Shift, int Bits) FieldOf(AxiSignal awSignal) => awSignal switch
    {
        AxiSignal.AwLen => (LenShift, 8),
        AxiSignal.AwSize => (SizeShift, 3),
        AxiSignal.AwBurst => (BurstShift, 2),
        AxiSignal.AwLock => (LockShift, 1),
        AxiSignal.AwCache => (CacheShift, 4),
        AxiSignal.AwProt => (ProtShift, 3),
        AxiSignal.AwQos => (QosShift, 4),
        AxiSignal.AwRegion => (RegionShift, 4),
        _ => (0, 0),
    };

    /// <summary>The bits of the word that an AW signal takes.</summary>
    internal static ulong MaskOf(AxiSignal awSignal)
    {
        (int shift, int bits) = FieldOf(awSignal);
        return ((1UL << bits) - 1) << shift;
    }
}
