using System.Globalization;
using System.Text;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Tests.Properties.Device;
using Spanker.Conformance.Tests.Properties.Numerics;
using Spanker.Conformance.Tests.Properties.Q4K;
using Spanker.Conformance.Tests.Properties.Zoo;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>Writes docs/requirements.md from the catalogues and from a run over the zoo.</summary>
internal static class RequirementsTable
{
    private static readonly Type[] EveryJudged = [typeof(ZooVerdictTests), typeof(ZooBruteForceTests), typeof(SelftestTests)];

    // Besides the tests that hold for every judged clause. By type, so that a test class cannot go without this being noticed.
    private static readonly (string Clauses, Type[] Tests)[] Special =
    [
        ("MM-1", [typeof(DefaultRunTests), typeof(Q4KFieldTests), typeof(Q4KDecodeTests), typeof(Q4KEncodeTests)]),
        ("MM-3 MM-4 MM-5 MM-6 MM-7 MM-8", [typeof(MatmulContractTests), typeof(SimCheckOrderTests)]),
        ("MM-9", [typeof(MatmulContractTests)]),
        ("MM-13", [typeof(RealWeightsTests), typeof(ErrorBoundProperties), typeof(SimArithmeticTests)]),
        ("MM-14 COL-9", [typeof(DriverSailTests)]),
        ("MM-15", [typeof(OpenEndedConsumerTests)]),
        ("PROC-1", [typeof(RunOutcomeTests), typeof(Vendor.VendorZooTests)]),
        ("PROC-2", [typeof(Vendor.VendorZooTests)]),
        ("PROC-3", [typeof(Vendor.VendorZooTests)]),
        ("NUM-1", [typeof(Q4KDecodeTests), typeof(ExactRowProperties)]),
        ("NUM-2", [typeof(ExactProductProperties), typeof(ExactRowProperties), typeof(SimExactTests)]),
        ("NUM-3", [typeof(ErrorBoundProperties), typeof(ArithmeticClassOrderProperties), typeof(SimArithmeticTests)]),
        ("NUM-4", [typeof(NonFiniteProperties)]),
        ("DRV-1 DRV-2 DRV-3 DRV-4 DRV-8", [typeof(ControlNodeProbeTests), typeof(DriverFaultsTests)]),
        ("DRV-2", [typeof(IoctlNumberTests)]),
        ("DRV-5 DRV-6", [typeof(SpankerControlTests)]),
        ("DRV-7", [typeof(SailEnumerationTests)]),
        ("DRV-10", [typeof(DriverHeaderTests)]),
        ("COL-1 COL-2 COL-3 COL-4 COL-5 COL-6 COL-7", [typeof(SimCollectiveTests)]),
        ("COL-11", [typeof(ShardingChecksTests), typeof(Collectives.ShardedMatmulTests)]),
        ("SCH-1 SCH-2 SCH-3", [typeof(SchedulerChecksTests)]),
        ("SCH-2 SCH-3", [typeof(Device.CardSchedulerTests), typeof(Collectives.CostModelTests)]),
        ("TOP-1", [typeof(TopologyFaultsTests)]),
        ("AXI-1 AXI-2 AXI-3 AXI-4 AXI-5 AXI-6 AXI-7", [typeof(Bus.SimBusTests)]),
    ];

    public static string Write()
    {
        JudgingTerms terms = JudgingTerms.Of(Describe()) with { Bus = AxiBusShape.ProfileA };
        StringBuilder text = new();
        text.Append(
            """
            # The contract's clauses, and what stands behind each

            Made from the catalogues and from a run over the zoo by a test, which also sees that it is up to date
            (`RequirementsTableTests`; `SPANKER_ACCEPT_GOLDEN=1` writes it anew). Edges are those of a device of class f32 with 8 Sails.
            *Killed by it alone* are the faulty devices that no other clause reports: with the clause's check disabled they would pass.
            A clause without a check is reported as not-supported, by name, never left out. *(ours)* goes beyond what the upstream stack has written down.

            | clause | demands | subject | edges checked | killed by it alone | tests |
            |---|---|---|---|---|---|

            """);
        foreach (Requirement requirement in RequirementCatalogue.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {requirement.Id}{(requirement.IsOurs ? " *(ours)*" : string.Empty)} | {requirement.Text} ");
            text.Append(CultureInfo.InvariantCulture, $"| {requirement.Subject.ToString().ToLowerInvariant()} | {Edges(requirement.Id, terms)} ");
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(", ", SoleKills(requirement.Id))} | {string.Join(", ", Tests(requirement.Id))} |\n");
        }

        return text.ToString();
    }

    public static IEnumerable<string> SoleKills(string clause) => ZooRuns.All.Devices
        .Where(device => device.Failures.Count == 1 && device.Failures[0].Clause == clause)
        .Select(device => device.Spec["fault:".Length..]);

    public static IEnumerable<string> Tests(string clause) =>
        Special.Where(row => row.Clauses.Split(' ').Contains(clause)).SelectMany(row => row.Tests)
            .Concat(SoleKills(clause).Any() ? EveryJudged : [])
            .Select(type => type.Name).Distinct();

    private static string Edges(string clause, JudgingTerms terms)
    {
        if (CheckCatalogue.Find(clause) is not ClauseCheck check)
        {
            return clause == "PROC-1" ? "seen on every call" : "no check in this version";
        }

        IReadOnlyList<string> edges = check.Edges(terms);
        return edges.Count <= 8 ? string.Join("; ", edges) : $"{edges.Count}: {edges[0]} .. {edges[^1]}";
    }

    private static Conformance.Device.DeviceDescription Describe()
    {
        using Conformance.Device.IDevice device = DeviceCatalog.Resolve("sim").Open();
        return device.Description;
    }
}
