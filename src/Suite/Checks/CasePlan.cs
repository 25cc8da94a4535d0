using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>How much is tried.</summary>
public enum Profile
{
    /// <summary>Every edge once: seconds.</summary>
    Quick,

    /// <summary>The release gate: more shapes, larger ones, more random cases.</summary>
    Release,

    /// <summary>Certification: all of the release gate's, and more of each.</summary>
    Certify,
}

/// <summary>From what cases are made.</summary>
/// <param name="Seed">The run's seed: the same seed, the same cases.</param>
/// <param name="Profile">How much is tried.</param>
/// <param name="Weights">Real weights to multiply, if any.</param>
public sealed record CasePlan(ulong Seed, Profile Profile, RealWeights? Weights = null)
{
    /// <summary>The most Sails that the device forms a topology of.</summary>
    public int MaxSails { get; init; } = int.MaxValue;

    /// <summary>Which calls the device allows at the same time.</summary>
    public Device.ThreadRule Threads { get; init; } = Device.ThreadRule.PerDevice;

    /// <summary>The arithmetic that the device is held to; null where it is not known.</summary>
    public ArithmeticClass? Class { get; init; }

    /// <summary>What the device declares that it takes; null for anything.</summary>
    public DeviceLimits? Limits { get; init; }

    /// <summary>The dimensions, with m and n no larger than the device takes.</summary>
    public MatmulShape Fit(MatmulShape shape) => Limits?.Fit(shape) ?? shape;

    /// <summary>The seed of the <paramref name="index"/>-th case of a kind; other kinds and other indices are independent.</summary>
    public ulong SeedOf(string kind, int index) => CaseRandom.Derive(Seed, CaseRandom.Word(kind), (ulong)index);

    /// <summary>One of three numbers, by profile.</summary>
    public int Scale(int quick, int release, int certify) => Profile switch
    {
        Profile.Quick => quick,
        Profile.Release => release,
        _ => certify,
    };

    /// <summary>A case of the clause on generated operands, whose seed depends on its kind and its place among the others of the kind.</summary>
    public MatmulCase Matmul(string clause, MatmulShape shape, OperandFamily family, int index = 0)
    {
        ArgumentNullException.ThrowIfNull(family);
        ulong seed = SeedOf($"{clause}/{family.Name}/{shape}", index);
        return new MatmulCase(clause, shape, new GeneratedOperands(family, seed));
    }
}
