using Spanker.Conformance.Bench.Cards;

namespace Spanker.Conformance.Bench;

/// <summary>Collectives on cards of this process, as multiples of what 2 (N - 1) copies of a buffer take one core.</summary>
internal sealed class CardsReport(TextWriter output)
{
    private const int Iterations = 7;
    private const double MostCopies = 3;

    /// <summary>Measures and prints. The exit code is 1 if a row could not be measured; how fast it was decides nothing.</summary>
    public int Run()
    {
        string logPath = Path.Combine(Path.GetTempPath(), "spanker-bench.log");
        output.WriteLine(Machine.Line());
        output.WriteLine($"hardware paths: {Machine.HardwarePaths()}");
        IReadOnlyList<Measurement> measured;
        using (StreamWriter log = File.CreateText(logPath))
        {
            measured = Measuring.Run<AllReduceBenchmarks>(Iterations, log);
        }

        Measurement? copy = measured.FirstOrDefault(row => row.Row == nameof(AllReduceBenchmarks.MemoryCopy));
        output.WriteLine();
        output.WriteLine($"{"AllReduce, Sum, 4 cards of 64 MiB",-36} {"ms",8} {"quartiles",17} {"others",7}  compared");
        foreach (string name in (string[])["MemoryCopy", "Ring", "Doubling", "Direct", "Tree", "HostedRing"])
        {
            if (copy is null || measured.FirstOrDefault(row => row.Row == name) is not { } row)
            {
                output.WriteLine($"{name,-36} not measured; {logPath} says why");
                continue;
            }

            double copies = 2 * (AllReduceBenchmarks.Cards - 1) * copy.Median;
            string compared = name == "MemoryCopy" ? "peer: 64 MiB by one core" : $"{row.Median / copies:0.00} of 2 (N - 1) copies";
            output.WriteLine(
                $"{name,-36} {row.Median * 1e3,8:0.0} {$"{row.LowerQuartile * 1e3:0.0} .. {row.UpperQuartile * 1e3:0.0}",17} {row.Load?.OthersCores ?? double.NaN,7:0.00}  {compared}");
            if (name == "Ring")
            {
                output.WriteLine($"  at most {MostCopies} are asked for: {(row.Median / copies <= MostCopies ? "met" : "not met")}");
            }
        }

        return measured.Count == 6 ? 0 : 1;
    }
}
