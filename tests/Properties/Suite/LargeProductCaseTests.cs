using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>Which devices are given the product of 4096 x 4096 x 4096: 6.9 10^10 products in a call of at most a minute.</summary>
public sealed class LargeProductCaseTests
{
    private static readonly MatmulShape Large = new(M: 4096, N: 4096, K: 4096);

    [Theory]
    [InlineData(Profile.Quick, ArithmeticClass.F32, false)]
    [InlineData(Profile.Release, null, false)]
    [InlineData(Profile.Release, ArithmeticClass.Exact, true)]
    [InlineData(Profile.Release, ArithmeticClass.F32, true)]
    [InlineData(Profile.Release, ArithmeticClass.SubblockInt, true)]
    [InlineData(Profile.Release, ArithmeticClass.Q8K, true)]
    [InlineData(Profile.Release, ArithmeticClass.F16Accumulate, false)]
    [InlineData(Profile.Release, ArithmeticClass.Bf16Accumulate, false)]
    [InlineData(Profile.Certify, ArithmeticClass.F32, true)]
    public void Planned_from_release_on_for_the_classes_that_say_something_of_it(Profile profile, ArithmeticClass? @class, bool isPlanned) =>
        Assert.Equal(isPlanned, CasesOf(profile, @class).Any());

    [Theory]
    [InlineData(null, false)]
    [InlineData(1_000_000_000UL, false)]
    [InlineData(1_200_000_000UL, true)]
    public void Tried_on_a_device_that_declares_to_end_it_in_time(ulong? productsPerSecond, bool isAllowed)
    {
        DeviceLimits limits = new(new DeviceDescription { Name = "a device", ProductsPerSecond = productsPerSecond }, TimeSpan.FromSeconds(60));
        Assert.Equal(isAllowed, limits.Allow(Assert.Single(CasesOf(Profile.Release, ArithmeticClass.F32))));
    }

    [Theory]
    [InlineData("sim:class=exact")]
    [InlineData("sim")]
    [InlineData("sim:class=subblock-int")]
    [InlineData("sim:class=q8k")]
    public void Tried_on_simulated_Sails_that_multiply_many_elements_at_a_time(string spec)
    {
        using SimSail sail = SimSource.Open(SimSource.Parse(spec).Options);
        DeviceLimits limits = new(sail.Description, TimeSpan.FromSeconds(60));
        Assert.True(limits.Allow(Assert.Single(CasesOf(Profile.Release, sail.Description.Class))));
    }

    private static IEnumerable<Case> CasesOf(Profile profile, ArithmeticClass? @class) =>
        CheckCatalogue.Find("MM-13")!.Cases(new CasePlan(Seed: 1, profile) { Class = @class }).Where(planned => planned is MatmulCase matmul && matmul.Shape == Large);
}
