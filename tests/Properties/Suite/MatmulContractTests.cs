using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>What a call must answer (CONTRACT MM-3 to MM-8), worked out by hand.</summary>
public sealed class MatmulContractTests
{
    private const ulong TwoTo56 = 1UL << 56;
    private const ulong TwoTo60 = 1UL << 60;
    private const ulong TwoTo62 = 1UL << 62;

    [Theory]

    // Success: exact lengths, longer OUT, empty products.
    [InlineData(2, 3, 512, 576, 864, 24, "success")]
    [InlineData(2, 3, 512, 576, 864, 25, "success")]
    [InlineData(0, 3, 256, 0, 432, 0, "success")]
    [InlineData(3, 0, 256, 432, 0, 0, "success")]
    [InlineData(0, 0, 256, 0, 0, 0, "success")]

    // k.
    [InlineData(2, 3, 0, 0, 0, 24, "dims")]
    [InlineData(2, 3, 255, 0, 0, 24, "dims")]
    [InlineData(2, 3, 257, 288, 432, 24, "dims")]
    [InlineData(0, 0, 0, 0, 0, 0, "dims")]
    [InlineData(0, 3, 32, 0, 0, 0, "dims")]
    [InlineData(1, 1, ulong.MaxValue, 0, 0, 4, "dims")]

    // Lengths of A and B, an empty product's too.
    [InlineData(2, 3, 512, 575, 864, 24, "dims")]
    [InlineData(2, 3, 512, 577, 864, 24, "dims")]
    [InlineData(2, 3, 512, 576, 863, 24, "dims")]
    [InlineData(2, 3, 512, 576, 865, 24, "dims")]
    [InlineData(0, 3, 256, 1, 432, 0, "dims")]
    [InlineData(0, 3, 256, 0, 431, 0, "dims")]

    // OUT.
    [InlineData(2, 3, 512, 576, 864, 23, "small 23 24")]
    [InlineData(2, 3, 512, 576, 864, 0, "small 0 24")]

    // Order: k before lengths, lengths before OUT.
    [InlineData(2, 3, 511, 0, 0, 0, "dims")]
    [InlineData(2, 3, 512, 575, 864, 0, "dims")]

    // 2^60 rows of 144 bytes are 9 * 2^64, which wraps to 0; one row more wraps to 144.
    [InlineData(TwoTo60, 0, 256, 0, 0, 0, "dims")]
    [InlineData(0, TwoTo60, 256, 0, 0, 0, "dims")]
    [InlineData(TwoTo60 + 1, 0, 256, 144, 0, 0, "dims")]

    // 128102389400760775 * 144 = 2^64 - 16 fits, so the lengths decide; one row more is 2^64 + 128, which wraps to 128.
    [InlineData(128102389400760775, 0, 256, 18446744073709551600, 0, 0, "success")]
    [InlineData(128102389400760775, 0, 256, 0, 0, 0, "dims")]
    [InlineData(128102389400760776, 0, 256, 128, 0, 0, "dims")]

    // The longest row: k = 2^64 - 256 is 2^56 - 1 blocks, 144 * 2^56 - 144 bytes; one row fits (below 2^64), two do not (wrapping to 2^61 - 288).
    [InlineData(1, 0, ulong.MaxValue - 255, (144 * TwoTo56) - 144, 0, 0, "success")]
    [InlineData(2, 0, ulong.MaxValue - 255, (32 * TwoTo56) - 288, 0, 0, "dims")]

    // m*n*4 = 2^64 wraps to 0. No lengths of A and B can be right here, but the overflow is found first and answers alike.
    [InlineData(TwoTo62, 1, 256, 0, 144, 0, "dims")]
    [InlineData(1UL << 31, 1UL << 31, 256, (1UL << 31) * 144, (1UL << 31) * 144, 0, "dims")]

    // 2^31 * (2^31 - 1) * 4 = 2^64 - 2^33 fits: OUT decides.
    [InlineData(1UL << 31, (1UL << 31) - 1, 256, (1UL << 31) * 144, ((1UL << 31) - 1) * 144, 0, "small 0 18446744065119617024")]
    [InlineData(1UL << 31, (1UL << 31) - 1, 256, (1UL << 31) * 144, ((1UL << 31) - 1) * 144, 18446744065119617024, "success")]

    // Beyond 128 bits: m*n*4 = 2^130.
    [InlineData(1UL << 63, 1UL << 63, 256, 0, 0, 0, "dims")]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue - 255, 0, 0, 0, "dims")]
    public void A_call_is_answered_as_worked_out_by_hand(ulong m, ulong n, ulong k, ulong aBytes, ulong bBytes, ulong outputBytes, string expected)
    {
        DeviceError? error = MatmulContract.ExpectedError(new MatmulShape(M: m, N: n, K: k), aBytes, bBytes, outputBytes);
        string[] words = expected.Split(' ');
        DeviceError? wanted = words[0] switch
        {
            "dims" => new BadDims(M: m, K: k, N: n, Qk: 256),
            "small" => new OutputTooSmall(HaveBytes: ulong.Parse(words[1]), NeedBytes: ulong.Parse(words[2])),
            _ => null,
        };
        Assert.Equal(wanted, error);
    }

    [Fact]
    public void A_successful_call_s_phases_carry_the_byte_lengths_of_A_B_and_OUT() => Assert.Equal(
        [new WritePhase("A", 576), new WritePhase("B", 864), new ComputeSubmitPhase("matmul_q4_k", M: 2, K: 512, N: 3), new ReadPhase("OUT", 24)],
        MatmulContract.ExpectedPhases(new MatmulShape(M: 2, N: 3, K: 512)));
}
