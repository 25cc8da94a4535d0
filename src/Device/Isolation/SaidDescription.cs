using System.Text;
using System.Text.Unicode;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>What a library or a program says of itself, in the numbers of native/spanker_device.h, whichever record they came in.</summary>
internal sealed record SaidDescription
{
    public required uint ArithmeticClass { get; init; }

    public required uint SummationOrder { get; init; }

    public required uint Weights { get; init; }

    public required uint NonFinite { get; init; }

    public uint ThreadRule { get; init; }

    public required uint IsDeterministic { get; init; }

    public required uint MaxSails { get; init; }

    public required ulong MaxM { get; init; }

    public required ulong MaxN { get; init; }

    public required ulong MaxK { get; init; }

    public required ulong MaxCallMilliseconds { get; init; }

    public required ulong ProductsPerSecond { get; init; }

    /// <summary>Whether any reserved field holds something.</summary>
    public required bool HasReserved { get; init; }

    /// <summary>The bytes of the name, as many as the record has room for.</summary>
    public required byte[] Name { get; init; }

    /// <summary>The bytes of the vendor's name.</summary>
    public required byte[] Vendor { get; init; }

    /// <summary>The description as the suite knows it.</summary>
    /// <param name="spec">The device's spec, for the error.</param>
    /// <param name="unnamed">What a device that gives no name is called.</param>
    /// <param name="mostSails">The most Sails that can be asked for.</param>
    /// <exception cref="DeviceOpenException">It says what this host does not understand.</exception>
    public DeviceDescription Understand(string spec, string unnamed, int mostSails) => Complaint() is string complaint
        ? throw new DeviceOpenException(spec, new HostFailure($"its description says what this host does not understand: {complaint}"))
        : new DeviceDescription
        {
            Name = Read(Name) is { Length: > 0 } name ? name : unnamed,
            Vendor = Read(Vendor)!,
            Class = (ArithmeticClass)ArithmeticClass,
            Order = (SummationOrder)SummationOrder,
            Weights = (WeightDefinition)Weights,
            NonFinite = (NonFinitePolicy)NonFinite,
            IsDeterministic = IsDeterministic == 1,
            MaxSails = (int)Math.Min(MaxSails, (uint)mostSails),
            MaxM = Limit(MaxM),
            MaxN = Limit(MaxN),
            MaxK = Limit(MaxK),
            CallLimit = MaxCallMilliseconds == 0 ? null : TimeSpan.FromMilliseconds(Math.Min(MaxCallMilliseconds, int.MaxValue)),
            ProductsPerSecond = Limit(ProductsPerSecond),
            Threads = (ThreadRule)ThreadRule,
            IsIsolated = true,
        };

    // Null if it does not end, or is no UTF-8 text.
    private static string? Read(byte[] room)
    {
        int end = room.AsSpan().IndexOf((byte)0);
        return end >= 0 && Utf8.IsValid(room.AsSpan(0, end)) && Encoding.UTF8.GetString(room, 0, end) is string text && !text.Any(char.IsControl) ? text : null;
    }

    private static ulong? Limit(ulong said) => said == 0 ? null : said;

    private string? Complaint()
    {
        ArithmeticClass arithmetic = (ArithmeticClass)ArithmeticClass;
        WeightDefinition meant = arithmetic is Reference.ArithmeticClass.SubblockInt or Reference.ArithmeticClass.Q8K
            ? WeightDefinition.Rational
            : WeightDefinition.RoundedToBinary32;
        return arithmetic > Reference.ArithmeticClass.Q8K ? $"arithmetic class {ArithmeticClass} is unknown"
            : SummationOrder > (uint)Reference.SummationOrder.Blocks256 ? $"summation order {SummationOrder} is unknown"
            : Weights > (uint)WeightDefinition.RoundedToBinary32 ? $"weight definition {Weights} is unknown"
            : NonFinite > (uint)NonFinitePolicy.FiniteOnly ? $"non-finite policy {NonFinite} is unknown"
            : ThreadRule > (uint)Device.ThreadRule.Free ? $"thread rule {ThreadRule} is unknown"
            : HasReserved ? "a reserved field is not 0"
            : Read(Name) is null || Read(Vendor) is null ? $"{(Read(Name) is null ? "name" : "vendor")} is no printable UTF-8 text of at most {Name.Length - 1} bytes and a zero byte"
            : IsDeterministic > 1 ? $"is_deterministic is {IsDeterministic}, neither 0 nor 1"
            : arithmetic != Reference.ArithmeticClass.F32 && SummationOrder != 0 ? $"class {arithmetic} declares no order of sums, but order is {SummationOrder}"
            : arithmetic != Reference.ArithmeticClass.Exact && Weights != (uint)meant ? $"class {arithmetic} means {meant} weights, but weights is {Weights}"
            : null;
    }
}
