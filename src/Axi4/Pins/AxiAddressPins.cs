namespace Spanker.Conformance.Axi4;

#pragma warning disable CA1051 // Filled in place, like its neighbours.

/// <summary>The pins of AW or AR in one cycle. Each value has a mask whose ones are its x and z bits; those bits are 0 in the value.</summary>
public struct AxiAddressPins
{
    /// <summary>AxVALID.</summary>
    public AxiBit Valid;

    /// <summary>AxREADY.</summary>
    public AxiBit Ready;

    /// <summary>AxADDR.</summary>
    public ulong Address;

    /// <summary>x bits of AxADDR.</summary>
    public ulong AddressUnknown;

    /// <summary>AxID.</summary>
    public ulong Id;

    /// <summary>x bits of AxID.</summary>
    public ulong IdUnknown;

    /// <summary>LEN, SIZE, BURST, LOCK, CACHE, PROT, QOS and REGION, packed as <see cref="AxiAttributes"/> says.</summary>
    public ulong Attributes;

    /// <summary>x bits of <see cref="Attributes"/>.</summary>
    public ulong AttributesUnknown;

    /// <summary>AxUSER, its lowest 64 bits.</summary>
    public ulong User;

    /// <summary>x bits of AxUSER.</summary>
    public ulong UserUnknown;

    /// <summary>AxLEN, beats - 1.</summary>
    public int Len
    {
        readonly get => Field(AxiAttributes.LenShift, 8);
        set => SetField(AxiAttributes.LenShift, 8, value);
    }

    /// <summary>AxSIZE, log2 of the bytes of a beat.</summary>
    public int Size
    {
        readonly get => Field(AxiAttributes.SizeShift, 3);
        set => SetField(AxiAttributes.SizeShift, 3, value);
    }

    /// <summary>AxBURST.</summary>
    public AxiBurstKind Burst
    {
        readonly get => (AxiBurstKind)Field(AxiAttributes.BurstShift, 2);
        set => SetField(AxiAttributes.BurstShift, 2, (int)value);
    }

    /// <summary>AxLOCK: 1 asks for an exclusive access.</summary>
    public int Lock
    {
        readonly get => Field(AxiAttributes.LockShift, 1);
        set => SetField(AxiAttributes.LockShift, 1, value);
    }

    /// <summary>AxCACHE.</summary>
    public int Cache
    {
        readonly get => Field(AxiAttributes.CacheShift, 4);
        set => SetField(AxiAttributes.CacheShift, 4, value);
    }

    /// <summary>AxPROT.</summary>
    public int Prot
    {
        readonly get => Field(AxiAttributes.ProtShift, 3);
        set => SetField(AxiAttributes.ProtShift, 3, value);
    }

    /// <summary>AxQOS.</summary>
    public int Qos
    {
        readonly get => Field(AxiAttributes.QosShift, 4);
        set => SetField(AxiAttributes.QosShift, 4, value);
    }

    /// <summary>AxREGION.</summary>
    public int Region
    {
        readonly get => Field(AxiAttributes.RegionShift, 4);
        set => SetField(AxiAttributes.RegionShift, 4, value);
    }

    private readonly int Field(int shift, int bits) => (int)(Attributes >> shift) & ((1 << bits) - 1);

    private void SetField(int shift, int bits, int value)
    {
        if (value < 0 || value >= 1 << bits)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"the field has {bits} bits");
        }

        Attributes = (Attributes & ~(((1UL << bits) - 1) << shift)) | ((ulong)value << shift);
    }
}
