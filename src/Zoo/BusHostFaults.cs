using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Sails whose host drives the bus wrongly. The card behind it is right, and copes where a card can.</summary>
public static class BusHostFaults
{
    private const string SingleBlock = "m=1,n=1,k=256";
    private const int FullSize = 5;
    private const int FaultyBeats = 100;

    /// <summary>The clauses that no call of any shape keeps where calls do not come through: values, what is answered and written, and the call behind another.</summary>
    internal static IReadOnlyList<string> CallsFail { get; } = [.. FaultyEntry.ValueClauses, "MM-12", "MM-16", "COL-11"];

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("dma-crosses-4k", "AXI-2", "m=29,n=1,k=256", "makes bursts of 100 beats wherever they begin", new() { Split = (address, bytes) => EvenBursts(address, bytes) }),
        Entry("fixed-of-17", "AXI-2", SingleBlock, "reads the status with a FIXED burst of 17 beats", Rewriting(
            request => request.Burst.Address == SailMap.Status ? request with { Burst = new(SailMap.Status, beats: 17, FullSize, AxiBurstKind.Fixed) } : request)),
        Entry("burst-of-kind-3", "AXI-2", SingleBlock, "reads OUT with the reserved burst kind", Rewriting(
            request => request.IsRead && request.Burst.Address >= SailMap.WindowOut ? Kind(request, AxiBurstKind.Reserved) : request), [.. CallsFail, "AXI-6"]),
        Entry("wrapping-read", "AXI-2", SingleBlock, "reads OUT with WRAP bursts", Rewriting(
            request => request.IsRead && request.Burst.Address >= SailMap.WindowOut ? Kind(request, AxiBurstKind.Wrap) : request), [.. CallsFail, "AXI-6"]),
        Entry("narrow-status", "AXI-3", SingleBlock, "reads 16 bytes of the status where the bus has 32", Rewriting(
            request => request.Burst.Address == SailMap.Status ? request with { Burst = new(SailMap.Status, beats: 1, size: 4, AxiBurstKind.Incr) } : request), CallsFail),
        Entry("size-6", "AXI-3", SingleBlock, "asks for 64 bytes a beat", Rewriting(
            request => request.Burst.Address == SailMap.Status ? request with { Burst = new(SailMap.Status, beats: 1, size: 6, AxiBurstKind.Incr) } : request), [.. CallsFail, "AXI-6"]),
        Entry("wlast-never", "AXI-6", SingleBlock, "never raises WLAST", Rewriting(request => request.IsRead ? request : request with { Lasts = new bool[request.Burst.Beats] })),
        Entry("wlast-one-early", "AXI-6", SingleBlock, "raises WLAST a beat early, and sends no more", Rewriting(OneBeatLess), [.. FaultyEntry.ValueClauses, "MM-16"]),
        Entry("strobe-below-address", "AXI-6", SingleBlock, "strobes bytes below an unaligned address", Rewriting(
            request => request.IsRead || request.Burst.Address < SailMap.WindowA ? request : StrobedBelow(request)), ["MM-9"]),
        Entry("cache-1000", "AXI-6", SingleBlock, "asks for allocation without modifiability", Rewriting(request => request with { Attributes = 8UL << AxiAttributes.CacheShift })),
        Entry("exclusive-of-4k", "AXI-6", SingleBlock, "locks all of its accesses", Rewriting(request => request with { Attributes = 1UL << AxiAttributes.LockShift }), ["AXI-3"]),
        Entry("exclusive-polls", "AXI-3", SingleBlock, "reads its status by exclusive accesses that keep every rule of AXI4", Rewriting(
            request => request.Burst.Address == SailMap.Status ? request with { Attributes = 1UL << AxiAttributes.LockShift } : request)),
        Entry("data-waits-for-address", "AXI-6", SingleBlock, "waits for AWREADY before WVALID, at a card that waits for WVALID", new()
        {
            Master = new AxiMasterOptions { DataWaitsForAddress = true },
            Slave = new AxiSlaveOptions { AddressWaitsForData = true },
        }, CallsFail),
        Pin("awvalid-dropped", "lowers AWVALID while it waits", AxiPinFaultKind.DropsWhileStalled, AxiSignal.AwValid),
        Pin("wvalid-dropped", "lowers WVALID while it waits", AxiPinFaultKind.DropsWhileStalled, AxiSignal.WValid),
        Pin("awaddr-moves", "changes AWADDR while it waits", AxiPinFaultKind.ChangesWhileStalled, AxiSignal.AwAddr, ["MM-9"]),
        Pin("arprot-moves", "changes ARPROT while it waits", AxiPinFaultKind.ChangesWhileStalled, AxiSignal.ArProt),
        Pin("wdata-moves", "changes WDATA while it waits", AxiPinFaultKind.ChangesWhileStalled, AxiSignal.WData, CallsFail),
        Pin("awvalid-in-reset", "holds AWVALID high in reset", AxiPinFaultKind.HighInReset, AxiSignal.AwValid),
        Pin("wvalid-leaves-reset", "holds WVALID high in the first clock after reset", AxiPinFaultKind.HighLeavingReset, AxiSignal.WValid),
        Pin("awqos-unknown", "leaves a bit of AWQOS unconnected", AxiPinFaultKind.Unknown, AxiSignal.AwQos),
        Pin("bready-stuck", "never raises BREADY", AxiPinFaultKind.StuckLow, AxiSignal.BReady, CallsFail),
    ];

    private static FaultyEntry Entry(string name, string clause, string shape, string description, SailBusOptions bus, IReadOnlyList<string>? alsoKilledBy = null) =>
        new(name, "bus-host", clause, shape, description, () => new PatchedSail(PatchedSail.Claim, bus))
        {
            AlsoKilledBy = [.. (alsoKilledBy ?? []).Where(also => also != clause)],
        };

    private static FaultyEntry Pin(string name, string description, AxiPinFaultKind kind, AxiSignal signal, IReadOnlyList<string>? alsoKilledBy = null) =>
        Entry(name, "AXI-6", SingleBlock, description, new() { HostPinFaults = [new(kind, signal)] }, alsoKilledBy);

    private static SailBusOptions Rewriting(Func<AxiRequest, AxiRequest> rewrite) => new() { Rewrite = rewrite };

    private static IEnumerable<AxiBurst> EvenBursts(ulong address, ulong bytes)
    {
        const ulong Most = FaultyBeats * 32;
        for (ulong done = 0; done < bytes; done += Most)
        {
            yield return new(address + done, (int)((Math.Min(bytes - done, Most) + 31) / 32), FullSize, AxiBurstKind.Incr);
        }
    }

    private static AxiRequest Kind(AxiRequest request, AxiBurstKind kind) => request with { Burst = new(request.Burst.Address, request.Burst.Beats, FullSize, kind) };

    private static AxiRequest OneBeatLess(AxiRequest request)
    {
        int beats = request.Burst.Beats - 1;
        if (request.IsRead || beats < 2 || request.Burst.Kind == AxiBurstKind.Fixed)
        {
            return request;
        }

        bool[] lasts = new bool[beats];
        lasts[^1] = true;
        return request with { Data = request.Data[..(beats * request.Data.Length / request.Burst.Beats)], Lasts = lasts };
    }

    private static AxiRequest StrobedBelow(AxiRequest request)
    {
        UInt128[] strobes = new UInt128[request.Burst.Beats];
        Array.Fill(strobes, uint.MaxValue);
        return request with { Burst = new(request.Burst.Address + 4, request.Burst.Beats, FullSize, AxiBurstKind.Incr), Strobes = strobes };
    }
}
