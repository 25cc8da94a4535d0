using System.Globalization;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>A strategy as the command line names it: a name, and for some a number behind a colon.</summary>
/// <param name="Name">As <see cref="StrategyCatalogue"/> has it.</param>
/// <param name="Number">Preemptions, delays or PCT's depth; 0 where there is none.</param>
public sealed record StrategyChoice(string Name, int Number = 0)
{
    /// <summary>The most preemptions or delays, and the greatest depth.</summary>
    public const int MostNumber = 16;

    private const int DefaultDepth = 3;

    /// <summary>True if it is to see every trace.</summary>
    public bool IsExhaustive => Name is "exhaustive" or "every-interleaving";

    /// <summary>What keeps it from everything although it had nothing left to try, or null.</summary>
    public string? Budget => Name is "preemptions" or "delays" ? string.Create(CultureInfo.InvariantCulture, $"{Number} {Name}") : null;

    /// <summary>Parses <c>exhaustive</c>, <c>preemptions:2</c>, <c>pct</c>, ..</summary>
    /// <exception cref="FormatException">It is no strategy; the message says what would be one.</exception>
    public static StrategyChoice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', 2);
        string name = parts[0];
        StrategyEntry entry = StrategyCatalogue.All.FirstOrDefault(one => one.Name == name)
            ?? throw new FormatException($"is unknown; strategies are {string.Join(", ", StrategyCatalogue.All.Select(one => one.Form))}");
        if (parts.Length == 1)
        {
            return entry.Number == StrategyNumber.Needed
                ? throw new FormatException($"lacks its number; write {entry.Form} with N from 0 to {MostNumber}")
                : new StrategyChoice(name, entry.Number == StrategyNumber.None ? 0 : DefaultDepth);
        }

        int least = entry.Number == StrategyNumber.Needed ? 0 : 1;
        return entry.Number == StrategyNumber.None
            ? throw new FormatException($"has a number, and {name} takes none")
            : int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= MostNumber
            ? new StrategyChoice(name, number)
            : throw new FormatException($"has no number from {least} to {MostNumber} behind the colon");
    }

    /// <summary>The strategy, from its start.</summary>
    /// <param name="seed">Of samplers.</param>
    /// <param name="steps">PCT's k.</param>
    public Strategy Make(ulong seed, int steps) => Name switch
    {
        "exhaustive" => new SourceDpor(),
        "preemptions" => EveryInterleaving.WithPreemptions(Number),
        "delays" => EveryInterleaving.WithDelays(Number),
        "pct" => new Pct(seed, Number, Math.Max(steps, Number)),
        "pos" => new PartialOrderSampling(seed),
        "random" => new RandomWalk(seed),
        _ => EveryInterleaving.All(),
    };

    /// <summary>As the command line writes it.</summary>
    public override string ToString() => Name is "preemptions" or "delays" or "pct" ? string.Create(CultureInfo.InvariantCulture, $"{Name}:{Number}") : Name;
}
