using System.Globalization;
using System.Reflection;
using System.Text;

namespace FsCheck.Xunit;

/// <summary>What a finished property says: the text for the test's output, and the exception if it did not hold.</summary>
internal sealed record PropertyReport(string Output, PropertyFailedException? Failure)
{
    public static PropertyReport Of(
        TestResult result,
        ParameterInfo[] parameters,
        Replay start,
        string origin,
        bool isQuietOnSuccess,
        IReadOnlyList<string> trace)
    {
        StringBuilder output = new();
        foreach (string line in trace)
        {
            output.Append(line).Append('\n');
        }

        string from = $"{origin}, start {PropertyReplay.Format(start.Rnd)}";
        switch (result)
        {
            case TestResult.Passed passed:
                if (!isQuietOnSuccess)
                {
                    output.Append(CultureInfo.InvariantCulture, $"Passed {Count(passed.Item1.NumberOfTests, "test")}. Seed: {from}\n");
                    AppendStatistics(output, passed.Item1);
                }

                return new(output.ToString(), null);

            case TestResult.Exhausted exhausted:
                StringBuilder why = new();
                why.Append(CultureInfo.InvariantCulture, $"Exhausted after {Count(exhausted.Item.NumberOfTests, "test")}: ")
                    .Append("the precondition rejected too many arguments (MaxRejected). Generate them instead of filtering.\n")
                    .Append(CultureInfo.InvariantCulture, $"Seed:     {from}\n");
                AppendStatistics(why, exhausted.Item);
                return new(output.Append(why).ToString(), new PropertyFailedException(why.ToString().TrimEnd('\n'), null));

            case TestResult.Failed failed:
                string message = Falsified(failed, parameters, from);
                return new(output.Append(message).Append('\n').ToString(), new PropertyFailedException(message, Cause(failed.Item4)));

            default:
                throw new InvalidOperationException($"FsCheck gave a result of the unknown kind {result.GetType().Name}.");
        }
    }

    public void ThrowIfFailed()
    {
        if (Failure is not null)
        {
            throw Failure;
        }
    }

    private static string Falsified(TestResult.Failed failed, ParameterInfo[] parameters, string from)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Falsified after {Count(failed.Item1.NumberOfTests, "test")} ")
            .Append(CultureInfo.InvariantCulture, $"({Count(failed.Item1.NumberOfShrinks, "shrink")}).\n")
            .Append(CultureInfo.InvariantCulture, $"Shrunk:   {ArgumentText.Of(failed.Item3, parameters)}\n")
            .Append(CultureInfo.InvariantCulture, $"Original: {ArgumentText.Of(failed.Item2, parameters)}\n");
        if (failed.Item1.Labels.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Labels:   {string.Join(", ", failed.Item1.Labels)}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Replay:   [Property(Replay = \"{PropertyReplay.Format(failed.Item6, failed.Item7)}\")]\n")
            .Append(CultureInfo.InvariantCulture, $"Seed:     {from}")
            .ToString();
    }

    /// <summary>The exception that falsified; FsCheck's wrapping of a Task's only exception says nothing more.</summary>
    private static Exception? Cause(Outcome outcome) => outcome is Outcome.Failed failed
        ? failed.Item is AggregateException { InnerExceptions: [Exception only] } ? only : failed.Item
        : null;

    private static void AppendStatistics(StringBuilder text, TestData data)
    {
        foreach ((int percent, IEnumerable<string> labels) in data.Stamps)
        {
            text.Append(CultureInfo.InvariantCulture, $"{percent,4}% {string.Join(", ", labels)}\n");
        }
    }

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? string.Empty : "s")}");
}
