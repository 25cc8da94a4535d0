using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>CONTRACT MM-14 and COL-9.</summary>
public sealed class DriverSailTests
{
    // Each breaks another clause (MM-3, MM-4, MM-5, MM-6), the last two none: the answer is the same for all.
    [Theory]
    [InlineData(1ul, 0ul, 1ul, 144, 144, 4)]
    [InlineData(1ul, 255ul, 1ul, 144, 144, 4)]
    [InlineData(1ul, 256ul, 1ul, 143, 144, 4)]
    [InlineData(ulong.MaxValue, 256ul, ulong.MaxValue, 144, 144, 4)]
    [InlineData(1ul, 256ul, 1ul, 144, 144, 3)]
    [InlineData(0ul, 256ul, 0ul, 0, 0, 0)]
    [InlineData(1ul, 256ul, 1ul, 144, 144, 4)]
    public void Matmul_is_NotImplemented_naming_the_request_before_any_other_check(
        ulong m, ulong k, ulong n, int lengthA, int lengthB, int lengthOut)
    {
        using DriverSail device = Open();
        DeviceError? error = Multiply(device, m, k, n, lengthA, lengthB, lengthOut);

        Assert.Contains("SPANKER_IOC_WORK_SUBMIT", Assert.IsType<NotImplemented>(error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReduceOp.Sum, 0)]
    [InlineData(ReduceOp.Avg, 2)]
    [InlineData((ReduceOp)99, 3)]
    public void AllReduce_is_NotImplemented_naming_the_request_before_any_other_check(ReduceOp operation, int buffers)
    {
        using DriverSail device = Open();
        device.FormTopology(2);
        DeviceError? error = device.AllReduce(operation, [.. Enumerable.Range(0, buffers).Select(i => new Memory<float>(new float[i]))]);

        Assert.Contains("SPANKER_IOC_WORK_SUBMIT", Assert.IsType<NotImplemented>(error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 7)]
    public void AllGather_is_NotImplemented_naming_the_request_before_any_other_check(int buffers, int gathered)
    {
        using DriverSail device = Open();
        device.FormTopology(2);
        DeviceError? error = device.AllGather(
            [.. Enumerable.Range(0, buffers).Select(i => new ReadOnlyMemory<float>(new float[i]))], new float[gathered]);

        Assert.Contains("SPANKER_IOC_WORK_SUBMIT", Assert.IsType<NotImplemented>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_asked_of_the_driver_by_an_operation()
    {
        CountingDriver driver = new();
        using DriverSail device = Open(driver);
        int before = driver.Requests;
        Multiply(device, m: 1, k: 256, n: 1, lengthA: 144, lengthB: 144, lengthOut: 4);
        device.AllReduce(ReduceOp.Sum, []);
        device.AllGather([], Memory<float>.Empty);

        Assert.Equal(before, driver.Requests);
    }

    [Fact]
    public void A_topology_of_cards_has_no_links()
    {
        using DriverSail device = Open();
        device.FormTopology(3);

        Assert.Equal((3, 0), (device.Topology.SailCount, device.Topology.Links.Count));
    }

    [Fact]
    public void The_description_says_that_no_work_can_be_submitted()
    {
        using DriverSail device = Open();

        Assert.False(device.Description.SubmitsWork);
    }

    [Fact]
    public void A_missing_card_arrives_as_a_runtime_error()
    {
        DeviceError? error = DriverSail.TryOpen(new SimulatedDriver(cardCount: 1), "/dev/spanker1", out DriverSail? device);

        Assert.Equal((new RuntimeError(new OpenFailed("/dev/spanker1", 2)), null), (error, device));
    }

    [Fact]
    public void A_driver_of_another_major_arrives_as_a_runtime_error()
    {
        AbiVersion other = new(Major: 1, Minor: 0, Patch: 0, Reserved: 0);

        Assert.Equal(
            new RuntimeError(new AbiMismatch(AbiVersion.Current, other)),
            DriverSail.TryOpen(new SimulatedDriver(cardCount: 1, other), "/dev/spanker0", out _));
    }

    [Fact]
    public void A_failing_ping_arrives_as_a_runtime_error()
    {
        using DriverSail device = Open(new CountingDriver { IsDead = true });

        Assert.Equal(new RuntimeError(new IoctlFailed("PING", 5)), device.Ping());
    }

    [Fact]
    public void A_source_opens_the_card_at_its_path()
    {
        using IDevice device = new RealDeviceSource(new SimulatedDriver(cardCount: 2), "/dev/spanker1").Open();

        Assert.Equal("/dev/spanker1", Assert.IsType<DriverSail>(device).Path);
    }

    [Fact]
    public void A_source_whose_card_is_missing_throws_with_the_typed_error()
    {
        DeviceOpenException thrown = Assert.Throws<DeviceOpenException>(() => new RealDeviceSource("/dev/spanker-of-nobody").Open());

        Assert.Equal(
            ("dev:/dev/spanker-of-nobody", new RuntimeError(new OpenFailed("/dev/spanker-of-nobody", 2))),
            (thrown.Spec, thrown.Error));
    }

    [Fact]
    public void Disposing_a_device_closes_its_node()
    {
        SimulatedDriver driver = new(cardCount: 1);
        Open(driver).Dispose();

        Assert.Equal(0, driver.OpenDescriptors);
    }

    private static DriverSail Open() => Open(new SimulatedDriver(cardCount: 1));

    private static DriverSail Open(ISystemCalls calls)
    {
        DeviceError? error = DriverSail.TryOpen(calls, "/dev/spanker0", out DriverSail? device);
        Assert.Null(error);
        return device!;
    }

    private static unsafe DeviceError? Multiply(DriverSail device, ulong m, ulong k, ulong n, int lengthA, int lengthB, int lengthOut)
    {
        byte* memory = stackalloc byte[512];
        MatmulCall call = new(
            new OperandView(memory, (ulong)lengthA),
            new OperandView(memory + 144, (ulong)lengthB),
            new OutputView(memory + 288, (ulong)lengthOut),
            m,
            k,
            n);
        return device.MatmulQ4K(call);
    }

    private sealed class CountingDriver() : SimulatedDriver(cardCount: 1)
    {
        internal bool IsDead { get; init; }

        internal int Requests { get; private set; }

        protected override int Dispatch(uint request, nint argument)
        {
            Requests++;
            return base.Dispatch(request, argument);
        }

        protected override int Ping(nint argument) => IsDead ? -Errno.EIO : base.Ping(argument);
    }
}
