using Spanker.Conformance.Suite;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

public sealed class RequirementsTableTests
{
    [Fact]
    public void The_committed_table_of_requirements_is_up_to_date()
    {
        string path = RepositoryRoot.File("docs/requirements.md");
        string made = RequirementsTable.Write().ReplaceLineEndings("\n");
        bool accepts = Environment.GetEnvironmentVariable("SPANKER_ACCEPT_GOLDEN") == "1" && Environment.GetEnvironmentVariable("CI") != "true";
        if (accepts)
        {
            File.WriteAllText(path, made);
        }

        Assert.Equal(made, File.Exists(path) ? File.ReadAllText(path) : "(no file; SPANKER_ACCEPT_GOLDEN=1 writes it)");
    }

    [Fact]
    public void Every_clause_with_a_check_has_tests() => Assert.All(
        CheckCatalogue.All, check => Assert.True(RequirementsTable.Tests(check.Clause).Any(), check.Clause));

    // What a device does to its process shows on libraries only, whose zoo is judged in VendorZooTests.
    [Fact]
    public void Every_clause_with_a_check_in_process_has_a_device_that_it_alone_kills() => Assert.All(
        CheckCatalogue.All.Where(check => !check.Clause.StartsWith("PROC-", StringComparison.Ordinal)), check => Assert.True(RequirementsTable.SoleKills(check.Clause).Any(), check.Clause));
}
