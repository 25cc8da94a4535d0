using System.Diagnostics;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Models;

namespace Spanker.Conformance.Tests.LongChecks;

/// <summary>Random legal traffic between the models under the whole matrix of stall settings: not one rule may be broken, and every one that the traffic can arm must be.</summary>
internal sealed class BusCyclesCheck(ulong seed, long count)
{
    private static readonly (int Data, int Address, int Id)[] Widths = [(8, 16, 4), (32, 32, 0), (64, 40, 4), (256, 48, 4), (1024, 64, 8)];

    /// <summary>Runs the matrix until at least <paramref name="count"/> cycles went by; the exit code is 1 if any rule was broken.</summary>
    public int Run(TextWriter output)
    {
        List<(string Name, Func<ulong, long, (AxiVerdict Verdict, long Completed)> Run)> matrix = [.. Matrix()];
        long each = (count + matrix.Count - 1) / matrix.Count;
        long cycles = 0;
        long transactions = 0;
        Dictionary<string, long> armed = [];
        Stopwatch clock = Stopwatch.StartNew();
        foreach ((string name, Func<ulong, long, (AxiVerdict, long)> run) in matrix)
        {
            (AxiVerdict verdict, long completed) = run(seed, each);
            cycles += verdict.Cycles;
            transactions += completed;
            foreach (AxiRuleResult rule in verdict.Rules)
            {
                armed[rule.Rule.Id] = armed.GetValueOrDefault(rule.Rule.Id) + rule.Armed;
            }

            if (ModelBench.Violations(verdict) is { Length: > 0 } violations)
            {
                output.WriteLine($"seed {seed}, {name}: {string.Join("; ", violations)}");
                return 1;
            }

            if (!verdict.IsComplete || completed == 0)
            {
                output.WriteLine($"seed {seed}, {name}: {completed} transactions, {(verdict.IsComplete ? "complete" : "something is still under way")}");
                return 1;
            }
        }

        string[] idle = [.. armed.Where(pair => pair.Value == 0).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
        output.WriteLine($"seed {seed}: {cycles} cycles, {transactions} transactions, {matrix.Count} settings, no rule broken; {armed.Count - idle.Length} of {armed.Count} rules armed, {armed.Values.Sum()} times; {clock.Elapsed.TotalSeconds:0} s");
        output.WriteLine($"not armed: {string.Join(", ", idle)}");
        return 0;
    }

    private static IEnumerable<(string Name, Func<ulong, long, (AxiVerdict Verdict, long Completed)> Run)> Matrix()
    {
        foreach (StallSetting setting in StallSetting.GenerationA)
        {
            yield return ($"generation A, {setting.Name}", (start, cycles) => (ModelBench.Run(AxiBusShape.ProfileA, AxiProfile.GenerationA, setting, start, cycles, out long completed), completed));
        }

        foreach (StallSetting setting in StallSetting.General)
        {
            foreach ((int data, int address, int id) in Widths)
            {
                yield return ($"{data} data bits, {address} address, {id} id, {setting.Name}", (start, cycles) => (ModelBench.Run(new AxiBusShape(data, address, id), profile: null, setting, start, cycles, out long completed), completed));
            }
        }
    }
}
