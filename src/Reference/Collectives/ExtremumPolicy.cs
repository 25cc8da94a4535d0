namespace Spanker.Conformance.Reference;

/// <summary>What a device declares about Max and Min where comparison alone does not decide.</summary>
/// <param name="Nan">What becomes of a NaN.</param>
/// <param name="Zero">Whether zeros have an order.</param>
public readonly record struct ExtremumPolicy(NanPolicy Nan, ZeroPolicy Zero)
{
    /// <summary>Upstream's host mock: the left operand stays unless the right one compares as better (CONTRACT COL-7).</summary>
    public static ExtremumPolicy HostMock { get; } = new(NanPolicy.Mock, ZeroPolicy.Unordered);
}
