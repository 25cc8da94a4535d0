using System.Text.Json;
using System.Text.RegularExpressions;
using Spanker.Conformance.Tests.Support;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary><c>explore</c> and <c>list strategies</c> on the command line.</summary>
public sealed partial class ExploreTests
{
    private static readonly string[] TwoCards = ["explore", "--algorithm", "direct", "--cards", "2", "--chunks", "1", "--seed", "1", "--data", "exact"];

    [Fact]
    public Task A_clean_exploration_says_what_was_reached_and_what_was_not()
    {
        CliCall call = CliCall.Of("explore", "--seed", "1");

        Assert.Equal((0, string.Empty), (call.ExitCode, call.Error));
        VerifySettings settings = new();
        settings.UseDirectory(RepositoryRoot.File("golden/reports"));
        settings.UseFileName("explore-clean");
        return Verifier.Verify(Took().Replace(call.Output, "in N s (N a second)"), settings);
    }

    [Fact]
    public void A_gather_from_any_source_of_three_cards_and_two_chunks_has_four_traces()
    {
        // (N - 1)!^C.
        using var json = JsonDocument.Parse(CliCall.Of("explore", "--cards", "3", "--chunks", "2", "--json").Output);

        Assert.Equal(4, json.RootElement.GetProperty("traces").GetInt64());
        Assert.Equal(3 * 4, json.RootElement.GetProperty("schedules").GetInt64());
        Assert.True(json.RootElement.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public void The_keys_of_the_JSON_are_those_that_scripts_rely_on_and_in_their_order()
    {
        using var json = JsonDocument.Parse(CliCall.Of([.. TwoCards, "--json"]).Output);

        Assert.Equal(
            ["algorithm", "cards", "chunks", "credits", "faults", "strategy", "schedules", "traces", "complete", "limit", "outcome", "finding"],
            json.RootElement.EnumerateObject().Select(member => member.Name).Take(12));
    }

    [Fact]
    public void The_JSON_of_a_seed_is_the_same_bytes_each_time()
    {
        string[] args = ["explore", "--strategy", "pos", "--schedules", "50", "--seed", "7", "--faults", "each", "--cards", "2", "--json"];

        Assert.Equal(CliCall.Of(args).Output, CliCall.Of(args).Output);
    }

    [Fact]
    public void A_limit_that_was_hit_voids_the_word_exhaustive()
    {
        CliCall call = CliCall.Of("explore", "--schedules", "3", "--seed", "1");

        Assert.Equal(0, call.ExitCode);
        Assert.EndsWith(": nothing found; not exhaustive, limit: 3 schedules\n", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_that_was_worked_out_by_hand_replays_step_by_step()
    {
        CliCall call = CliCall.Of([.. TwoCards, "--replay", "2b5a2b"]);

        Assert.Equal(0, call.ExitCode);
        Assert.Contains(
            """
                   card 0      card 1
                1  |           *            take credit link 1->0
                2  |<----------*            send link 1->0
                3  *           |            receive any at inbox of 0
                4  *           |            receive link 1->0
                5  *           |            return credit link 1->0
                6  *           |            take credit link 0->1
                7  *---------->|            send link 0->1
                8  |           *            receive link 0->1
                9  |           *            return credit link 0->1

            """,
            call.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void PCT_prints_the_numbers_of_its_guarantee()
    {
        // Nine operations of two tasks, as the schedule above counts them: p = 1 / (2 * 9), (17/18)^100 = 0.003293.
        CliCall call = CliCall.Of([.. TwoCards, "--strategy", "pct:2", "--schedules", "100"]);

        Assert.Equal("n 2, k 9, d 2, runs 100; p 5.556e-2 a run, epsilon 3.293e-3: a bug of depth 2 is missed no more often than that", call.Field("pct:"));
    }

    [Fact]
    public void A_diagram_is_written_as_the_picture_that_its_name_asks_for()
    {
        using TemporaryFolder folder = new();

        CliCall.Of([.. TwoCards, "--replay", "2b5a2b", "--diagram", folder.File("run.svg")]);

        string svg = File.ReadAllText(folder.File("run.svg"));
        Assert.StartsWith("<svg xmlns=", svg, StringComparison.Ordinal);
        Assert.Equal(9, Regex.Count(svg, "<circle "));
    }

    [Fact]
    public void An_exploration_that_is_cancelled_before_it_begins_is_incomplete()
    {
        CliCall call = CliCall.With(variables: [], new CancellationToken(canceled: true), "explore");

        Assert.Equal((3, "spanker-conformance explore: interrupted; what was explored by then stands, marked as incomplete\n"), (call.ExitCode, call.Error));
    }

    [Fact]
    public void Every_strategy_that_is_listed_can_be_asked_for()
    {
        string[] forms = [.. CliCall.Of("list", "strategies").Lines.Select(line => line.Split(' ')[0])];

        Assert.NotEmpty(forms);
        Assert.All(forms, form => Assert.Equal(
            0, CliCall.Of([.. TwoCards, "--schedules", "5", "--strategy", form.Replace("[:D]", string.Empty, StringComparison.Ordinal).Replace(":N", ":1", StringComparison.Ordinal)]).ExitCode));
    }

    [GeneratedRegex(@"in \d+\.\d s \(\d+ a second\)")]
    private static partial Regex Took();
}
