using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>What a worker says of a fault: which byte of which buffer, by which access.</summary>
public sealed class WorkerIncidentTests
{
    [Theory]
    [InlineData("reads-past-b", "read 1 byte past the end of B (SIGSEGV)")]
    [InlineData("reads-past-a", "read 1 byte past the end of A (SIGSEGV)")]
    [InlineData("reads-before-a", "read 1 byte before the start of A (SIGSEGV)")]
    [InlineData("reads-a-page-past-a", "read 4097 bytes past the end of A (SIGSEGV)")]
    [InlineData("modifies-b", "wrote to byte")]
    [InlineData("overruns-out-by-one-byte", "wrote 1 byte past the end of OUT (SIGSEGV)")]
    [InlineData("writes-before-out", "wrote 1 byte before the start of OUT (SIGSEGV)")]
    public void A_stray_access_is_named_by_its_byte(string animal, string words)
    {
        Failure failure = Assert.Single(VendorLibraries.Judge(VendorLibraries.Animal(animal), "MM-11").Failures);

        Assert.Contains(words, failure.Deviation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crashes-on-one-row", "wrote to a null pointer (SIGSEGV)")]
    [InlineData("divides-by-zero-on-one-column", "raised SIGFPE")]
    [InlineData("aborts-on-3-blocks", "raised SIGABRT")]
    [InlineData("exits-on-17-rows", "ended the process with status 0")]
    [InlineData("kills-itself-on-15-rows", "was killed by signal SIGKILL")]
    public void The_end_of_a_process_is_named_by_its_cause(string animal, string words)
    {
        Failure failure = Assert.Single(VendorLibraries.Judge(VendorLibraries.Animal(animal), "MM-2").Failures);

        Assert.Contains(words, failure.Deviation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Crashing_hanging_and_ending_cases_leave_a_report_that_is_complete_right_and_in_order()
    {
        string library = VendorLibraries.BuildText("mixed", """
            #include <signal.h>
            #include <stdlib.h>
            #define spanker_device_matmul_q4_k sample_matmul
            #include "sample/spanker_sample.c"
            #undef spanker_device_matmul_q4_k
            SPANKER_EXPORT int32_t spanker_device_matmul_q4_k(spanker_device *device, const void *a, uint64_t a_bytes, const void *b, uint64_t b_bytes,
                void *out, uint64_t out_bytes, uint64_t m, uint64_t k, uint64_t n, spanker_error *error)
            {
                switch (m % 8) {
                case 1: abort();
                case 2: exit(7);
                case 3: for (volatile int i = 0;; ) i = 0;
                case 4: return *(volatile unsigned char *)((const unsigned char *)a + a_bytes + 15);
                case 5: return 4711;
                default: return sample_matmul(device, a, a_bytes, b, b_bytes, out, out_bytes, m, k, n, error);
                }
            }
            """);
        using LibDeviceSource source = new(library);
        CasePlan plan = new(Seed: 1, Profile.Quick);
        Case[] cases = [.. Enumerable.Range(1, 200).Select(m => plan.Matmul("MM-2", new MatmulShape(M: (ulong)m, N: 1, K: 256), PlacementFamilies.Placement))];
        CaseRunner runner = new(source) { CallLimit = TimeSpan.FromMilliseconds(50) };

        IReadOnlyList<CaseRecord?> records = CasePool.Run(cases, runner.Try, threads: 4, TimeSpan.FromMinutes(5));

        string?[] seen = [.. records.Select(r => r?.Observations.FirstOrDefault(o => o.Deviation is not null).Clause ?? (r is null ? "none" : "kept"))];
        string[] expected = [.. cases.Select((_, i) => ((i + 1) % 8) switch { 1 or 2 or 3 => "PROC-1", 4 => "MM-11", 5 => "MM-2", _ => "kept" })];
        Assert.Equal(expected, seen);
        Assert.Equal(cases, records.Select(r => r!.Case));
    }
}
