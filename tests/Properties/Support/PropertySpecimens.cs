using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;
using Xunit.Abstractions;

// The harness runs these, the ordinary run must not: hence they are not public, which xunit's analyzer takes for a slip.
#pragma warning disable xUnit1000

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>Properties that hold, fail, exhaust or are misused, as the harness's tests name them.</summary>
internal sealed class PropertySpecimens(ITestOutputHelper output)
{
    public const int Threshold = 30;

    private static readonly ManualResetEventSlim SecondCall = new();
    private static int _callsInParallel;

    /// <summary>Calls since the test that runs the specimen set it to 0; those tests share a collection.</summary>
    public static int Calls { get; set; }

    /// <summary>Arguments seen since the test that runs the specimen cleared it.</summary>
    public static List<int> Seen { get; } = [];

    [Property]
    public static bool Holds(int left, int right)
    {
        Calls++;
        return unchecked(left + right) == unchecked(right + left);
    }

    [Replayable]
    public static bool Fails_from_the_threshold_on(NonNegativeInt value, byte[] bytes) => value.Get < Threshold;

    [Property]
    public static void Throws_from_the_threshold_on(NonNegativeInt value)
    {
        if (value.Get >= Threshold)
        {
            throw new InvalidOperationException($"too large: {value.Get}");
        }
    }

    [Replayable]
    public static async Task Throws_later(NonNegativeInt value)
    {
        await Task.Yield();
        if (value.Get >= Threshold)
        {
            throw new InvalidOperationException($"too large: {value.Get}");
        }
    }

    [Property]
    public static async Task<bool> Is_false_later(NonNegativeInt value)
    {
        await Task.Yield();
        return value.Get < Threshold;
    }

    [Property]
    public static Property Is_a_false_property(NonNegativeInt value) => (value.Get < Threshold).Label("below the threshold");

    [Property]
    public static bool Fails_without_arguments() => false;

    [Property(Arbitrary = [typeof(OfManyKinds)])]
    public static bool Fails_on_arguments_of_many_kinds(string words, Tuple<double, string?> pair, int[] parts, bool isSet, char letter) => false;

    [Property]
    public static Property Rejects_everything(int value) => Prop.When(false, () => true);

    [Property(MaxRejected = 7)]
    public static Property Rejects_everything_with_few_allowed(int value)
    {
        Calls++;
        return Prop.When(false, () => true);
    }

    [Property(MaxTest = 17)]
    public static bool Runs_seventeen_times(int value)
    {
        Calls++;
        return true;
    }

    [Property(StartSize = 3, EndSize = 5, Arbitrary = [typeof(SizeAsValue)])]
    public static bool Sees_sizes_of_three_to_five(int size)
    {
        Seen.Add(size);
        return true;
    }

    [Property(Arbitrary = [typeof(AlwaysSeven), typeof(AlwaysNine)])]
    public static bool Sees_sevens(int value)
    {
        Seen.Add(value);
        return true;
    }

    [Property(Replay = "(11703019898238455418,2095912239207764239,71)")]
    public static bool Repeats_one_step(NonNegativeInt value)
    {
        Seen.Add(value.Get);
        return value.Get < 0;
    }

    [Property(Replay = "(42,11400714819323198485)")]
    public static bool Repeats_a_run(int value)
    {
        Seen.Add(value);
        return true;
    }

    [Property(Replay = "(42)")]
    public static bool Has_half_a_replay(int value) => true;

    [Property(Replay = "(42,2)")]
    public static bool Has_an_even_gamma(int value) => true;

    [Property(Verbose = true, MaxTest = 3)]
    public static bool Is_verbose(string? value) => value is null || value.Length >= 0;

    [Property(QuietOnSuccess = true)]
    public static bool Is_quiet(int value) => true;

    [Property]
    public static Property Is_classified(bool value) => true.ToProperty().Classify(value, "was true");

    [Replayable(Parallelism = 2)]
    public static bool Fails_in_parallel(NonNegativeInt value) => value.Get < Threshold;

    /// <summary>Holds if a second call begins while the first waits; the wait is limited, so a sequential run fails.</summary>
    [Property(Parallelism = 2, MaxTest = 8)]
    public static bool Meets_another_call(int value)
    {
        if (Interlocked.Increment(ref _callsInParallel) > 1)
        {
            SecondCall.Set();
        }

        return SecondCall.Wait(TimeSpan.FromSeconds(20));
    }

    [Property(MaxTest = 0)]
    public static bool Would_never_run(int value) => true;

    [Property]
    public static int Returns_a_number(int value) => value;

    [Property]
    public static async void Is_async_void(int value)
    {
        await Task.Yield();
        Assert.Equal(value, value + 1L);
    }

    [Property(MaxTest = 2)]
    public void Writes_output(int value) => output.WriteLine($"saw {(value < 0 ? "a negative" : "another")} value");

    internal static class OfManyKinds
    {
        public static Arbitrary<string> Words() => Gen.Constant("a\"\n\u0001").ToArbitrary();

        public static Arbitrary<Tuple<double, string?>> Pair() => Gen.Constant(Tuple.Create(0.5, (string?)null)).ToArbitrary();

        public static Arbitrary<int[]> Parts() => Gen.Constant(new[] { -1, 2 }).ToArbitrary();

        public static Arbitrary<bool> IsSet() => Gen.Constant(true).ToArbitrary();

        public static Arbitrary<char> Letter() => Gen.Constant('x').ToArbitrary();
    }

    internal static class SizeAsValue
    {
        public static Arbitrary<int> Value() => Gen.Sized(Gen.Constant).ToArbitrary();
    }

    internal static class AlwaysSeven
    {
        public static Arbitrary<int> Value() => Gen.Constant(7).ToArbitrary();
    }

    internal static class AlwaysNine
    {
        public static Arbitrary<int> Value() => Gen.Constant(9).ToArbitrary();
    }
}
