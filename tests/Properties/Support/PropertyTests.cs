using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>A property's failures are seen, shrunk and replayable: a harness that cannot fail proves nothing.</summary>
[Collection(nameof(PropertySpecimens))]
public sealed class PropertyTests
{
    private const int Threshold = PropertySpecimens.Threshold;

    [Fact]
    public async Task A_property_that_holds_passes_after_a_hundred_tests()
    {
        PropertySpecimens.Calls = 0;
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Holds));
        Assert.True(outcome.HasPassed, outcome.Message);
        Assert.Equal(100, PropertySpecimens.Calls);
    }

    [Theory]
    [InlineData(nameof(PropertySpecimens.Fails_from_the_threshold_on), "(value: 30, bytes: [])")]
    [InlineData(nameof(PropertySpecimens.Throws_from_the_threshold_on), "(value: 30)")]
    [InlineData(nameof(PropertySpecimens.Throws_later), "(value: 30)")]
    [InlineData(nameof(PropertySpecimens.Is_false_later), "(value: 30)")]
    [InlineData(nameof(PropertySpecimens.Is_a_false_property), "(value: 30)")]
    [InlineData(nameof(PropertySpecimens.Fails_in_parallel), "(value: 30)")]
    public async Task A_false_property_fails_and_shrinks_to_the_least_counterexample(string specimen, string least)
    {
        TestOutcome outcome = await Run(specimen);
        Assert.False(outcome.HasPassed);
        Assert.Equal(least, outcome.Line("Shrunk"));
    }

    [Theory]
    [InlineData(nameof(PropertySpecimens.Throws_from_the_threshold_on))]
    [InlineData(nameof(PropertySpecimens.Throws_later))]
    public async Task The_exception_that_falsified_is_reported_for_the_shrunk_arguments(string specimen)
    {
        TestOutcome outcome = await Run(specimen);
        Assert.Equal(["FsCheck.Xunit.PropertyFailedException", "System.InvalidOperationException"], outcome.ExceptionTypes);
        Assert.Equal($"too large: {Threshold}", outcome.Messages[1]);
    }

    [Fact]
    public async Task Arguments_are_written_as_a_reader_can_retype_them()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Fails_on_arguments_of_many_kinds));
        Assert.Equal("(words: \"a\\\"\\n\\u0001\", pair: (0.5, null), parts: [-1, 2], isSet: true, letter: 'x')", outcome.Line("Original"));
    }

    [Fact]
    public async Task The_original_arguments_are_reported_beside_the_shrunk_ones()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Throws_from_the_threshold_on));
        int original = int.Parse(outcome.Line("Original")["(value: ".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(original, Threshold, int.MaxValue);
    }

    [Fact]
    public async Task A_failing_label_is_reported()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Is_a_false_property));
        Assert.Equal("below the threshold", outcome.Line("Labels"));
    }

    [Fact]
    public async Task A_property_without_arguments_can_fail()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Fails_without_arguments));
        Assert.False(outcome.HasPassed);
    }

    [Theory]
    [InlineData(nameof(PropertySpecimens.Fails_from_the_threshold_on))]
    [InlineData(nameof(PropertySpecimens.Throws_later))]
    [InlineData(nameof(PropertySpecimens.Fails_in_parallel))]
    public async Task The_printed_replay_gives_the_same_counterexample_at_the_first_test(string specimen)
    {
        TestOutcome outcome = await Run(specimen);
        TestOutcome again = await Replayed(specimen, outcome.Replay);
        Assert.Equal(
            ("Falsified after 1 test", outcome.Line("Original"), outcome.Line("Shrunk"), outcome.Line("Replay")),
            (again.Message[..22], again.Line("Original"), again.Line("Shrunk"), again.Line("Replay")));
    }

    [Fact]
    public async Task A_replay_with_a_size_runs_one_step_and_its_shrinks()
    {
        PropertySpecimens.Seen.Clear();
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Repeats_one_step));
        Assert.StartsWith("Falsified after 1 test ", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_from_one_seed_report_the_same_words()
    {
        TestOutcome first = await Run(nameof(PropertySpecimens.Throws_later));
        TestOutcome second = await Run(nameof(PropertySpecimens.Throws_later));
        Assert.Equal(first.Message, second.Message);
    }

    [Fact]
    public async Task A_replay_without_a_size_draws_what_FsCheck_itself_draws_from_that_seed()
    {
        PropertySpecimens.Seen.Clear();
        await Run(nameof(PropertySpecimens.Repeats_a_run));
        List<int> drawnByFsCheck = [];
        FsCheck.Fluent.Prop.ForAll<int>(drawnByFsCheck.Add).Check(Config.QuickThrowOnFailure.WithReplay(42, 11400714819323198485));
        Assert.Equal(drawnByFsCheck, PropertySpecimens.Seen);
    }

    [Theory]
    [InlineData(nameof(PropertySpecimens.Has_half_a_replay), "expected \"(seed,gamma)\" or \"(seed,gamma,size)\"")]
    [InlineData(nameof(PropertySpecimens.Has_an_even_gamma), "gamma must be odd")]
    [InlineData(nameof(PropertySpecimens.Would_never_run), "MaxTest = 0; it must be at least 1")]
    [InlineData(nameof(PropertySpecimens.Returns_a_number), "returns Int32")]
    [InlineData(nameof(PropertySpecimens.Is_async_void), "is async void")]
    public async Task A_misused_property_fails_and_says_why(string specimen, string reason)
    {
        TestOutcome outcome = await Run(specimen);
        Assert.False(outcome.HasPassed);
        Assert.Contains(reason, outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_property_whose_precondition_rejects_everything_fails_as_exhausted()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Rejects_everything));
        Assert.False(outcome.HasPassed);
        Assert.StartsWith("Exhausted after 0 tests", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MaxRejected_bounds_how_many_arguments_may_be_rejected()
    {
        PropertySpecimens.Calls = 0;
        await Run(nameof(PropertySpecimens.Rejects_everything_with_few_allowed));
        Assert.InRange(PropertySpecimens.Calls, 7, 8);
    }

    [Fact]
    public async Task MaxTest_is_how_often_the_property_runs()
    {
        PropertySpecimens.Calls = 0;
        await Run(nameof(PropertySpecimens.Runs_seventeen_times));
        Assert.Equal(17, PropertySpecimens.Calls);
    }

    [Fact]
    public async Task Parallelism_lets_calls_overlap()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Meets_another_call));
        Assert.True(outcome.HasPassed, outcome.Message);
    }

    [Fact]
    public async Task Sizes_stay_between_StartSize_and_EndSize()
    {
        PropertySpecimens.Seen.Clear();
        await Run(nameof(PropertySpecimens.Sees_sizes_of_three_to_five));
        Assert.Equal([3, 4, 5], PropertySpecimens.Seen.Distinct().Order());
    }

    [Fact]
    public async Task The_first_Arbitrary_for_a_type_wins()
    {
        PropertySpecimens.Seen.Clear();
        await Run(nameof(PropertySpecimens.Sees_sevens));
        Assert.Equal([7], PropertySpecimens.Seen.Distinct());
    }

    [Fact]
    public async Task A_verbose_property_writes_each_of_its_arguments()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Is_verbose));
        Assert.Equal(3, outcome.Output.Split('\n').Count(line => line.StartsWith("test ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_passing_property_writes_the_seed_that_it_started_from()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Holds));
        Assert.Matches(@"^Passed 100 tests\. Seed: SPANKER_PROPERTY_SEED=\d+, start \(\d+,\d+\)\n$", outcome.Output);
    }

    [Fact]
    public async Task A_quiet_property_writes_nothing_when_it_passes()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Is_quiet));
        Assert.Equal(string.Empty, outcome.Output);
    }

    [Fact]
    public async Task Classes_of_arguments_are_written_with_their_share()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Is_classified));
        Assert.Matches(@"\n *\d+% was true\n", outcome.Output);
    }

    [Fact]
    public async Task The_test_s_own_output_comes_before_the_report()
    {
        TestOutcome outcome = await Run(nameof(PropertySpecimens.Writes_output));
        Assert.Matches(@"^(saw (a negative|another) value\r?\n){2}Passed 2 tests\.", outcome.Output);
    }

    [Fact]
    public async Task Properties_on_the_class_supply_defaults()
    {
        PropertyDefaultSpecimens.Seen.Clear();
        await TestHarness.RunOne(typeof(PropertyDefaultSpecimens), nameof(PropertyDefaultSpecimens.Follows_the_class));
        Assert.Equal([7, 7, 7, 7, 7], PropertyDefaultSpecimens.Seen);
    }

    [Fact]
    public async Task What_a_property_says_itself_wins_over_its_class()
    {
        PropertyDefaultSpecimens.Seen.Clear();
        await TestHarness.RunOne(typeof(PropertyDefaultSpecimens), nameof(PropertyDefaultSpecimens.Overrides_the_class));
        Assert.Equal([9, 9], PropertyDefaultSpecimens.Seen);
    }

    [Fact]
    public async Task An_inner_class_wins_over_the_enclosing_one_and_inherits_the_rest()
    {
        PropertyDefaultSpecimens.Inner.Seen.Clear();
        await TestHarness.RunOne(typeof(PropertyDefaultSpecimens.Inner), nameof(PropertyDefaultSpecimens.Inner.Follows_both_classes));
        Assert.Equal([7, 7, 7], PropertyDefaultSpecimens.Inner.Seen);
    }

    [Fact]
    public async Task The_class_of_a_property_is_disposed_once()
    {
        PropertyDefaultSpecimens.Inner.Disposals = 0;
        await TestHarness.RunOne(typeof(PropertyDefaultSpecimens.Inner), nameof(PropertyDefaultSpecimens.Inner.Follows_both_classes));
        Assert.Equal(1, PropertyDefaultSpecimens.Inner.Disposals);
    }

    private static async Task<TestOutcome> Replayed(string specimen, string replay)
    {
        ReplayableAttribute.Pasted = replay;
        try
        {
            return await Run(specimen);
        }
        finally
        {
            ReplayableAttribute.Pasted = null;
        }
    }

    private static Task<TestOutcome> Run(string specimen) => TestHarness.RunOne(typeof(PropertySpecimens), specimen);
}
