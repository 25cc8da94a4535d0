using System.Diagnostics;
using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Tests.Properties.Cli;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>What is left when a runner is killed, and what becomes of a run on a machine that cannot host libraries.</summary>
public sealed class WorkerLifeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task After_a_runner_is_killed_its_worker_is_gone_and_what_the_library_started_is_gone_at_the_next_start()
    {
        // The child leaves the worker's group and session, as a daemon does; the call never returns.
        string library = VendorLibraries.BuildText("daemon", """
            #include <fcntl.h>
            #include <stdio.h>
            #include <unistd.h>
            #define spanker_device_matmul_q4_k sample_matmul
            #define spanker_device_open sample_open
            #define spanker_device_describe sample_describe
            #include "sample/spanker_sample.c"
            #undef spanker_device_matmul_q4_k
            #undef spanker_device_open
            #undef spanker_device_describe
            static char told[512];
            SPANKER_EXPORT int32_t spanker_device_describe(const char *options, spanker_description *description, spanker_error *error)
            {
                (void)options;
                return sample_describe("", description, error);
            }
            SPANKER_EXPORT int32_t spanker_device_open(const char *options, spanker_device **device, spanker_error *error)
            {
                snprintf(told, sizeof told, "%s", options);
                return sample_open("", device, error);
            }
            SPANKER_EXPORT int32_t spanker_device_matmul_q4_k(spanker_device *device, const void *a, uint64_t a_bytes, const void *b, uint64_t b_bytes,
                void *out, uint64_t out_bytes, uint64_t m, uint64_t k, uint64_t n, spanker_error *error)
            {
                pid_t child = fork();
                if (child == 0) {
                    setsid();
                    for (;;) pause();
                }
                int to = open(told, O_WRONLY);
                dprintf(to, "%d %d\n", (int)getpid(), (int)child);
                close(to);
                for (;;) pause();
                return sample_matmul(device, a, a_bytes, b, b_bytes, out, out_bytes, m, k, n, error);
            }
            """);
        string pipe = folder.File("told");
        using (Process make = Process.Start("mkfifo", [pipe]))
        {
            make.WaitForExit();
        }

        using Process runner = CliCall.Start(
            new Dictionary<string, string>(), "run", "--device", $"lib:{library}?{pipe}", "--seed", "1", "--threads", "1", "--filter", "MM-9");
        string told = await Task.Run(() => File.ReadLines(pipe).First()).WaitAsync(Patience);
        int[] pids = [.. told.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        using Process worker = Process.GetProcessById(pids[0]);
        using Process child = Process.GetProcessById(pids[1]);

        runner.Kill();
        Assert.True(worker.WaitForExit(Patience), "the worker outlived its runner");
        Assert.False(child.HasExited);
        CliCall.InProcess(new Dictionary<string, string>(), "run", "--device", $"lib:{VendorLibraries.Sample}", "--seed", "1", "--filter", "MM-3");

        Assert.True(child.WaitForExit(Patience), "what the library started outlived the next start");
    }

    [Fact]
    public void Without_a_compiler_a_library_is_not_supported_with_the_reason_and_the_rest_runs()
    {
        Dictionary<string, string> bare = new() { ["CC"] = "/nonexistent/cc", ["XDG_CACHE_HOME"] = folder.Path, ["TMPDIR"] = folder.Path };

        CliCall call = CliCall.InProcess(
            bare, "run", "--device", $"lib:{VendorLibraries.Sample}", "--device", "sim", "--seed", "1", "--filter", "MM-3", "--report", folder.File("report"));

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("no C compiler to build the worker process with: /nonexistent/cc not found; install one, or set CC", Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("sim:class=f32: conforms", call.Output, StringComparison.Ordinal);
        Assert.Contains("\"complete\": false", ReportFiles.Read(folder.File("report")).Json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_does_not_load_does_not_keep_the_others_from_being_judged()
    {
        string noLibrary = folder.Write("no.so", "this is no library");

        CliCall call = CliCall.Of("run", "--device", $"lib:{noLibrary}", "--device", "sim", "--seed", "1", "--filter", "MM-3");

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("the library does not load", call.Error, StringComparison.Ordinal);
        Assert.Contains("sim:class=f32: conforms", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_beyond_the_declared_limits_are_not_tried_and_their_edges_are_not_exercised()
    {
        DeviceResult result = VendorLibraries.Judge(VendorLibraries.Animal("own-status-beyond-limits"), "NUM-3,PROC-1,MM-2");
        DeviceResult narrow = VendorLibraries.Judge(new LibDeviceSource(VendorLibraries.BuildText("narrow", """
            #define spanker_device_describe sample_describe
            #include "sample/spanker_sample.c"
            #undef spanker_device_describe
            SPANKER_EXPORT int32_t spanker_device_describe(const char *options, spanker_description *description, spanker_error *error)
            {
                int32_t status = sample_describe(options, description, error);
                description->max_k = 4096;
                return status;
            }
            """)), "NUM-3,MM-2");

        Assert.Equal(Outcome.Conforms, result.Outcome);
        Assert.Empty(narrow.Failures);
        RequirementResult depth = narrow.Requirements.Single(r => r.Requirement.Id == "NUM-3");
        Assert.Equal(
            (Outcome.NotExercised, "4 edges were not met, the first being \"1 product in 17 blocks\"; 4 cases lie beyond the limits that the device declares"),
            (depth.Outcome, depth.Reason));
    }
}
