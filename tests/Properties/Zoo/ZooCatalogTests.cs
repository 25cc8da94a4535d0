using System.Text.RegularExpressions;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Properties.Device;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Zoo;

public sealed partial class ZooCatalogTests
{
    public static TheoryData<string> Faulty => [.. InProcess().Select(entry => entry.Name)];

    /// <summary>Faults of the matmul. Those of collectives and of the bus are held to their shapes by the suite's own judge (ZooBruteForceTests).</summary>
    public static TheoryData<string> FaultyMatmuls =>
        [.. InProcess().Where(entry => entry.MinimalShape.StartsWith("m=", StringComparison.Ordinal) && !entry.Family.StartsWith("bus-", StringComparison.Ordinal)).Select(entry => entry.Name)];

    public static TheoryData<string> Harmless => [.. ZooCatalog.Harmless.Select(entry => entry.Name)];

    [Fact]
    public void Names_are_unique_and_found()
    {
        string[] names = [.. ZooCatalog.Faulty.Select(entry => entry.Name), .. ZooCatalog.Harmless.Select(entry => entry.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches(KebabCase(), name));
        Assert.All(names, name => Assert.Equal("fault:" + name, ZooCatalog.Find(name)?.Spec));
        Assert.Null(ZooCatalog.Find("no-such-fault"));
    }

    [Fact]
    public void The_zoo_is_as_large_as_it_must_be()
    {
        Assert.True(InProcess().Count() >= 32, "faulty devices");
        Assert.True(ZooCatalog.Harmless.Count >= 11, "harmless devices");
    }

    [Theory]
    [MemberData(nameof(FaultyMatmuls))]
    public void A_fault_shows_at_the_shape_that_it_declares(string name)
    {
        FaultyEntry entry = Entry(name);
        Assert.True(Shows(entry, ZooShape.Parse(entry.MinimalShape)), "the device behaves as a right one does");
    }

    [Theory]
    [MemberData(nameof(FaultyMatmuls))]
    public void A_fault_shows_at_no_smaller_shape(string name)
    {
        FaultyEntry entry = Entry(name);
        foreach (ZooShape smaller in ZooShape.Parse(entry.MinimalShape).Smaller())
        {
            Assert.False(Shows(entry, smaller), $"it shows at {smaller} too");
        }
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_stays_near_the_buffers(string name)
    {
        FaultyEntry entry = Entry(name);
        SimCall call = new(SimOperands.Blocks(1, 3, 12, 4), SimOperands.Blocks(2, 2, 12, 4), 24 + 512, m: 3, k: 256, n: 2);
        using IMatmulDevice device = (IMatmulDevice)entry.Open();
        call.On(device);
        Assert.True(call.ReachBytes <= 64, $"it wrote {call.ReachBytes} bytes away from its window");
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void A_harmless_device_is_as_near_to_the_exact_product_as_any_order_of_f32(string name)
    {
        const int Blocks = 3;
        byte[] a = SimOperands.Blocks(7, 5 * Blocks, lowExponent: 12, exponents: 4);
        byte[] b = SimOperands.Blocks(8, 4 * Blocks, lowExponent: 12, exponents: 4);
        SimCall call = SimCall.Of(a, b, Blocks);
        SimCall exact = SimCall.Of(a, b, Blocks);
        using IMatmulDevice device = (IMatmulDevice)ZooCatalog.Find(name)!.Open();
        using SimSail judge = SimSource.Open(SimOptions.Parse("class=exact"));

        Assert.Null(call.On(device));
        Assert.Null(exact.On(judge));

        Assert.True(call.KeepsToItsWindow);
        Assert.Equal(judge.TakePhases(), ((ITracedDevice)device).TakePhases());
        for (int row = 0; row < 5; row++)
        {
            for (int column = 0; column < 4; column++)
            {
                double magnitude = 0;
                for (int i = 0; i < Blocks * 256; i++)
                {
                    magnitude += (double)(SimOperands.SeparateMagnitude(a.AsSpan(row * Blocks * 144, Blocks * 144), i)
                        * SimOperands.SeparateMagnitude(b.AsSpan(column * Blocks * 144, Blocks * 144), i));
                }

                double bound = (Blocks * 256) * Math.ScaleB(magnitude, -48 - 24);
                Assert.InRange(Math.Abs((double)call.At(row, column) - exact.At(row, column)), 0, bound);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void A_harmless_device_answers_bad_calls_as_a_sim_does(string name)
    {
        foreach ((ulong m, ulong k, int bytesOfA, int bytesOfOut) in new[] { (1UL, 255UL, 0, 4), (0UL, 256UL, 0, 4), (1UL, 256UL, 144, 3), (1UL, 256UL, 143, 4) })
        {
            SimCall call = new(new byte[bytesOfA], new byte[k >= 256 ? 144 : 0], bytesOfOut, m, k, n: 1);
            SimCall same = new(new byte[bytesOfA], new byte[k >= 256 ? 144 : 0], bytesOfOut, m, k, n: 1);
            using IMatmulDevice device = (IMatmulDevice)ZooCatalog.Find(name)!.Open();
            using SimSail judge = SimSource.Open(new SimOptions());
            Assert.Equal(same.On(judge), call.On(device));
            Assert.Empty(((ITracedDevice)device).TakePhases());
            Assert.True(call.IsUntouched);
        }
    }

    /// <summary>Faults of the families here; drivers, topologies, schedulers and cards that wait for WORK_SUBMIT are shown elsewhere.</summary>
    private static IEnumerable<FaultyEntry> InProcess() => ZooCatalog.Faulty.Where(entry => entry.Family is not ("driver" or "topology" or "scheduler" or "real-path"));

    private static FaultyEntry Entry(string name) => Assert.IsType<FaultyEntry>(ZooCatalog.Find(name));

    /// <summary>Whether the device differs, in any call of the shape, from a simulated Sail of the class that it claims.</summary>
    private static bool Shows(FaultyEntry entry, ZooShape shape)
    {
        using IDevice device = entry.Open();
        SimOptions options = SimOptions.Of(device.Description.Class) with { Weights = device.Description.Weights };
        return !ZooMatmulRuns.Of(entry.Family, () => (IMatmulDevice)entry.Open(), shape.Values[0], shape.Values[1], shape.Values[2]).SequenceEqual(
            ZooMatmulRuns.Of(entry.Family, () => Right(entry, options), shape.Values[0], shape.Values[1], shape.Values[2]));
    }

    /// <summary>The right device to compare with: of the claimed class, and for the fused form of subblock-int the harmless one.</summary>
    private static IMatmulDevice Right(FaultyEntry entry, SimOptions options) =>
        entry.Name == "minimums-product-dropped" ? (IMatmulDevice)ZooCatalog.Find("fused-scales")!.Open() : SimSource.Open(options);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
