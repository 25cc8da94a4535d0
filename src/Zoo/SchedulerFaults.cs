using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Zoo;

/// <summary>Cost models that are wrong in one way (CONTRACT SCH).</summary>
public static class SchedulerFaults
{
    private const string OneByte = "cards=0,m=1,n=0,k=1,e=1";
    private const string Nothing = "cards=0,m=0,n=0,k=0,e=0";

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("rates-swapped", "SCH-1", "-", "takes the rate of the links for that of the DDR, and the other way round", () => new PatchedScheduler
        {
            Rates = new Bandwidths(LocalDdr: 500_000_000, InterCard: 2_000_000_000, HostLink: 100_000_000),
        }),
        Entry("host-link-in-binary-megabytes", "SCH-1", "-", "has a host link of 100 MiB/s", () => new PatchedScheduler
        {
            Rates = new Bandwidths(LocalDdr: 2_000_000_000, InterCard: 500_000_000, HostLink: 100 << 20),
        }),
        Entry("bytes-wrap", "SCH-2", "cards=0,m=4294967296,n=0,k=4294967296,e=1", "counts bytes modulo 2^64", () => new PatchedScheduler { Product = Wrapping }) with
        {
            AlsoKilledBy = ["SCH-3"],
        },
        Entry("bytes-saturate-one-short", "SCH-2", "cards=0,m=4294967296,n=0,k=4294967296,e=1", "saturates at 2^64-2", () => new PatchedScheduler { Product = OneShort }),
        Entry("bytes-saturate-before-zero", "SCH-2", "cards=0,m=4294967296,n=0,k=4294967296,e=0", "keeps 2^64-1 though elements have no bytes", () => new PatchedScheduler { Product = BeforeZero }) with
        {
            AlsoKilledBy = ["SCH-3"],
        },
        Entry("tie-to-model-parallel", "SCH-3", "cards=2,m=0,n=0,k=0,e=0", "takes model parallelism where both take as long", () => new PatchedScheduler
        {
            Pick = (tensor, model) => tensor < model ? Parallelism.TensorParallel : Parallelism.ModelParallel,
        }),
        Entry("no-cards-divide-by-zero", "SCH-3", Nothing, "divides by 0 cards", () => new PatchedScheduler { Tensor = (loading, crossing, cards) => (loading / cards) + crossing }),
        Entry("activations-divided", "SCH-3", "cards=2,m=1,n=1,k=0,e=1", "divides the activations of tensor parallelism among the cards too", () => new PatchedScheduler
        {
            Tensor = (loading, crossing, cards) => (loading + crossing) / Math.Max(cards, 1),
        }),
        Entry("rates-swapped-inside", "SCH-3", OneByte, "tells the right rates and exchanges those of DDR and links in tensor parallelism", () => new PatchedScheduler
        {
            Inside = rates => rates with { LocalDdr = rates.InterCard, InterCard = rates.LocalDdr },
        }),
        Entry("rate-zero-takes-no-time", "SCH-3", "bytes=0,rate=0", "answers 0 seconds at rate 0", () => new PatchedScheduler
        {
            Divide = (bytes, rate) => rate == 0 ? 0 : (double)bytes / rate,
        }),
        Entry("seconds-in-binary32", "SCH-3", OneByte, "divides in binary32", () => new PatchedScheduler { Divide = (bytes, rate) => (float)bytes / (float)rate }),
        Entry("bytes-as-signed", "SCH-3", "cards=0,m=4294967296,n=0,k=2147483648,e=1", "takes bytes for a signed number", () => new PatchedScheduler
        {
            Divide = (bytes, rate) => rate == 0 ? double.PositiveInfinity : (double)unchecked((long)bytes) / rate,
        }),
        Entry("cards-in-32-bits", "SCH-3", "cards=4294967296,m=1,n=0,k=1,e=1", "keeps the low 32 bits of the number of cards", () => new PatchedScheduler
        {
            Count = cards => cards & uint.MaxValue,
        }),
        Entry("multiplies-by-one-over-n", "SCH-3", "cards=3,m=1,n=0,k=1,e=1", "multiplies by the rounded 1/N", () => new PatchedScheduler
        {
            Tensor = (loading, crossing, cards) => (loading * (1.0 / Math.Max(cards, 1))) + crossing,
        }),
    ];

    private static FaultyEntry Entry(string name, string clause, string shape, string description, Func<IDevice> open) =>
        new(name, "scheduler", clause, shape, description, open);

    private static ulong Wrapping(ulong x, ulong y, ulong z) => unchecked(x * y * z);

    private static ulong OneShort(ulong x, ulong y, ulong z) => IsBeyond(x, y, z) ? ulong.MaxValue - 1 : (ulong)((UInt128)x * y * z);

    private static ulong BeforeZero(ulong x, ulong y, ulong z) => (UInt128)x * y > ulong.MaxValue || IsBeyond(x, y, z) ? ulong.MaxValue : (ulong)((UInt128)x * y * z);

    private static bool IsBeyond(ulong x, ulong y, ulong z) => (UInt128)x * y is var first && first > ulong.MaxValue ? z > 0 : first * z > ulong.MaxValue;
}
