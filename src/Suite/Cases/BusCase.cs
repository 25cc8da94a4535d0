using System.Globalization;

namespace Spanker.Conformance.Suite;

/// <summary>What a master of the suite's own does at a card's pins.</summary>
public enum BusScenario
{
    /// <summary>Looks at the widths, and does nothing.</summary>
    Shape,

    /// <summary>Random writes and reads that keep generation A.</summary>
    Traffic,

    /// <summary>Every length of INCR and FIXED that generation A has, written and read back.</summary>
    Lengths,

    /// <summary>Beats that are narrower than the bus.</summary>
    Narrow,

    /// <summary>More requests offered than may be outstanding, several of one id.</summary>
    Offers,

    /// <summary>Every AxPROT with every AxQOS.</summary>
    Attributes,

    /// <summary>Resets while something is outstanding.</summary>
    Resets,

    /// <summary>What the card says of its memory and of its last transactions.</summary>
    State,

    /// <summary>A recorded sequence, printed as JSON, read back and done again.</summary>
    Replay,
}

/// <summary>Traffic at a card's pins.</summary>
/// <param name="Clause">The clause that the case is about.</param>
/// <param name="Scenario">What is done.</param>
/// <param name="Pace">How the master takes its time (<see cref="Bus.BusPace"/>).</param>
/// <param name="Requests">How many requests, at most.</param>
/// <param name="Seed">From what they are made.</param>
public sealed record BusCase(string Clause, BusScenario Scenario, int Pace, int Requests, ulong Seed) : Case(Clause)
{
    /// <summary>The most requests of a case.</summary>
    public const int MostRequests = 100_000;

    /// <inheritdoc/>
    public override string ShapeText => string.Create(CultureInfo.InvariantCulture, $"requests={Requests}");

    /// <inheritdoc/>
    protected override string TokenBody => string.Create(CultureInfo.InvariantCulture, $"bus-{Scenario.ToString().ToLowerInvariant()}-t{Pace}-r{Requests}-s{Seed:x}");
}
