using System.CommandLine;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli;

/// <summary>The options of <c>explore</c> that say what is explored.</summary>
internal sealed class ExploreOptions
{
    private const int MostCards = 16;
    private const int MostChunks = 16;
    private const int MostCredits = 16;

    private readonly Option<string?> algorithm = new("--algorithm") { HelpName = "direct|ring|tree|doubling", Description = "what each card does (default: direct, or ring to gather)" };
    private readonly Option<string?> collective = new("--collective") { HelpName = "all-reduce|all-gather", Description = "what the cards do together (default: all-reduce)" };
    private readonly Option<string?> operation = new("--operation") { HelpName = "sum|max|min|avg", Description = "how values are combined (default: sum)" };
    private readonly Option<string?> scenario = new("--scenario") { HelpName = "NAME", Description = "what happens around it (default: plain)" };
    private readonly Option<string?> cards = new("--cards") { HelpName = "N", Description = "1 to 16 cards (default: 3)" };
    private readonly Option<string?> chunks = new("--chunks") { HelpName = "N", Description = "frames that each piece of a buffer takes (default: 2)" };
    private readonly Option<string?> credits = new("--credits") { HelpName = "N", Description = "frames that a link holds (default: 1)" };
    private readonly Option<string?> faults = new("--faults") { HelpName = "SPEC", Description = "none, each, or faults such as drop:0-1:2 with commas between (default: none)" };
    private readonly Option<string?> strategy = new("--strategy") { HelpName = "NAME", Description = "which schedules are tried, as 'list strategies' spells them (default: exhaustive)" };
    private readonly Option<string?> schedules = new("--schedules") { HelpName = "N", Description = "at most so many, for each fault and kind of data (default: 100000)" };
    private readonly Option<string?> seed = new("--seed") { HelpName = "N", Description = "of samplers: the same seed tries the same schedules (default: drawn, and printed)" };
    private readonly Option<string?> data = new("--data") { HelpName = "exact|cancelling|special|all", Description = "what the buffers hold (default: all, one after another)" };
    private readonly Option<bool> determinism = new("--determinism") { Description = "run each schedule twice and compare every step" };
    private readonly Option<string?> replay = new("--replay") { HelpName = "SCHEDULE", Description = "run this schedule, and no other" };

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[algorithm, collective, operation, scenario, cards, chunks, credits, faults, strategy, schedules, seed, data, determinism, replay])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was asked for.</summary>
    public ExploreRequest Read(ParseResult parse)
    {
        bool gathers = Named(parse.GetValue(collective), "--collective", ["all-reduce", "all-gather"]) == "all-gather";
        IReadOnlyList<ICollectiveAlgorithm> algorithms = gathers ? CollectiveAlgorithms.AllGather : CollectiveAlgorithms.AllReduce;
        string wanted = Named(parse.GetValue(algorithm), "--algorithm", [.. algorithms.Select(one => one.Name)]);
        string scenarioName = Named(parse.GetValue(scenario), "--scenario", [.. ExplorationScenarios.Names]);
        CollectiveSetup setup = new(
            CollectiveAlgorithms.Find(wanted, gathers)!,
            Whole(parse.GetValue(cards), "--cards", 3, MostCards),
            Whole(parse.GetValue(chunks), "--chunks", 2, MostChunks),
            Whole(parse.GetValue(credits), "--credits", 1, MostCredits))
        {
            Operation = Enum.Parse<ReduceOperation>(Named(parse.GetValue(operation), "--operation", ["sum", "max", "min", "avg"]), ignoreCase: true),
        };
        ExploredProgram Program(CollectiveSetup of) => ExplorationScenarios.Build(scenarioName, of)!;
        Schedule? schedule = parse.GetValue(replay) is string text ? Read("--replay", text, Parsed) : null;
        if (schedule is { Threads.Count: 0 })
        {
            throw CommandException.Usage("--replay '': no step; write a schedule that a finding printed, such as 3a2bc");
        }

        string faultText = parse.GetValue(faults) ?? "none";
        ExplorationPlan plan = new(setup, Program, Read("--strategy", parse.GetValue(strategy) ?? "exhaustive", StrategyChoice.Parse))
        {
            Faults = faultText == "each" ? [.. FaultPlan.Each(Program(setup))] : Read("--faults", faultText, FaultPlan.Parse),
            Seed = OptionText.ParseSeed(parse.GetValue(seed)),
            Data = Data(parse.GetValue(data)),
            MostSchedules = parse.GetValue(schedules) is string most ? checked((long)InputText.Whole(most, "--schedules", least: 1, greatest: long.MaxValue)) : ExplorationPlan.DefaultMostSchedules,
            CheckDeterminism = parse.GetValue(determinism),
            Replay = schedule,
        };
        RequireLinks(setup, plan.Faults);
        RequireThreads(plan);
        return schedule is not null && plan.Faults.Count > 1
            ? throw CommandException.Usage("--replay: a schedule belongs to one fault; give it with --faults, such as drop:0-1:2")
            : new ExploreRequest(plan, gathers ? "all-gather" : "all-reduce", scenarioName, faultText);
    }

    private static void RequireLinks(CollectiveSetup setup, IReadOnlyList<LinkFault?> faults)
    {
        HashSet<(int From, int To)> links = [.. setup.Algorithm.Links(setup.Cards)];
        if (faults.Count == 0 || (links.Count == 0 && faults.Any(fault => fault is not null)))
        {
            throw CommandException.Usage("--faults: one card has no link; take --cards 2 or more");
        }

        if (faults.FirstOrDefault(fault => fault is not null && !links.Contains((fault.From, fault.To))) is LinkFault stranger)
        {
            string known = string.Join(", ", links.Order().Select(link => FormattableString.Invariant($"{link.From}-{link.To}")));
            throw CommandException.Usage(FormattableString.Invariant(
                $"--faults '{stranger}': {setup.Algorithm.Name} over {setup.Cards} cards has no link {stranger.From}-{stranger.To}; it has {known}"));
        }
    }

    private static void RequireThreads(ExplorationPlan plan)
    {
        try
        {
            foreach (LinkFault? fault in plan.Faults)
            {
                _ = new ThreadMap(plan.Program(plan.Setup with { Fault = fault }));
            }
        }
        catch (ArgumentException tooMany)
        {
            throw CommandException.Usage($"--cards {plan.Setup.Cards}: {tooMany.Message.Split(" (Parameter", 2)[0]}", tooMany);
        }
    }

    private static Schedule Parsed(string text)
    {
        try
        {
            return Schedule.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new FormatException("is no schedule: " + wrong.Message, wrong);
        }
    }

    private static int Whole(string? text, string option, int otherwise, int greatest) =>
        text is null ? otherwise : (int)InputText.Whole(text, option, least: 1, (ulong)greatest);

    /// <summary>One of the names; the first where none was given.</summary>
    private static string Named(string? text, string option, string[] names) => text is null
        ? names[0]
        : names.Contains(text)
        ? text
        : throw CommandException.Usage($"{option} {InputText.Quote(text)} is unknown; there are {string.Join(", ", names)}");

    private static CollectiveDataKind[] Data(string? text)
    {
        string[] names = [.. Enum.GetNames<CollectiveDataKind>().Select(name => name.ToLowerInvariant())];
        string named = Named(text, "--data", ["all", .. names]);
        return named == "all" ? Enum.GetValues<CollectiveDataKind>() : [(CollectiveDataKind)Array.IndexOf(names, named)];
    }

    private static T Read<T>(string option, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException wrong)
        {
            throw CommandException.Usage($"{option} {InputText.Quote(text)} {wrong.Message}", wrong);
        }
    }
}
