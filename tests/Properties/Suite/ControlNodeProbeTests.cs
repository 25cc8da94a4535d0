using Spanker.Conformance.Device;
using Spanker.Conformance.Suite.Checks;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

public sealed class ControlNodeProbeTests
{
    private static readonly string[] Edges =
    [
        "DRV-1 the node opens",
        "DRV-2 PING is 0x0000E301",
        "DRV-2 GET_VERSION is 0x8008E302",
        "DRV-3 the version",
        "DRV-3 reserved is written as 0",
        "DRV-3 major, minor and patch are the same when asked again",
        "DRV-3 no byte beyond the record is written",
        "DRV-4 PING answers 0",
        "DRV-4 PING answers 0 again",
        "DRV-4 PING ignores an argument of -1",
        "DRV-4 PING ignores an argument that is an address",
        "DRV-4 PING has no payload",
        "DRV-4 PING and GET_VERSION under another magic are unknown",
        "DRV-4 GET_VERSION refuses a null pointer",
        "DRV-4 GET_VERSION refuses an address in the first page",
        "DRV-4 GET_VERSION refuses the kernel's last page",
        "DRV-4 GET_VERSION refuses the kernel's last 8 bytes",
        "DRV-4 number 0x00 is unknown",
        "DRV-4 number 0x03 is unknown",
        "DRV-4 numbers 0x04 to 0xFF are unknown",
        "DRV-8 PING with a size or a direction is unknown",
        "DRV-8 GET_VERSION with another size is unknown",
        "DRV-8 GET_VERSION with another direction is unknown",
        "DRV-1 the node opens again after it was closed",
    ];

    public static TheoryData<string> Faults => [.. DriverFaults.All.Select(entry => entry.Name)];

    [Fact]
    public void The_simulated_driver_conforms() =>
        Assert.Empty(Deviations(new SimulatedDriver()));

    [Fact]
    public void Every_edge_is_probed_on_a_conforming_driver() =>
        Assert.Equal(Edges, ControlNodeProbe.Probe(new SimulatedDriver(), DriverAbi.ControlPath).Select(Name));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_faulty_driver_is_killed_by_the_clause_that_its_entry_names_and_by_no_other(string name)
    {
        FaultyEntry entry = DriverFaults.All.Single(candidate => candidate.Name == name);

        Assert.Equal([entry.Clause], Deviations(ControlOf(entry)).Select(result => result.Clause).Distinct());
    }

    [Fact]
    public void Every_edge_is_failed_by_some_driver()
    {
        IEnumerable<ISystemCalls> drivers =
            [.. DriverFaults.All.Select(ControlOf), new ChangingVersion(), new LongRecord(), new PingOfOne(), new UnknownWorks()];

        Assert.Equal(Edges.Order(StringComparer.Ordinal), drivers.SelectMany(Deviations).Select(Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_driver_that_fails_to_copy_its_record_deviates_from_DRV_3()
    {
        ProbeResult failed = Deviations(new UncopiedRecord()).First();

        Assert.Equal(new ProbeResult("DRV-3", "the record is copied", Conforms: false, "a version record", "EIO"), failed);
    }

    [Fact]
    public void A_newer_minor_conforms_and_is_not_asked_for_numbers_that_it_may_know()
    {
        IReadOnlyList<ProbeResult> results = ControlNodeProbe.Probe(new NewerDriver(), DriverAbi.ControlPath);

        Assert.All(results, result => Assert.True(result.Conforms, result.ToString()));
        Assert.DoesNotContain(results, result => result.Clause == "DRV-8" || result.Edge.StartsWith("number", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_node_is_one_deviation_from_DRV_1_with_its_errno() => Assert.Equal(
        [new ProbeResult("DRV-1", "the node opens", Conforms: false, "a descriptor", "ENOENT")],
        ControlNodeProbe.Probe(new LibcSystemCalls(), "/dev/spanker-of-nobody"));

    [Fact]
    public void A_real_device_that_is_no_control_node_knows_neither_number() => Assert.Equal(
        ["DRV-2 PING is 0x0000E301", "DRV-2 GET_VERSION is 0x8008E302"],
        ControlNodeProbe.Probe(new LibcSystemCalls(), "/dev/null").Where(result => !result.Conforms).Select(Name));

    [Fact]
    public void A_group_of_requests_names_the_first_that_deviates_and_counts_the_others()
    {
        ProbeResult failed = Deviations(new UnknownWorks()).Single(result => result.Edge == "number 0x03 is unknown");

        Assert.Equal(("ENOTTY", "0 to 0x0000E303, and 3 more of 4 requests deviate"), (failed.Expected, failed.Actual));
    }

    [Fact]
    public void A_probe_leaves_nothing_open()
    {
        SimulatedDriver driver = new();
        ControlNodeProbe.Probe(driver, DriverAbi.ControlPath);

        Assert.Equal(0, driver.OpenDescriptors);
    }

    [Fact]
    public void A_probe_is_not_disturbed_by_interrupted_calls() =>
        Assert.Empty(Deviations(new Device.InterruptedCalls(new SimulatedDriver(), opens: 3, ioctls: 3)));

    private static string Name(ProbeResult result) => $"{result.Clause} {result.Edge}";

    private static IEnumerable<ProbeResult> Deviations(ISystemCalls calls) =>
        ControlNodeProbe.Probe(calls, DriverAbi.ControlPath).Where(result => !result.Conforms);

    private static ISystemCalls ControlOf(FaultyEntry entry) => Assert.IsAssignableFrom<IControlledDevice>(entry.Open()).SystemCalls;

    private sealed class ChangingVersion : SimulatedDriver
    {
        private byte patch;

        protected override int GetVersion(nint argument) => CopyToCaller(argument, [0, 0, 1, 0, patch++, 0, 0, 0]);
    }

    private sealed class LongRecord : SimulatedDriver
    {
        protected override int GetVersion(nint argument) => CopyToCaller(argument, [0, 0, 1, 0, 0, 0, 0, 0, 0x55]);
    }

    private sealed class UncopiedRecord : SimulatedDriver
    {
        protected override int GetVersion(nint argument) => -Errno.EIO;
    }

    private sealed class PingOfOne : SimulatedDriver
    {
        protected override int Ping(nint argument) => 1;
    }

    private sealed class UnknownWorks : SimulatedDriver
    {
        protected override int AnswerUnknown(uint request, nint argument) => 0;
    }

    private sealed class NewerDriver() : SimulatedDriver(cardCount: 0, AbiVersion.Current with { Minor = 2 })
    {
        protected override int AnswerUnknown(uint request, nint argument) =>
            IoctlNumber.FromValue(request) is { Magic: 0xE3, Number: 3 } ? 0 : base.AnswerUnknown(request, argument);
    }
}
