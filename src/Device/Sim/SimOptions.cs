using System.Globalization;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>What a simulated Sail is asked to be: <c>class=f32,order=pairwise,fma=true,cards=4</c>, in any order, each at most once.</summary>
/// <remarks>
/// <c>order</c> and <c>fma</c> belong to class f32. <c>weights</c> chooses between the two exact products (CONTRACT NUM-2) in class exact;
/// every other class means one of them, and naming the other is refused.
/// </remarks>
public sealed record SimOptions
{
    /// <summary>The most Sails that may be asked for.</summary>
    public const int SailLimit = 256;

    private const string HostCollective = "host";
    private const string CardsRun = "ring";

    private const string Form =
        "class=exact|f32|subblock-int|f16-accumulate|bf16-accumulate|q8k, order=sequential|pairwise|blocks32|blocks256, "
        + "weights=exact|f32, fma=true|false, cards=0..256, collective=host|direct|ring|doubling|tree";

    /// <summary>The arithmetic class.</summary>
    public ArithmeticClass Class { get; init; } = ArithmeticClass.F32;

    /// <summary>The order in which class f32 adds; what is done is what is declared.</summary>
    public SummationOrder Order { get; init; } = SummationOrder.Sequential;

    /// <summary>The weights that class exact means.</summary>
    public WeightDefinition Weights { get; init; } = WeightDefinition.RoundedToBinary32;

    /// <summary>Whether class f32 fuses a product with the addition that follows it.</summary>
    public bool Fma { get; init; }

    /// <summary>The most Sails of a topology.</summary>
    public int Sails { get; init; } = MockSail.DefaultSails;

    /// <summary>The algorithm that cards run over their links; null if the host folds as upstream's mock does.</summary>
    public string? Collective { get; init; }

    /// <summary>The options of a class, all others as they are when not named.</summary>
    public static SimOptions Of(ArithmeticClass arithmetic) => new() { Class = arithmetic, Weights = NaturalWeights(arithmetic) };

    /// <summary>Reads options from text; the empty text is class f32.</summary>
    /// <exception cref="FormatException">In one line, what was wrong and what would be right.</exception>
    public static SimOptions Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Dictionary<string, string> given = Split(text);
        ArithmeticClass arithmetic = given.TryGetValue("class", out string? name) ? ParseClass(name) : ArithmeticClass.F32;
        SimOptions options = Of(arithmetic);
        foreach ((string key, string value) in given)
        {
            options = key switch
            {
                "class" => options,
                "order" => options with { Order = ParseOrder(arithmetic, value) },
                "weights" => options with { Weights = ParseWeights(arithmetic, value) },
                "fma" => options with { Fma = ParseFma(arithmetic, value) },
                "cards" => options with { Sails = ParseSails(value), Collective = given.ContainsKey("collective") ? options.Collective : CardsRun },
                "collective" => options with { Collective = ParseCollective(value) },
                _ => throw new FormatException($"sim has no option '{key}'; it takes {Form}"),
            };
        }

        return options;
    }

    /// <summary>The class's name as it is written in options: f32, subblock-int, ..</summary>
    public static string NameOf(ArithmeticClass arithmetic) => arithmetic switch
    {
        ArithmeticClass.Exact => "exact",
        ArithmeticClass.F32 => "f32",
        ArithmeticClass.SubblockInt => "subblock-int",
        ArithmeticClass.F16Accumulate => "f16-accumulate",
        ArithmeticClass.Bf16Accumulate => "bf16-accumulate",
        ArithmeticClass.Q8K => "q8k",
        _ => throw new ArgumentOutOfRangeException(nameof(arithmetic), arithmetic, "not an arithmetic class"),
    };

    /// <summary>The canonical text: the class first, then what differs from the class's own defaults.</summary>
    public override string ToString()
    {
        SimOptions plain = Of(Class);
        List<string> parts = ["class=" + NameOf(Class)];
        if (Order != plain.Order)
        {
            parts.Add("order=" + NameOf(Order));
        }

        if (Weights != plain.Weights)
        {
            parts.Add("weights=" + (Weights == WeightDefinition.Rational ? "exact" : "f32"));
        }

        if (Fma)
        {
            parts.Add("fma=true");
        }

        // Cards that are asked for run the ring unless something else is said.
        bool namesCards = Sails != plain.Sails || Collective is not null;
        if (namesCards)
        {
            parts.Add("cards=" + Sails.ToString(CultureInfo.InvariantCulture));
        }

        if (namesCards && Collective != CardsRun)
        {
            parts.Add("collective=" + (Collective ?? HostCollective));
        }

        return string.Join(',', parts);
    }

    /// <summary>The weights that a class means when nothing is said.</summary>
    private static WeightDefinition NaturalWeights(ArithmeticClass arithmetic) => arithmetic switch
    {
        ArithmeticClass.Exact or ArithmeticClass.SubblockInt or ArithmeticClass.Q8K => WeightDefinition.Rational,
        _ => WeightDefinition.RoundedToBinary32,
    };

    private static string NameOf(SummationOrder order) => order switch
    {
        SummationOrder.Sequential => "sequential",
        SummationOrder.Pairwise => "pairwise",
        SummationOrder.Blocks32 => "blocks32",
        SummationOrder.Blocks256 => "blocks256",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "not an order that a simulated Sail adds in"),
    };

    private static Dictionary<string, string> Split(string text)
    {
        Dictionary<string, string> given = [];
        if (text.Length == 0)
        {
            return given;
        }

        foreach (string part in text.Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new FormatException($"sim option '{part}' is not of the form key=value; it takes {Form}");
            }

            if (!given.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                throw new FormatException($"sim option '{part[..equals]}' is given twice; name it once");
            }
        }

        return given;
    }

    private static ArithmeticClass ParseClass(string value)
    {
        foreach (ArithmeticClass arithmetic in Enum.GetValues<ArithmeticClass>())
        {
            if (NameOf(arithmetic) == value)
            {
                return arithmetic;
            }
        }

        throw new FormatException(
            $"sim has no class '{value}'; classes are exact, f32, subblock-int, f16-accumulate, bf16-accumulate, q8k");
    }

    private static SummationOrder ParseOrder(ArithmeticClass arithmetic, string value)
    {
        RequireF32("order", arithmetic);
        return value switch
        {
            "sequential" => SummationOrder.Sequential,
            "pairwise" => SummationOrder.Pairwise,
            "blocks32" => SummationOrder.Blocks32,
            "blocks256" => SummationOrder.Blocks256,
            _ => throw new FormatException($"sim has no order '{value}'; orders are sequential, pairwise, blocks32, blocks256"),
        };
    }

    private static WeightDefinition ParseWeights(ArithmeticClass arithmetic, string value)
    {
        WeightDefinition weights = value switch
        {
            "exact" => WeightDefinition.Rational,
            "f32" => WeightDefinition.RoundedToBinary32,
            _ => throw new FormatException($"sim has no weights '{value}'; weights are exact (rational) or f32 (rounded to binary32 first)"),
        };
        if (arithmetic != ArithmeticClass.Exact && weights != NaturalWeights(arithmetic))
        {
            string natural = NaturalWeights(arithmetic) == WeightDefinition.Rational ? "exact" : "f32";
            throw new FormatException($"sim class {NameOf(arithmetic)} means weights={natural}; only class=exact has the choice");
        }

        return weights;
    }

    private static bool ParseFma(ArithmeticClass arithmetic, string value)
    {
        RequireF32("fma", arithmetic);
        return value switch
        {
            "true" => true,
            "false" => false,
            _ => throw new FormatException($"sim option fma is '{value}'; it takes true or false"),
        };
    }

    private static string? ParseCollective(string value) => value switch
    {
        HostCollective => null,
        _ when CollectiveAlgorithms.Find(value, gathers: false) is not null => value,
        _ => throw new FormatException($"collective={value} is none of {HostCollective}, {string.Join(", ", CollectiveAlgorithms.AllReduce.Select(known => known.Name))}"),
    };

    private static int ParseSails(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int sails) && sails <= SailLimit
            ? sails
            : throw new FormatException($"sim option cards is '{value}'; it takes a whole number from 0 to {SailLimit}");

    private static void RequireF32(string key, ArithmeticClass arithmetic)
    {
        if (arithmetic != ArithmeticClass.F32)
        {
            throw new FormatException($"sim option {key} belongs to class f32 and means nothing in class {NameOf(arithmetic)}; leave it out");
        }
    }
}
