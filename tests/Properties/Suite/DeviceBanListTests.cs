using System.Xml.Linq;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>build/BannedSymbols.Device.txt against the oracle's assembly: a type that is added there is banned, or a device could share it.</summary>
public sealed class DeviceBanListTests
{
    // The block's layout and the words in which a device describes itself and its orders; none of them computes a value.
    private static readonly string[] Shared =
    [
        "Q4KLayout", "ArithmeticClass", "SummationOrder", "WeightDefinition", "NonFinitePolicy",
        "ReductionTree", "ReductionOrder", "NanPolicy", "ZeroPolicy", "ExtremumPolicy",
        "Tile", "Bandwidths", "Parallelism",
    ];

    [Fact]
    public void Every_public_type_of_the_oracle_but_the_vocabulary_is_banned_in_devices()
    {
        IEnumerable<string> banned = File.ReadLines(RepositoryRoot.File("build/BannedSymbols.Device.txt"))
            .Select(line => line.Split(';')[0])
            .Where(symbol => symbol.StartsWith("T:", StringComparison.Ordinal))
            .Select(symbol => symbol[2..]);
        IEnumerable<string> types = typeof(ExactProduct).Assembly.GetExportedTypes()
            .Where(type => !type.IsNested && !Shared.Contains(type.Name))
            .Select(type => type.FullName!);
        Assert.Equal(types.Order(StringComparer.Ordinal), banned.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("src/Device/Spanker.Conformance.Device.csproj")]
    [InlineData("src/Zoo/Spanker.Conformance.Zoo.csproj")]
    public void The_projects_that_hold_devices_read_the_list(string project) => Assert.Contains(
        XDocument.Load(RepositoryRoot.File(project)).Descendants("AdditionalFiles"),
        file => (string?)file.Attribute("Include") == "../../build/BannedSymbols.Device.txt");
}
