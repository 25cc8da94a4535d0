using System.Reflection;
using Spanker.Conformance.Tests.Support;
using VerifyTests;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>Golden files are named as Verify names them: by type, method and parameters.</summary>
public sealed class GoldenNameTests
{
    private const string Source = "/_/tests/Properties/Support/GoldenNameTests.cs";

    [Fact]
    public void A_test_without_parameters_is_named_by_type_and_method() =>
        Assert.Equal("GoldenNameTests.Plain", Stem(nameof(Plain), new VerifySettings()));

    [Fact]
    public void A_nested_class_is_named_after_its_outer_one()
    {
        MethodInfo method = typeof(Nested).GetMethod(nameof(Nested.Inside))!;
        Assert.Equal("GoldenNameTests.Nested.Inside", GoldenName.Of(method, new VerifySettings(), Source, "txt").Stem);
    }

    [Fact]
    public void Parameters_are_named_with_their_values() =>
        Assert.Equal("GoldenNameTests.Parametrised_rows=4_what=a b", Stem(nameof(Parametrised), With(4, "a b")));

    [Theory]
    [InlineData("a/b:c", "a-b-c")]
    [InlineData("<?*|\"\\>", "-------")]
    [InlineData(null, "null")]
    [InlineData(new[] { 1, 2 }, "[1,2]")]
    [InlineData(0.5, "0.5")]
    [InlineData(true, "True")]
    public void Values_are_written_so_that_every_file_system_takes_them(object? value, string text) =>
        Assert.Equal($"GoldenNameTests.Parametrised_rows=4_what={text}", Stem(nameof(Parametrised), With(4, value)));

    [Fact]
    public void Cases_of_a_theory_cannot_share_a_file() =>
        Assert.Throws<InvalidOperationException>(() => Stem(nameof(Parametrised), new VerifySettings()));

    [Fact]
    public void A_text_can_stand_for_the_parameters()
    {
        VerifySettings settings = new();
        settings.UseTextForParameters("first");
        Assert.Equal("GoldenNameTests.Parametrised_first", Stem(nameof(Parametrised), settings));
    }

    [Fact]
    public void Type_and_method_can_be_named_otherwise()
    {
        VerifySettings settings = new();
        settings.UseTypeName("Reports");
        settings.UseMethodName("short");
        Assert.Equal("Reports.short", Stem(nameof(Plain), settings));
    }

    [Fact]
    public void A_file_name_replaces_type_method_and_parameters()
    {
        VerifySettings settings = new();
        settings.UseFileName("whole");
        Assert.Equal("whole", Stem(nameof(Parametrised), settings));
    }

    [Fact]
    public void Golden_files_lie_beside_the_source_by_default() =>
        Assert.Equal(
            RepositoryRoot.File("tests/Properties/Support/GoldenNameTests.Plain.verified.txt"),
            GoldenName.Of(Method(nameof(Plain)), new VerifySettings(), Source, "txt").VerifiedPath);

    [Theory]
    [InlineData("../golden", "tests/Properties/golden")]
    [InlineData(null, "golden/axi4")]
    public void A_folder_is_relative_to_the_source_or_absolute(string? relative, string expected)
    {
        VerifySettings settings = new();
        settings.UseDirectory(relative ?? RepositoryRoot.File("golden/axi4"));
        Assert.Equal(RepositoryRoot.File(expected), GoldenName.Of(Method(nameof(Plain)), settings, Source, "txt").Directory);
    }

    private static void Plain()
    {
    }

    private static void Parametrised(int rows, object? what) => _ = (rows, what);

    private static VerifySettings With(params object?[] values)
    {
        VerifySettings settings = new();
        settings.UseParameters(values);
        return settings;
    }

    private static string Stem(string method, VerifySettings settings) => GoldenName.Of(Method(method), settings, Source, "txt").Stem;

    private static MethodInfo Method(string name) => typeof(GoldenNameTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static class Nested
    {
        public static void Inside()
        {
        }
    }
}
