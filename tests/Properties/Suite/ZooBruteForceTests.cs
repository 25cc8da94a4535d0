using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>
/// That a declared shape is minimal, by brute force through the suite's own judge. That it does fail at the declared shape is
/// <see cref="ZooVerdictTests.A_failure_is_shrunk_to_the_shape_that_the_entry_declares"/>.
/// </summary>
public sealed class ZooBruteForceTests
{
    private static readonly string[] AtTheLeastShape =
        ["-", "m=1,n=1,k=256", "m=1,n=1,k=0", "m=0,n=0,k=256", "sails=0", "sails=0,length=0", "sails=0,buffers=1,length=0", "cards=0,m=0,n=0,k=0,e=0", "bytes=0,rate=0", "chunks=1,cards=2,credits=1,fault=drop:0-1:0"];

    /// <summary>The entries that have smaller shapes at all.</summary>
    public static TheoryData<string> Entries => [.. ZooCatalog.Faulty.Where(entry => SmallerCases.Of(entry).Any()).Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Entries))]
    public void No_case_of_a_smaller_shape_breaks_the_declared_clause(string name)
    {
        FaultyEntry entry = ZooRuns.Faulty(name);
        CaseRunner runner = new(entry);
        foreach (Case smaller in SmallerCases.Of(entry))
        {
            Deviation? deviation = runner.Try(smaller).DeviationFrom(entry.Clause);
            Assert.True(deviation is null, $"{smaller.Token} of {smaller.ShapeText}: {deviation?.Message}");
        }
    }

    [Fact]
    public void The_entries_without_a_smaller_shape_declare_the_least_of_their_kind() => Assert.All(
        ZooCatalog.Faulty.Where(entry => !SmallerCases.Of(entry).Any() && !SmallerCases.DependsOnChance(entry)),
        entry => Assert.Contains(entry.MinimalShape, AtTheLeastShape));
}
