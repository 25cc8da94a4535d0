using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>What a program said of itself in its answer to hello.</summary>
/// <param name="Description">The device that it is.</param>
/// <param name="HasPhases">Whether it answers take_phases.</param>
internal sealed record PipeOffer(DeviceDescription Description, bool HasPhases)
{
    /// <summary>Reads a description.</summary>
    /// <exception cref="DeviceOpenException">It says what this host does not understand.</exception>
    public static PipeOffer Read(in PipeDescription said, string spec, string program)
    {
        ArithmeticClass arithmetic = (ArithmeticClass)said.ArithmeticClass;
        WeightDefinition weights = (WeightDefinition)said.Weights;
        string? complaint =
            said.ArithmeticClass > (uint)ArithmeticClass.Q8K ? $"arithmetic class {said.ArithmeticClass} is unknown"
            : said.SummationOrder > (uint)SummationOrder.Blocks256 ? $"summation order {said.SummationOrder} is unknown"
            : said.Weights > (uint)WeightDefinition.RoundedToBinary32 ? $"weight definition {said.Weights} is unknown"
            : said.NonFinite > (uint)NonFinitePolicy.FiniteOnly ? $"non-finite policy {said.NonFinite} is unknown"
            : said.IsDeterministic > 1 ? $"is_deterministic is {said.IsDeterministic}, neither 0 nor 1"
            : said.Offers > PipeProtocol.OffersPhases || said.Reserved != 0 ? $"offers is {said.Offers} and reserved {said.Reserved}; version 1.0 has 0 or 1, and 0"
            : arithmetic != ArithmeticClass.F32 && said.SummationOrder != 0 ? $"class {arithmetic} declares no order of sums, but order is {said.SummationOrder}"
            : arithmetic != ArithmeticClass.Exact && weights != WeightsOf(arithmetic) ? $"class {arithmetic} means {WeightsOf(arithmetic)} weights, but weights is {said.Weights}"
            : null;
        if (complaint is not null)
        {
            throw new DeviceOpenException(spec, new UnknownDeviceError(0, $"its description says what this host does not understand: {complaint}"));
        }

        DeviceDescription description = new()
        {
            Name = said.Name.Length > 0 ? said.Name : program,
            Vendor = said.Vendor,
            Class = arithmetic,
            Order = (SummationOrder)said.SummationOrder,
            Weights = weights,
            NonFinite = (NonFinitePolicy)said.NonFinite,
            IsDeterministic = said.IsDeterministic == 1,
            MaxSails = (int)Math.Min(said.MaxSails, PipeProtocol.MostSails),
            MaxM = Limit(said.MaxM),
            MaxN = Limit(said.MaxN),
            MaxK = Limit(said.MaxK),
            CallLimit = said.MaxCallMilliseconds == 0 ? null : TimeSpan.FromMilliseconds(Math.Min(said.MaxCallMilliseconds, int.MaxValue)),
            ProductsPerSecond = Limit(said.ProductsPerSecond),
            Threads = ThreadRule.None,
            IsIsolated = true,
            IsBehindPipe = true,
        };
        return new PipeOffer(description, (said.Offers & PipeProtocol.OffersPhases) != 0);
    }

    private static ulong? Limit(ulong said) => said == 0 ? null : said;

    private static WeightDefinition WeightsOf(ArithmeticClass arithmetic) => arithmetic is ArithmeticClass.SubblockInt or ArithmeticClass.Q8K
        ? WeightDefinition.Rational
        : WeightDefinition.RoundedToBinary32;
}
