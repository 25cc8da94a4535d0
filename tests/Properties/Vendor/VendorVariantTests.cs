using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>The sample library with one thing changed: what it declares, what it exports, what it answers.</summary>
public sealed class VendorVariantTests
{
    [Theory]
    [InlineData("description->reserved[1] = 7;", "a reserved field is not 0")]
    [InlineData("memset(description->name, 'x', sizeof description->name);", "name is no printable UTF-8 text of at most 63 bytes and a zero byte")]
    [InlineData("description->vendor[0] = (char)0xFF;", "vendor is no printable UTF-8 text of at most 63 bytes and a zero byte")]
    [InlineData("description->arithmetic_class = 77;", "arithmetic class 77 is unknown")]
    [InlineData("description->is_deterministic = 2;", "is_deterministic is 2, neither 0 nor 1")]
    public void A_description_that_breaks_a_rule_of_the_header_is_refused_with_the_reason(string change, string words)
    {
        using LibDeviceSource source = Describing(change);

        Assert.Contains(words, Assert.Throws<DeviceOpenException>(source.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_describes_itself_and_then_does_not_open_is_said_not_to_open()
    {
        using LibDeviceSource source = Variant("""
            SPANKER_EXPORT int32_t spanker_device_open(const char *options, spanker_device **device, spanker_error *error)
            {
                (void)options; (void)device;
                error->fields[0] = 2;
                strcpy(error->text, "no card in slot 3");
                return SPANKER_OPEN_FAILED;
            }
            """, "open");

        Assert.Equal($"device {source.Spec} does not open: open failed with ENOENT: no card in slot 3", Assert.Throws<DeviceOpenException>(source.Open).Message);
    }

    [Fact]
    public void A_library_with_some_of_the_collectives_is_told_which_is_missing()
    {
        using LibDeviceSource source = Variant(string.Empty, "all_gather");

        Assert.Contains("spanker_device_all_gather", Assert.Throws<DeviceOpenException>(source.Open).Message, StringComparison.Ordinal);
    }

    // A product of one row at a time is an ordinary device; its values are judged on all rows all the same.
    [Theory]
    [InlineData("description->max_m = 1;")]
    [InlineData("description->max_m = 2;")]
    [InlineData("description->max_n = 1;")]
    [InlineData("description->max_m = 3; description->max_n = 2;")]
    public void A_wrong_device_of_few_rows_or_columns_is_found_by_the_clauses_about_values(string limits)
    {
        using LibDeviceSource wrong = WithoutMinimums(limits);
        using LibDeviceSource right = Limited(limits);

        string[] broken = VendorLibraries.Broken(VendorLibraries.Judge(wrong, "MM-1,MM-13,NUM-1"));
        DeviceResult sound = VendorLibraries.Judge(right, "MM-1,MM-13,NUM-*,MM-9,MM-11,MM-12,MM-16,PROC-3");

        Assert.Equal(["MM-1", "MM-13", "NUM-1"], broken);
        Assert.Empty(sound.Failures);
        Assert.All(
            sound.Requirements.Where(r => r.Requirement.Id is "MM-1" or "MM-9" or "MM-11" or "MM-12" or "MM-13" or "MM-16" or "NUM-1" or "NUM-4" or "PROC-3"),
            r => Assert.True(r.Outcome == Outcome.Conforms || r.Reason.Contains("many elements", StringComparison.Ordinal) || r.Reason.Contains("one row", StringComparison.Ordinal) || r.Reason.Contains("one column", StringComparison.Ordinal), $"{r.Requirement.Id} {r.Outcome}: {r.Reason}"));
    }

    [Fact]
    public void A_deviation_that_was_seen_in_a_tile_names_the_element_of_the_whole()
    {
        using LibDeviceSource wrong = WithoutMinimums("description->max_m = 1;");
        RunOptions options = VendorLibraries.Options(wrong, "NUM-1");

        Failure failure = Assert.Single(DeviceJudgement.Plan(options, wrong).Run(null, default).Failures);

        // The first weight of each of A's six rows has a minimum: the first row shows it.
        Assert.StartsWith("y[0,", failure.Deviation.Message, StringComparison.Ordinal);
        Assert.Equal("m=6,n=256,k=256", failure.Case.ShapeText);
    }

    [Fact]
    public void An_element_that_was_never_written_is_said_to_be()
    {
        FaultyEntry entry = Assert.IsType<FaultyEntry>(ZooCatalog.Find("vendor-ok-without-writing"));

        Failure failure = Assert.Single(VendorLibraries.Judge(entry.Source, "MM-2").Failures);

        Assert.Contains("still hold deadbeef, which OUT was filled with before the call: never written", failure.Deviation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_words_of_a_library_that_aborts_are_told()
    {
        using LibDeviceSource source = Variant("""
            #include <stdio.h>
            #include <stdlib.h>
            SPANKER_EXPORT void spanker_device_close(spanker_device *device)
            {
                (void)device;
                fprintf(stderr, "\nboom: 3 is not a multiple of 2\n");
                abort();
            }
            """, "close");

        Failure failure = Assert.Single(VendorLibraries.Judge(source, "MM-9").Failures);

        Assert.Equal("spanker_device_close raised SIGABRT; its last words on stderr: boom: 3 is not a multiple of 2", failure.Deviation.Message);
    }

    // One open leaks little; that it adds up shows only in a process that serves many.
    [Fact]
    public void Memory_that_each_device_leaves_behind_breaks_PROC_2_and_no_memory_of_calls_is_blamed()
    {
        using LibDeviceSource source = Variant("""
            SPANKER_EXPORT int32_t spanker_device_open(const char *options, spanker_device **device, spanker_error *error)
            {
                static void *volatile leak;
                leak = malloc(64 << 20);
                memset(leak, 1, 64 << 20);
                return sample_open(options, device, error);
            }
            """, "open");

        DeviceResult result = VendorLibraries.Judge(source, "MM-2");

        Failure failure = Assert.Single(result.Failures);
        Assert.Equal("PROC-2", failure.Clause);
        Assert.Contains("are still held after spanker_device_close; seen after other devices", failure.Deviation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_that_deadlock_where_they_overlap_end_at_the_limit_of_one_call()
    {
        using LibDeviceSource source = Variant("""
            #include <pthread.h>
            #include <unistd.h>
            static int inside;
            SPANKER_EXPORT int32_t spanker_device_matmul_q4_k(spanker_device *device, const void *a, uint64_t a_bytes, const void *b, uint64_t b_bytes,
                void *out, uint64_t out_bytes, uint64_t m, uint64_t k, uint64_t n, spanker_error *error)
            {
                if (__atomic_fetch_add(&inside, 1, __ATOMIC_SEQ_CST) > 0)
                    for (;;) pause();
                for (int spin = 0; spin < 20000; spin++) __atomic_load_n(&inside, __ATOMIC_SEQ_CST);
                int32_t status = sample_matmul_q4_k(device, a, a_bytes, b, b_bytes, out, out_bytes, m, k, n, error);
                if (__atomic_sub_fetch(&inside, 1, __ATOMIC_SEQ_CST) > 0)
                    for (;;) pause();
                return status;
            }
            """, "matmul_q4_k");

        DeviceResult result = VendorLibraries.Judge(source, "PROC-3");

        Assert.Equal("spanker_device_matmul_q4_k did not end within 2 s", Assert.Single(result.Failures, f => f.Clause == "PROC-1").Deviation.Message);
    }

    [Fact]
    public void What_a_device_is_not_declared_to_take_is_not_asked_of_it_between_other_calls_either()
    {
        using LibDeviceSource source = Limited("description->max_k = 256;");

        DeviceResult result = VendorLibraries.Judge(source, "MM-16");

        Assert.Empty(result.Failures);
        Assert.Contains(result.Requirements, r => r.Requirement.Id == "MM-16" && r.Reached.Contains("after a larger call"));
    }

    [Theory]
    [InlineData("vendor-crashes-on-one-row", "PROC-1")]
    [InlineData("vendor-reads-past-b", "MM-11")]
    [InlineData("vendor-leaves-flush-to-zero-on", "PROC-2")]
    [InlineData("vendor-flushes-subnormal-scales", "NUM-4")]
    [InlineData("vendor-accepts-short-out", "MM-6")]
    public void The_fuzzer_finds_a_faulty_library_and_makes_the_finding_as_small_as_its_entry_declares(string name, string clause)
    {
        FaultyEntry entry = Assert.IsType<FaultyEntry>(ZooCatalog.Find(name));
        FuzzOptions options = new(entry.Source, Seed: 1, TimeSpan.FromMinutes(5))
        {
            MostCases = 400, Filter = new ClauseFilter(clause + ",MM-2"), TimeoutPerCase = TimeSpan.FromSeconds(2),
        };

        FuzzResult result = Fuzzer.Run(options);

        Assert.Contains((clause, entry.MinimalShape), result.Findings.Select(f => (f.Clause, f.Case.ShapeText)));
    }

    [Fact]
    public void The_fuzzer_keeps_to_the_limits_that_a_library_declares()
    {
        ZooEntry entry = ZooCatalog.Find("vendor-own-status-beyond-limits")!;

        FuzzResult result = Fuzzer.Run(new FuzzOptions(entry.Source, Seed: 1, TimeSpan.FromMinutes(5)) { MostCases = 400 });

        Assert.Equal((400UL, 0), (result.Cases, result.ExitCode));
    }

    // A's minimums are taken for zero.
    private static LibDeviceSource WithoutMinimums(string limits) => Limited(limits, "copy[at + 2] = copy[at + 3] = 0;");

    // A larger product than it declares is answered with a status of its own.
    private static LibDeviceSource Limited(string limits, string spoil = "") => Variant($$"""
        SPANKER_EXPORT int32_t spanker_device_describe(const char *options, spanker_description *description, spanker_error *error)
        {
            int32_t status = sample_describe(options, description, error);
            {{limits}}
            return status;
        }
        SPANKER_EXPORT int32_t spanker_device_matmul_q4_k(spanker_device *device, const void *a, uint64_t a_bytes, const void *b, uint64_t b_bytes,
            void *out, uint64_t out_bytes, uint64_t m, uint64_t k, uint64_t n, spanker_error *error)
        {
            spanker_description own, *description = &own;
            unsigned char *copy = (unsigned char *)malloc(a_bytes + 1);
            memset(&own, 0, sizeof own);
            {{limits}}
            memcpy(copy, a, a_bytes);
            for (uint64_t at = 0; at + 144 <= a_bytes; at += 144) {
                {{spoil}}
            }
            int32_t status = sample_matmul_q4_k(device, copy, a_bytes, b, b_bytes, out, out_bytes, m, k, n, error);
            free(copy);
            return status == SPANKER_OK && m * n != 0 && ((own.max_m != 0 && m > own.max_m) || (own.max_n != 0 && n > own.max_n) || (own.max_k != 0 && k > own.max_k)) ? 100 : status;
        }
        """, "describe", "matmul_q4_k");

    private static LibDeviceSource Describing(string change) => Variant($$"""
        SPANKER_EXPORT int32_t spanker_device_describe(const char *options, spanker_description *description, spanker_error *error)
        {
            int32_t status = sample_describe(options, description, error);
            {{change}}
            return status;
        }
        """, "describe");

    private static LibDeviceSource Variant(string text, params string[] replaced) => new(VendorLibraries.BuildText(
        "variant-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..12],
        string.Concat(replaced.Select(name => $"#define spanker_device_{name} sample_{name}\n"))
        + "#include \"sample/spanker_sample.c\"\n"
        + string.Concat(replaced.Select(name => $"#undef spanker_device_{name}\n"))
        + text));
}
