namespace Spanker.Conformance.Axi4;

/// <summary>What the address pins of a transaction ask for.</summary>
/// <param name="IsRead">AR or AW.</param>
/// <param name="Id">AxID.</param>
/// <param name="Burst">AxADDR, AxLEN, AxSIZE, AxBURST.</param>
public sealed record AxiTraceAddress(bool IsRead, ulong Id, AxiBurst Burst)
{
    /// <summary>AxLOCK, 0 or 1.</summary>
    public int Lock { get; init; }

    /// <summary>AxCACHE, 4 bits.</summary>
    public int Cache { get; init; }

    /// <summary>AxPROT, 3 bits.</summary>
    public int Prot { get; init; }

    /// <summary>AxQOS, 4 bits.</summary>
    public int Qos { get; init; }

    /// <summary>AxREGION, 4 bits.</summary>
    public int Region { get; init; }

    /// <summary>AxUSER.</summary>
    public ulong User { get; init; }

    /// <summary>Puts the address on the pins of AW or AR, VALID and READY apart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field has more bits than its pins.</exception>
    public void Drive(ref AxiAddressPins pins)
    {
        (pins.Address, pins.AddressUnknown) = (Burst.Address, 0);
        (pins.Id, pins.IdUnknown) = (Id, 0);
        (pins.User, pins.UserUnknown) = (User, 0);
        (pins.Attributes, pins.AttributesUnknown) = (0, 0);
        pins.Len = Burst.Beats - 1;
        pins.Size = Burst.Size;
        pins.Burst = Burst.Kind;
        pins.Lock = Lock;
        pins.Cache = Cache;
        pins.Prot = Prot;
        pins.Qos = Qos;
        pins.Region = Region;
    }

    /// <summary>The address of a recorded transaction.</summary>
    internal static AxiTraceAddress Of(AxiTransaction recorded)
    {
        AxiAddressPins pins = new() { Attributes = recorded.Attributes };
        return new(recorded.IsRead, recorded.Id, recorded.Burst)
        {
            Lock = pins.Lock,
            Cache = pins.Cache,
            Prot = pins.Prot,
            Qos = pins.Qos,
            Region = pins.Region,
            User = recorded.User,
        };
    }
}
