using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>The Python example of the pipe protocol, sound and with faults.</summary>
internal static class PipeDevices
{
    /// <summary>The example's spec.</summary>
    internal static string ExampleSpec => $"exec:python3 -B '{RepositoryRoot.File("docs/examples/pipe_device.py")}'";

    /// <summary>The example.</summary>
    internal static PipeDeviceSource Example => PipeDeviceSource.Parse(ExampleSpec["exec:".Length..]);

    /// <summary>The spec of the example with a fault.</summary>
    internal static string FaultySpec(string fault) => $"exec:python3 -B '{RepositoryRoot.File("tests/Properties/Vendor/faulty_pipe_device.py")}' {fault}";

    /// <summary>The example with a fault.</summary>
    internal static PipeDeviceSource Faulty(string fault) => PipeDeviceSource.Parse(FaultySpec(fault)["exec:".Length..]);

    /// <summary>A case of so many rows; the faults of a call show where there are five.</summary>
    internal static MatmulCase Rows(ulong rows, string clause = "MM-2", BufferLength output = default) =>
        new CasePlan(Seed: 1, Profile.Quick).Matmul(clause, new MatmulShape(M: rows, N: 2, K: 256), PlacementFamilies.Placement) with { OutputLength = output };

    /// <summary>Judges a device on the clauses of a filter, with the limit of a call that a run has.</summary>
    internal static DeviceResult Judge(IDeviceSource source, string filter) =>
        DeviceJudgement.Plan(VendorLibraries.Options(source, filter) with { TimeoutPerCase = TimeSpan.FromSeconds(60) }, source).Run(null, default);

    /// <summary>The clauses that a record says are broken, in their order.</summary>
    internal static string[] Broken(CaseRecord record) => [.. record.Observations.Where(o => o.Deviation is not null).Select(o => o.Clause).Distinct()];
}
