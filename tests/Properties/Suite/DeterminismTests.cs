using System.Globalization;
using System.Text;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

public sealed class DeterminismTests
{
    private static readonly string[] Specs =
        ["sim", "sim:class=q8k", "mock", "fault:transposed", "fault:order-alternates", "fault:high-scale-bits-lost", "fault:nan-propagated", "fault:topology-self-link"];

    [Fact]
    public void One_seed_gives_the_same_results_in_every_field_at_1_and_at_2_threads()
    {
        string atOne = Describe(seed: 7, threads: 1);
        string atTwo = Describe(seed: 7, threads: 2);
        Assert.Contains("Deviates", atOne, StringComparison.Ordinal);
        Assert.Equal(atOne, atTwo);
    }

    [Fact]
    public void Another_seed_gives_other_operands_to_every_case_that_has_any()
    {
        HashSet<string> ofOne = [.. Tokens(seed: 1)];
        Assert.Equal(ofOne, Tokens(seed: 1).ToHashSet());

        // What is left over has no seed: topologies, control nodes, the widths of a bus, explorations, a scheduler's rates, and tiles and transfers at its edges.
        Assert.All(
            Tokens(seed: 2).Where(ofOne.Contains),
            token => Assert.Matches(@"^(top1-g1-mesh-c\d+|drv\d+-g1-node|axi1-g1-bus-shape-t0-r0-s0|col10-g1-explore-.+|sch1-g1-rates|sch[23]-g1-(tile|transfer)-.+)$", token));
        Assert.Contains(Tokens(seed: 2), token => token.StartsWith("sch3-g1-tile-", StringComparison.Ordinal) && !ofOne.Contains(token));
    }

    [Fact]
    public void Two_cases_of_one_run_have_seeds_of_their_own()
    {
        ulong[] seeds =
        [
            .. CheckCatalogue.All.SelectMany(check => check.Cases(new CasePlan(1, Profile.Quick) { MaxSails = 8 }))
                .OfType<MatmulCase>().Where(c => c.Clause is "MM-2" or "MM-13" or "NUM-3").Select(c => ((GeneratedOperands)c.Data).Seed),
        ];
        Assert.Distinct(seeds);
    }

    private static IEnumerable<string> Tokens(ulong seed) =>
        CheckCatalogue.All.SelectMany(check => check.Cases(new CasePlan(seed, Profile.Quick) { MaxSails = 8 })).Select(tried => tried.Token);

    private static string Describe(ulong seed, int threads)
    {
        RunOptions options = new(new CasePlan(seed, Profile.Quick), [.. Specs.Select(DeviceCatalog.Resolve)])
        {
            Filter = new ClauseFilter("MM-1,MM-3,MM-8,MM-12,MM-13,MM-16,NUM-3,COL-7,TOP-1,DRV-*"),
            Threads = threads,
        };
        RunResult result = ConformanceRun.Run(options);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{result.ExitCode} {result.IsComplete} {result.Canary}\n");
        foreach (DeviceResult d in result.Devices)
        {
            text.Append(CultureInfo.InvariantCulture, $"{d.Spec} {d.Name} {d.Outcome} {d.ClaimedClass} {d.MetClass} {d.WorstErrorOverBound:R} {d.IsComplete} {d.CasesTried}\n");
            foreach (RequirementResult r in d.Requirements)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {r.Requirement.Id} {r.Outcome} {r.Cases} [{string.Join('|', r.Reached)}] {r.Reason}\n");
            }

            foreach (Failure f in d.Failures)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {f.Clause} {f.Case.Token} {f.Original.Token} {f.Where} {f.CasesBroken} {f.CasesToFind} ");
                text.Append(CultureInfo.InvariantCulture, $"{f.Deviation.Message} {f.Deviation.Expected} {f.Deviation.Actual} {f.Deviation.Element} ");
                text.AppendJoin('|', f.Deviation.Neighbourhood).Append('\n');
            }
        }

        return text.ToString();
    }
}
