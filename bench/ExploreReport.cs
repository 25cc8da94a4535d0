using System.Globalization;
using Spanker.Conformance.Bench.Exploring;

namespace Spanker.Conformance.Bench;

/// <summary>The explorer's figures as a plain table: schedules and steps a second, on one thread.</summary>
internal sealed class ExploreReport(TextWriter output)
{
    private const double RequiredSchedulesPerSecond = 50_000;
    private const int Iterations = 9;
    private bool isWhole = true;

    /// <summary>Measures and prints. The exit code is 1 if a row could not be measured; how fast it was decides nothing.</summary>
    public int Run()
    {
        string logPath = Path.Combine(Path.GetTempPath(), "spanker-bench.log");
        Say($"{Machine.Line()}");
        using StreamWriter log = File.CreateText(logPath);
        IReadOnlyList<Measurement> rows = Measuring.Run<ExploreBenchmarks>(Iterations, log);
        (int direct, int ring) = ExploreBenchmarks.Steps;
        Say($"");
        Say($"{"a sum over 3 cards, one chunk, one credit, one thread",-54} {"schedules/s",12} {"quartiles",20} {"steps/s",12}");
        Row(rows, nameof(ExploreBenchmarks.DirectRandom), "direct, random", direct, isRequired: true);
        Row(rows, nameof(ExploreBenchmarks.DirectPct), "direct, pct:3", direct, isRequired: true);
        Row(rows, nameof(ExploreBenchmarks.DirectPos), "direct, pos", direct);
        Row(rows, nameof(ExploreBenchmarks.DirectExhaustive), "direct, exhaustive, a new search every two schedules", direct);
        Row(rows, nameof(ExploreBenchmarks.RingRandom), "ring, random", ring, isRequired: true);
        Row(rows, nameof(ExploreBenchmarks.RingPct), "ring, pct:3", ring, isRequired: true);
        Row(rows, nameof(ExploreBenchmarks.RingPos), "ring, pos", ring);
        Row(rows, nameof(ExploreBenchmarks.TwoRingsExhaustive), "two rings at once, exhaustive", 2 * ring);
        Say($"");
        Say($"a second: median of {Iterations} iterations of {ExploreBenchmarks.Schedules} schedules");
        if (!isWhole)
        {
            Say($"rows are missing; {logPath} says why");
        }

        return isWhole ? 0 : 1;
    }

    private void Row(IReadOnlyList<Measurement> rows, string name, string words, int steps, bool isRequired = false)
    {
        if (rows.FirstOrDefault(one => one.Row == name) is not Measurement row)
        {
            isWhole = false;
            Say($"{words,-54} {"not measured",12}");
            return;
        }

        string met = !isRequired ? string.Empty : 1 / row.Median >= RequiredSchedulesPerSecond ? "50000 are asked for: met" : "50000 are asked for: not met";
        Say($"{words,-54} {1 / row.Median,12:0} {FormattableString.Invariant($"{1 / row.UpperQuartile:0} .. {1 / row.LowerQuartile:0}"),20} {steps / row.Median,12:0}  {met}");
    }

    private void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
