using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Rules;

/// <summary>Traffic that never answers, never ends or never repeats costs bounded memory, and a limit that was hit is said.</summary>
[Collection(nameof(Alone))]
public sealed class BoundedMemoryTests
{
    private const int Cycles = 1_000_000;

    private static readonly AxiBusShape Wide = new(dataBits: 1024, addressBits: 64, idBits: 64);

    [Fact]
    public void Beats_of_W_without_an_address_and_without_WLAST()
    {
        AxiVerdict verdict = Push(limitMiB: 160, (ref AxiCycle pins, long cycle) => pins.W.Valid = AxiBit.High);
        Assert.Contains("beats of W without an address: AW is not in the trace", verdict.Limit, StringComparison.Ordinal);
    }

    [Fact]
    public void Bursts_of_W_without_an_address()
    {
        AxiVerdict verdict = Push(limitMiB: 16, (ref AxiCycle pins, long cycle) => (pins.W.Valid, pins.W.Last) = (AxiBit.High, AxiBit.High));
        Assert.Contains("W bursts without an address: AW is not in the trace", verdict.Limit, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_that_are_answered_without_data()
    {
        AxiVerdict verdict = Push(limitMiB: 16, (ref AxiCycle pins, long cycle) => (cycle % 2 == 0 ? ref pins.Aw.Valid : ref pins.B.Valid) = AxiBit.High);
        Assert.Contains("writes outstanding: responses or data are lost", verdict.Limit, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_that_are_never_answered()
    {
        AxiVerdict verdict = Push(limitMiB: 16, (ref AxiCycle pins, long cycle) => pins.Ar.Valid = AxiBit.High);
        Assert.Contains("reads outstanding: responses are lost", verdict.Limit, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_of_ever_new_ids_that_end_in_a_reset() => Push(limitMiB: 1, (ref AxiCycle pins, long cycle) =>
    {
        (pins.Ar.Valid, pins.Ar.Id) = (cycle % 2 == 0 ? AxiBit.High : AxiBit.Low, (ulong)cycle);
        pins.Reset = cycle % 2 == 0 ? AxiBit.Low : AxiBit.High;
    });

    [Fact]
    public void Reads_of_ever_new_ids_whose_RLAST_is_early() => Push(limitMiB: 1, (ref AxiCycle pins, long cycle) =>
    {
        (pins.Ar.Valid, pins.Ar.Id, pins.Ar.Len) = (cycle % 2 == 0 ? AxiBit.High : AxiBit.Low, (ulong)cycle, 7);
        (pins.R.Valid, pins.R.Id, pins.R.Last) = (cycle % 2 == 0 ? AxiBit.Low : AxiBit.High, (ulong)(cycle & ~1L), AxiBit.High);
    });

    [Fact]
    public void Writes_all_over_the_address_space() => Push(limitMiB: 128, (ref AxiCycle pins, long cycle) =>
    {
        (pins.Aw.Valid, pins.Aw.Address, pins.Aw.Size, pins.Aw.Burst) = (AxiBit.High, unchecked((ulong)cycle * 4096), 7, AxiBurstKind.Incr);
        (pins.W.Valid, pins.W.Last, pins.W.Strobe, pins.B.Valid) = (AxiBit.High, AxiBit.High, UInt128.MaxValue, cycle == 0 ? AxiBit.Low : AxiBit.High);
    });

    /// <summary>What other tests hold must not be counted.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    private delegate void Drive(ref AxiCycle pins, long cycle);

    private static AxiVerdict Push(int limitMiB, Drive drive)
    {
        AxiCheckOptions options = AxiCheckOptions.Default with { Profile = new AxiProfile { Name = "memory", TargetIsMemory = true } };
        AxiChecker checker = new(Wide, options);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        for (long cycle = 0; cycle < Cycles; cycle++)
        {
            AxiCycle pins = default;
            (pins.Aw.Ready, pins.W.Ready, pins.B.Ready, pins.Ar.Ready, pins.R.Ready) = (AxiBit.High, AxiBit.High, AxiBit.High, AxiBit.High, AxiBit.High);
            drive(ref pins, cycle);
            checker.Push(pins);
            if (cycle % (Cycles / 20) == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.True(most >> 20 < limitMiB, $"{most >> 20} MiB held; expected less than {limitMiB}");
        return checker.Finish();
    }
}
