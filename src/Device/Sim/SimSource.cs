using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>The device spec <c>sim:OPTIONS</c>: a simulated Sail that computes in the class asked for, with arithmetic of its own.</summary>
public sealed class SimSource : IDeviceSource
{
    /// <summary>A source of simulated Sails with <paramref name="options"/>.</summary>
    public SimSource(SimOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
    }

    /// <summary>What each opened device is.</summary>
    public SimOptions Options { get; }

    /// <inheritdoc/>
    public string Spec => "sim:" + Options;

    /// <summary>Reads <c>sim</c> or <c>sim:OPTIONS</c>.</summary>
    /// <exception cref="FormatException">In one line, what was wrong and what would be right.</exception>
    public static SimSource Parse(string spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        const string Prefix = "sim:";
        if (spec == "sim")
        {
            return new SimSource(new SimOptions());
        }

        return spec.StartsWith(Prefix, StringComparison.Ordinal)
            ? new SimSource(SimOptions.Parse(spec[Prefix.Length..]))
            : throw new FormatException($"'{spec}' is not a simulated Sail; write sim or sim:OPTIONS");
    }

    /// <summary>Opens a fresh simulated Sail.</summary>
    public IDevice Open() => Open(Options);

    /// <summary>Opens a fresh simulated Sail with <paramref name="options"/>.</summary>
    public static SimSail Open(SimOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Class switch
        {
            ArithmeticClass.Exact when options.Weights == WeightDefinition.Rational => new ExactRationalSail(options),
            ArithmeticClass.Exact => new ExactRoundedSail(options),
            ArithmeticClass.F32 => new LaneF32Sail(options),
            ArithmeticClass.SubblockInt => new LaneSubblockIntSail(options),
            ArithmeticClass.F16Accumulate => new F16Sail(options),
            ArithmeticClass.Bf16Accumulate => new Bf16Sail(options),
            ArithmeticClass.Q8K => new LaneQ8KSail(options),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Class, "not an arithmetic class"),
        };
    }
}
