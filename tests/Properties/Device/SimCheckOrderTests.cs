using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>What a call is answered with, by hand from CONTRACT MM-3 to MM-10. Lengths: a block row is 144 bytes.</summary>
public sealed class SimCheckOrderTests
{
    private const string Accepted = "accepted";
    private const string Dims = "dims";

    /// <summary>m, k, n, bytes of A, B and OUT, and the answer; a number is the need of OutputTooSmall.</summary>
    public static TheoryData<ulong, ulong, ulong, int, int, int, string> Calls => new()
    {
        { 1, 256, 1, 144, 144, 4, Accepted },
        { 2, 512, 3, 576, 864, 24, Accepted },
        { 2, 512, 3, 576, 864, 29, Accepted },
        { 1, 0, 1, 0, 0, 4, Dims },
        { 1, 1, 1, 0, 0, 4, Dims },
        { 1, 32, 1, 0, 0, 4, Dims },
        { 1, 255, 1, 0, 0, 4, Dims },
        { 1, 257, 1, 144, 144, 4, Dims },
        { 1, 288, 1, 144, 144, 4, Dims },
        { 1, 384, 1, 144, 144, 4, Dims },
        { 1, 256, 1, 143, 144, 4, Dims },
        { 1, 256, 1, 145, 144, 4, Dims },
        { 1, 256, 1, 288, 144, 4, Dims },
        { 1, 256, 1, 0, 144, 4, Dims },
        { 1, 256, 1, 144, 143, 4, Dims },
        { 1, 256, 1, 144, 145, 4, Dims },
        { 1, 256, 1, 144, 0, 4, Dims },
        { 1, 256, 1, 144, 144, 3, "4" },
        { 1, 256, 1, 144, 144, 0, "4" },
        { 2, 512, 3, 576, 864, 23, "24" },
        { 1, 255, 1, 0, 0, 0, Dims },
        { 1, 256, 1, 143, 144, 0, Dims },
        { 0, 256, 3, 0, 432, 0, Accepted },
        { 3, 256, 0, 432, 0, 0, Accepted },
        { 0, 256, 0, 0, 0, 9, Accepted },
        { 0, 255, 3, 0, 0, 0, Dims },
        { 0, 256, 3, 0, 431, 0, Dims },
        { 0, 256, 3, 1, 432, 0, Dims },

        // 144 * 2^60 = 9 * 2^64 wraps to 0, with n = 0, B and OUT empty.
        { 1UL << 60, 256, 0, 0, 0, 0, Dims },
        { 0, 256, 1UL << 60, 0, 0, 0, Dims },

        // The greatest multiple of 256; the product m*n*4 near 2^130, beyond 128 bits too.
        { 1, ulong.MaxValue - 255, 1UL << 63, 0, 0, 4, Dims },
        { ulong.MaxValue, 256, ulong.MaxValue, 144, 144, 4, Dims },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void The_first_check_that_fails_decides(ulong m, ulong k, ulong n, int bytesOfA, int bytesOfB, int bytesOfOut, string answer)
    {
        foreach (IDeviceSource source in new IDeviceSource[] { new MockSource(), SimSource.Parse("sim"), SimSource.Parse("sim:class=exact") })
        {
            SimCall call = new(new byte[bytesOfA], new byte[bytesOfB], bytesOfOut, m, k, n);
            using IMatmulDevice device = (IMatmulDevice)source.Open();
            DeviceError? expected = answer switch
            {
                Accepted => null,
                Dims => new BadDims(m, k, n, 256),
                _ => new OutputTooSmall((ulong)bytesOfOut, ulong.Parse(answer, System.Globalization.CultureInfo.InvariantCulture)),
            };

            Assert.Equal(expected, call.On(device));

            IReadOnlyList<BusPhase> phases = ((ITracedDevice)device).TakePhases();

            // Read off a bus, lengths count whole beats of 32 bytes.
            ulong beat = source is SimSource ? 32UL : 1;
            BusPhase[] four =
            [
                new WritePhase("A", ((ulong)bytesOfA + beat - 1) / beat * beat),
                new WritePhase("B", ((ulong)bytesOfB + beat - 1) / beat * beat),
                new ComputeSubmitPhase("matmul_q4_k", m, k, n),
                new ReadPhase("OUT", unchecked((m * n * 4) + beat - 1) / beat * beat),
            ];
            Assert.Equal(answer == Accepted && m != 0 && n != 0 ? four : [], phases);
            Assert.Empty(((ITracedDevice)device).TakePhases());
            Assert.True(answer != Accepted || call.KeepsToItsWindow);
            Assert.True(call.IsUntouched || (answer == Accepted && source is SimSource));
        }
    }
}
