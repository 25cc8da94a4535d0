using System.CommandLine;
using System.Globalization;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Spectre.Console;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>selftest</c>: judges the zoo, and shows which clause kills what.</summary>
internal sealed class SelftestCommand
{
    private readonly CommandHost host;
    private readonly Option<bool> isJson = new("--json") { Description = "as JSON" };
    private readonly Option<string> seed = new("--seed") { HelpName = "N", Description = "the seed of the cases (default: drawn, and printed)" };
    private readonly Option<string> threads = new("--threads") { HelpName = "N", Description = "cases tried at a time (default: one a processor)" };
    private readonly Option<string[]> family = new("--family")
    {
        HelpName = "NAME",
        Description = "only the devices of a family (bus-card, harmless, ..), repeatable; whether each clause has a fault of its own is then not asked",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> disable = new("--disable")
    {
        HelpName = "CLAUSE",
        Description = "leave out the check of a clause, to see that its absence shows; repeatable",
        Arity = ArgumentArity.OneOrMore,
    };

    private SelftestCommand(CommandHost host) => this.host = host;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        SelftestCommand selftest = new(host);
        Command command = new("selftest", "judge the zoo of faulty and harmless devices; exit 0: as expected, 1: a survivor or an odd verdict")
        {
            selftest.isJson, selftest.seed, selftest.threads, selftest.family, selftest.disable,
        };
        command.SetAction(selftest.Invoke);
        return command;
    }

    private int Invoke(ParseResult parse)
    {
        bool json = parse.GetValue(isJson);
        ulong start = OptionText.ParseSeed(parse.GetValue(seed));
        int threadCount = OptionText.ParseThreads(parse.GetValue(threads), Environment.ProcessorCount);
        HashSet<string> disabled = [.. (parse.GetValue(disable) ?? []).Select(ParseClause)];
        if (!json)
        {
            host.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {start}, {threadCount} threads"));
        }

        string[] families = parse.GetValue(family) ?? [];
        IReadOnlyList<ZooEntry> entries = families.Length == 0 ? ZooCatalog.Everything : [.. families.Distinct().SelectMany(EntriesOf)];
        SelftestResult result = Judge(entries, start, disabled, threadCount, showsProgress: !json)
            ?? throw CommandException.NotJudged("interrupted");
        result = families.Length == 0 ? result : result with { UnguardedClauses = [] };
        if (json)
        {
            SelftestJson.Write(result, host.Output);
        }
        else
        {
            KillMatrix.Write(result, host.Output);
        }

        return host.Cancellation.IsCancellationRequested ? throw CommandException.NotJudged("interrupted; not every device was judged") : result.ExitCode;
    }

    private static IEnumerable<ZooEntry> EntriesOf(string name)
    {
        List<ZooEntry> entries = [.. ZooCatalog.Everything.Where(entry => entry.Family == name)];
        return entries.Count > 0
            ? entries
            : throw CommandException.Usage($"--family {InputText.Quote(name)} is unknown; families are {string.Join(", ", ZooCatalog.Everything.Select(entry => entry.Family).Distinct())}");
    }

    private static string ParseClause(string text)
    {
        Requirement? clause = RequirementCatalogue.Find(text.ToUpperInvariant());
        return clause is not null && CheckCatalogue.Find(clause.Id) is not null
            ? clause.Id
            : throw CommandException.Usage($"--disable '{text}' is no clause that is checked; these are: {string.Join(", ", CheckCatalogue.All.Select(c => c.Clause))}");
    }

    private SelftestResult? Judge(IReadOnlyList<ZooEntry> entries, ulong start, HashSet<string> disabled, int threadCount, bool showsProgress)
    {
        int all = entries.Count;
        if (showsProgress && host.IsTerminal)
        {
            return Terminal.Of(host).Progress().AutoClear(true).Columns(Terminal.Columns).Start(context =>
            {
                ProgressTask task = context.AddTask("zoo", maxValue: all);
                return Run(name =>
                {
                    task.Description = Markup.Escape(name);
                    task.Increment(1);
                });
            });
        }

        int done = 0;
        return Run(name =>
        {
            done++;
            if (showsProgress && (done % 10 == 0 || done == all))
            {
                host.Output.WriteLine($"judged {done} of {all}, last {name}");
            }
        });

        SelftestResult? Run(Action<string> told) => DetachedWork.TryRun(
            post => Selftest.Run(start, disabled, threadCount, name => post(() => told(name)), entries, host.Cancellation), host.Cancellation, out SelftestResult? result)
            ? result
            : null;
    }
}
