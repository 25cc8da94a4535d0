namespace Spanker.Conformance.Axi4;

/// <summary>The payload of AW and AR.</summary>
internal static class AddressDrive
{
    private const ulong BurstFields = (1UL << AxiAttributes.LockShift) - 1;

    public static void Drive(ref AxiAddressPins pins, AxiRequest request)
    {
        AxiBurst burst = request.Burst;
        pins.Address = burst.Address;
        pins.Id = request.Id;
        pins.Attributes = (request.Attributes & ~BurstFields)
            | ((ulong)(burst.Beats - 1) << AxiAttributes.LenShift)
            | ((ulong)burst.Size << AxiAttributes.SizeShift)
            | ((ulong)burst.Kind << AxiAttributes.BurstShift);
    }
}
