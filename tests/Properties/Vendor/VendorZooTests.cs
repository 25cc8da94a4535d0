using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>Vendor libraries in worker processes: what is faulty breaks the clause that its entry declares, what is harmless breaks none.</summary>
public sealed class VendorZooTests
{
    // One of each way in which a worker learns of harm. The whole table is judged by the selftest.
    private static readonly string[] Representative =
    [
        "overruns-out-by-one-byte", "writes-a-page-behind-out", "writes-before-out", "reads-past-a", "reads-before-a", "reads-past-b", "prefetches-past-b",
        "reads-out", "modifies-b", "crashes-on-one-row", "exits-on-17-rows", "kills-itself-on-15-rows", "exhausts-the-stack-on-33-rows",
        "hangs-on-17-blocks", "takes-all-memory", "leaves-a-child", "leaves-a-thread", "frees-twice-in-close", "leaves-flush-to-zero-on",
        "prints-without-flush", "closes-standard-streams", "closes-every-descriptor", "changes-directory", "installs-a-handler", "blocks-signals",
        "second-call-wrong", "not-free-of-threads", "devices-share-a-buffer", "wrong-above-65536-outputs", "phases-swapped",
        "overruns-a-buffer", "own-threads", "thread-until-close", "slow", "chatty-on-stderr", "own-status-beyond-limits",
        "varies-and-says-so", "shares-a-buffer-and-says-so", "tells-no-phases",
    ];

    public static TheoryData<string, string> Entries()
    {
        TheoryData<string, string> entries = [];
        foreach (string[] fields in File.ReadLines(RepositoryRoot.File("native/zoo/entries.txt")).Select(line => line.Split('\t')))
        {
            if (Representative.Contains(fields[0]))
            {
                entries.Add(fields[0], fields[2] == "-" ? string.Empty : fields[2]);
            }
        }

        return entries;
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void A_faulty_library_breaks_the_clause_that_its_entry_declares_and_a_harmless_one_breaks_none(string name, string clauses)
    {
        string[] declared = clauses.Split(',', StringSplitOptions.RemoveEmptyEntries);

        DeviceResult result = VendorLibraries.Judge(VendorLibraries.Animal(name));

        // What else a fault breaks follows from where it lies; the clause that must report it comes first.
        string[] broken = VendorLibraries.Broken(result);
        Assert.True(result.IsComplete);
        Assert.Equal(declared.Take(1), declared.Length == 0 ? broken : broken.Intersect(declared.Take(1)));
        Assert.DoesNotContain(result.Requirements, r => r.Outcome == Outcome.Inconclusive);
    }

    [Fact]
    public void The_sample_library_conforms_on_every_clause_of_processes_too()
    {
        DeviceResult result = VendorLibraries.Judge(new LibDeviceSource(VendorLibraries.Sample));

        Assert.Empty(result.Failures);
        Assert.Equal(
            [Outcome.Conforms, Outcome.Conforms, Outcome.Conforms, Outcome.Conforms],
            result.Requirements.Where(r => r.Requirement.Id is "MM-11" or "PROC-1" or "PROC-2" or "PROC-3").Select(r => r.Outcome));
    }
}
