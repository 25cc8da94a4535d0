using System.CommandLine;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli;

/// <summary>The options from which a run's cases follow: those that <c>run</c> and <c>list cases</c> share.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string[]> device = new("--device")
    {
        HelpName = "SPEC",
        Description = "a device to judge, repeatable; 'list devices' names the kinds (default: mock, and sim in each arithmetic class)",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> profile = new("--profile") { HelpName = "quick|release|certify", Description = "how much is tried (default: quick)" };

    private readonly Option<string> seed = new("--seed")
    {
        HelpName = "N",
        Description = "the seed from which all cases follow, from 0 to 2^64-1 or hexadecimal behind 0x (default: drawn, and printed)",
    };

    private readonly Option<string> filter = new("--filter") { HelpName = "GLOB", Description = "judge the clauses that match, such as 'MM-*' or MM-3,NUM-? (default: all)" };

    private readonly Option<string> className = new("--class") { HelpName = "NAME", Description = "hold devices to this arithmetic class instead of the one they declare" };

    private readonly Option<string> shard = new("--shard")
    {
        HelpName = "I/N",
        Description = "try the I-th of N parts, I from 1 (default: TEST_SHARD_INDEX from 0 and TEST_TOTAL_SHARDS, or everything)",
    };

    /// <summary>The tensor of real weights.</summary>
    public TensorOptions Tensor { get; } = new();

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[device, profile, seed, filter, className, shard])
        {
            command.Options.Add(option);
        }

        Tensor.AddTo(command);
    }

    /// <summary>What was asked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="host">For environment variables.</param>
    /// <param name="tensor">The open tensor, or null.</param>
    /// <param name="defaultSpecs">The devices where none are named.</param>
    public RunOptions Read(ParseResult parse, CommandHost host, RealTensor? tensor, IReadOnlyList<string> defaultSpecs)
    {
        string[] specs = parse.GetValue(device) ?? [];
        CasePlan plan = new(OptionText.ParseSeed(parse.GetValue(seed)), OptionText.ParseProfile(parse.GetValue(profile)), tensor?.Weights);
        return new RunOptions(plan, [.. (specs.Length > 0 ? specs : defaultSpecs).Select(OptionText.ParseDevice)])
        {
            Filter = OptionText.ParseFilter(parse.GetValue(filter)),
            ClassName = OptionText.ParseClass(parse.GetValue(className)),
            Shard = OptionText.ParseShard(parse.GetValue(shard), host.Variable),
        };
    }
}
