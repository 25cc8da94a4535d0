using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Zoo;

public sealed class DriverFaultsTests
{
    [Fact]
    public void Every_clause_that_a_control_node_is_judged_by_has_an_entry() => Assert.Equal(
        ["DRV-1", "DRV-2", "DRV-3", "DRV-4", "DRV-8"],
        DriverFaults.All.Select(entry => entry.Clause).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Names_are_unique() => Assert.Distinct(DriverFaults.All.Select(entry => entry.Name));

    [Fact]
    public void Each_opening_gives_a_fresh_driver()
    {
        foreach (FaultyEntry entry in DriverFaults.All)
        {
            Assert.NotSame(
                ((Conformance.Device.IControlledDevice)entry.Open()).SystemCalls,
                ((Conformance.Device.IControlledDevice)entry.Open()).SystemCalls);
        }
    }
}
