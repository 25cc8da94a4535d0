using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>PCT's k: how many steps a schedule of a program has at most.</summary>
/// <remarks>
/// Without a fault the number of steps does not depend on the schedule: each card performs the same operations whatever arrives when, one step each, and
/// there are no timers; any one run has it. With a fault: a card that gives up performs less, a card's timer ends its part and so comes once, each action of the
/// environment comes once, and a doubled frame is taken once more (two steps where the card receives from any source). Scenarios that poll may have longer
/// runs: whoever prints a guarantee compares k with the longest run and withholds it.
/// </remarks>
public static class StepBound
{
    /// <summary>More steps than that are no collective to explore.</summary>
    public const int MostSteps = 1_000_000;

    private const int StepsOfDoubledFrame = 2;

    /// <summary>k of the program that <paramref name="make"/> makes of <paramref name="setup"/>.</summary>
    public static int Of(CollectiveSetup setup, Func<CollectiveSetup, ExploredProgram> make)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(make);
        ThreadMap threads = new(make(setup));
        Execution run = new(make(setup with { Fault = null }), MostSteps);
        run.Run(new ReplayOf(new Schedule([])));
        int beside = threads.Count - threads.TaskCount;
        return run.Steps + beside + (setup.Fault is null ? 0 : StepsOfDoubledFrame);
    }
}
