using System.Text.Json;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Coyote;

/// <summary>Coyote controls what was rewritten and nothing else.</summary>
public sealed class RewrittenTests
{
    public static TheoryData<string> Names => [.. RewrittenAssemblies.All.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_assembly_was_rewritten(string name)
    {
        Assert.True(RewrittenAssemblies.IsRewritten(RewrittenAssemblies.All.Single(assembly => assembly.GetName().Name == name)));
    }

    [Fact]
    public void An_assembly_that_was_left_alone_is_told_from_those()
    {
        Assert.False(RewrittenAssemblies.IsRewritten(typeof(Reference.ReductionTree).Assembly));
    }

    [Fact]
    public void Those_are_all_that_are_given_to_be_rewritten()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Coyote", "rewrite.coyote.json");
        using var given = JsonDocument.Parse(File.ReadAllText(path));

        Assert.Equal(
            RewrittenAssemblies.All.Select(assembly => $"{assembly.GetName().Name}.dll"),
            given.RootElement.GetProperty("Assemblies").EnumerateArray().Select(element => element.GetString()));
    }
}
