using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>The zoo's devices in the suite's own process, and all devices by name, those of <see cref="VendorZoo"/> among them.</summary>
public static class ZooCatalog
{
    /// <summary>The families of faults. A family that lives in a file of its own is added here, and nowhere else.</summary>
    private static readonly IReadOnlyList<FaultyEntry>[] Families =
    [
        DecodeFaults.All,
        ArithmeticFaults.All,
        ShapeFaults.All,
        BufferFaults.All,
        StateFaults.All,
        TrafficFaults.All,
        BusHostFaults.All,
        BusCardFaults.All,
        CollectiveFaults.All, DeclaredOrderFaults.All, InterleavingFaults.All,
        TopologyFaults.Over(() => SimSource.Open(new SimOptions())),
        ShardingFaults.All,
        SchedulerFaults.All,
        DriverFaults.All,
        RealPathFaults.All,
    ];

    /// <summary>The devices that deviate, family by family.</summary>
    public static IReadOnlyList<FaultyEntry> Faulty { get; } = [.. Families.SelectMany(family => family)];

    /// <summary>The devices that must be accepted.</summary>
    public static IReadOnlyList<HarmlessEntry> Harmless { get; } = HarmlessDevices.All;

    /// <summary>Every device, the faulty ones first.</summary>
    public static IReadOnlyList<ZooEntry> Everything { get; } = [.. Faulty, .. VendorZoo.Faulty, .. Harmless, .. VendorZoo.Harmless];

    /// <summary>The entry of that name, or null.</summary>
    public static ZooEntry? Find(string name) =>
        Everything.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.Ordinal));
}
