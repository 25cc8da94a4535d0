using System.Diagnostics.CodeAnalysis;

namespace Spanker.Conformance.Reference;

/// <summary>What a device claims about its arithmetic: a class, for f32 the order of its sums, and which exact product it means.</summary>
/// <remarks>CONTRACT NUM-2 and NUM-3. Spelled <c>exact</c>, <c>f32</c>, <c>f32-pairwise</c>, <c>f32-sequential</c>, <c>f32-blocks32</c>,
/// <c>f32-blocks256</c>, <c>subblock-int</c>, <c>f16-accumulate</c>, <c>bf16-accumulate</c>, <c>q8k</c>; the weights are spelled apart.</remarks>
public readonly record struct ArithmeticClaim
{
    private static readonly (string Name, ArithmeticClass Class, SummationOrder Order)[] Spellings =
    [
        ("exact", ArithmeticClass.Exact, SummationOrder.Any),
        ("f32-pairwise", ArithmeticClass.F32, SummationOrder.Pairwise),
        ("f32-blocks32", ArithmeticClass.F32, SummationOrder.Blocks32),
        ("f32-blocks256", ArithmeticClass.F32, SummationOrder.Blocks256),
        ("f32-sequential", ArithmeticClass.F32, SummationOrder.Sequential),
        ("f32", ArithmeticClass.F32, SummationOrder.Any),
        ("subblock-int", ArithmeticClass.SubblockInt, SummationOrder.Any),
        ("q8k", ArithmeticClass.Q8K, SummationOrder.Any),
        ("f16-accumulate", ArithmeticClass.F16Accumulate, SummationOrder.Any),
        ("bf16-accumulate", ArithmeticClass.Bf16Accumulate, SummationOrder.Any),
    ];

    /// <summary>A claim.</summary>
    /// <exception cref="ArgumentException">No class goes by that number, or an order is declared for a class other than f32.</exception>
    public ArithmeticClaim(ArithmeticClass @class, SummationOrder order, WeightDefinition weights)
    {
        if (Array.FindIndex(Spellings, spelling => spelling.Class == @class && spelling.Order == order) < 0)
        {
            throw new ArgumentException($"Class {@class} has no order {order}; only {ArithmeticClass.F32} declares one.", nameof(order));
        }

        Class = @class;
        Order = order;
        Weights = weights;
    }

    /// <summary>The arithmetic class.</summary>
    public ArithmeticClass Class { get; }

    /// <summary>The declared order of the sums; <see cref="SummationOrder.Any"/> for every class but f32.</summary>
    public SummationOrder Order { get; }

    /// <summary>What a weight is worth in the exact product that the claim is about.</summary>
    public WeightDefinition Weights { get; }

    /// <summary>The canonical names, from the tightest class to the widest.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.AsReadOnly(Array.ConvertAll(Spellings, spelling => spelling.Name));

    /// <summary>Every claim about one exact product, in the order of <see cref="Names"/>.</summary>
    public static IEnumerable<ArithmeticClaim> All(WeightDefinition weights) =>
        Spellings.Select(spelling => new ArithmeticClaim(spelling.Class, spelling.Order, weights));

    /// <summary>Reads a canonical name.</summary>
    /// <exception cref="ArgumentException">The name is none of <see cref="Names"/>.</exception>
    public static ArithmeticClaim Parse(string name, WeightDefinition weights) => TryParse(name, weights, out ArithmeticClaim claim)
        ? claim
        : throw new ArgumentException($"'{name}' is no arithmetic class; these are: {string.Join(", ", Names)}.", nameof(name));

    /// <summary>Reads a canonical name, or says that it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, WeightDefinition weights, out ArithmeticClaim claim)
    {
        int index = Array.FindIndex(Spellings, spelling => spelling.Name == name);
        claim = index < 0 ? default : new ArithmeticClaim(Spellings[index].Class, Spellings[index].Order, weights);
        return index >= 0;
    }

    /// <summary>
    /// Whether a result may come from the claimed arithmetic: within the bound of <see cref="ErrorBound.For"/>, for class exact the
    /// correctly rounded value, for an infinite or NaN exact value that value.
    /// </summary>
    /// <exception cref="ArgumentException">The element is an exact product of the other definition.</exception>
    public ElementJudgement Judge(in ExactElement element, float actual)
    {
        if (Class == ArithmeticClass.Exact && Weights == element.Definition)
        {
            return JudgeRounding(element.Value, actual);
        }

        double bound = ErrorBound.For(this, element);
        double error = element.Value.Error(actual);
        if (double.IsPositiveInfinity(bound))
        {
            return new ElementJudgement(Acceptance.NotExercised, error, bound);
        }

        return new ElementJudgement(error <= bound ? Acceptance.Accepted : Acceptance.Rejected, error, bound);
    }

    /// <summary>What class exact says to a result: it asks for nothing but the value. Its bound is always below sum |a_i b_i|, so it is always exercised.</summary>
    public static ElementJudgement JudgeRounding(in ExactValue value, float actual)
    {
        double bound = value.IsFinite ? ErrorBound.UpwardFactor * ExactErrorBound.OfRounding(value) : 0;
        return new ElementJudgement(value.IsCorrectlyRounded(actual) ? Acceptance.Accepted : Acceptance.Rejected, value.Error(actual), bound);
    }

    /// <summary>The canonical name, without the weights.</summary>
    public override string ToString()
    {
        (ArithmeticClass claimed, SummationOrder order) = (Class, Order);
        return Array.Find(Spellings, spelling => spelling.Class == claimed && spelling.Order == order).Name;
    }
}
