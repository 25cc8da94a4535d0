using FsCheck.Xunit;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>All randomness of the properties flows from one seed.</summary>
public sealed class PropertySeedTests
{
    [Theory]
    [InlineData(null, 1UL)]
    [InlineData("", 1UL)]
    [InlineData("0", 0UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("0xFf", 255UL)]
    public void The_variable_overrides_the_fixed_seed(string? text, ulong expected) =>
        Assert.Equal(expected, PropertySeed.From(name => name == "SPANKER_PROPERTY_SEED" ? text : "7").Value);

    [Theory]
    [InlineData("-1")]
    [InlineData("18446744073709551616")]
    [InlineData("seven")]
    [InlineData("0x")]
    public void A_seed_that_is_no_64_bit_number_is_refused(string text) =>
        Assert.Contains($"\"{text}\"", Assert.Throws<ArgumentException>(() => PropertySeed.From(_ => text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Properties_of_one_run_start_at_places_of_their_own() =>
        Assert.NotEqual(new PropertySeed(1).StartOf("A.b").Rnd.Seed, new PropertySeed(1).StartOf("A.c").Rnd.Seed);

    [Fact]
    public void Another_seed_starts_the_same_property_elsewhere() =>
        Assert.NotEqual(new PropertySeed(1).StartOf("A.b").Rnd.Seed, new PropertySeed(2).StartOf("A.b").Rnd.Seed);

    [Fact]
    public void The_seed_prints_as_the_variable_that_sets_it() =>
        Assert.Equal("SPANKER_PROPERTY_SEED=255", new PropertySeed(255).ToString());
}
