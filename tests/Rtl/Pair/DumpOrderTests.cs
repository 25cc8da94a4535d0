using System.Text;
using FsCheck.Xunit;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>The order of lines within a timestamp means nothing.</summary>
public sealed class DumpOrderTests
{
    private static readonly Lazy<string[]> Icarus = new(() => Split(Simulator.Icarus, "NONE"));
    private static readonly Lazy<string[]> Verilator = new(() => Split(Simulator.Verilator, "NONE"));
    private static readonly Lazy<string[]> Faulty = new(() => Split(Simulator.Icarus, "RLAST_ADVANCES"));
    private static readonly Lazy<string[]> FaultyVerilated = new(() => Split(Simulator.Verilator, "RDATA_ON_RREADY"));

    [Property(MaxTest = 6)]
    public void Reordering_lines_within_timestamps_changes_nothing_in_a_dump_of_Icarus(ulong seed) => Hold(Icarus.Value, seed);

    [Property(MaxTest = 6)]
    public void Reordering_lines_within_timestamps_changes_nothing_in_a_dump_of_Verilator(ulong seed) => Hold(Verilator.Value, seed);

    [Property(MaxTest = 20)]
    public void Reordering_lines_within_timestamps_changes_nothing_in_a_faulty_dump_of_Icarus(ulong seed) => Hold(Faulty.Value, seed);

    [Property(MaxTest = 20)]
    public void Reordering_lines_within_timestamps_changes_nothing_in_a_faulty_dump_of_Verilator(ulong seed) => Hold(FaultyVerilated.Value, seed);

    [Fact]
    public void A_reordered_dump_is_another_file() => Assert.NotEqual(Faulty.Value, Reordered(Faulty.Value, seed: 1));

    private static void Hold(string[] lines, ulong seed) => Assert.Equal(Meaning(lines), Meaning(Reordered(lines, seed)));

    private static string[] Split(Simulator simulator, string fault) =>
        Encoding.Latin1.GetString(PairRun.DumpOf(simulator, PairFault.Numbers.GetValueOrDefault(fault))).Split('\n');

    /// <summary>Verdict and transactions of every interface, in lines.</summary>
    private static List<string> Meaning(string[] lines)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(string.Join('\n', lines));
        List<string> meaning = [];
        foreach (BusVerdict each in PairRun.Read(() => new MemoryStream(bytes)))
        {
            meaning.Add($"{each.Interface} {each.Incomplete}");
            meaning.AddRange(each.Verdict.Rules.Select(result => $"{result.Rule.Id} {result.Outcome} {result.Armed} {result.Satisfied} {result.Violated} {string.Join(' ', result.Findings)}"));
            meaning.AddRange(each.Transactions.Select(TransactionText.Of));
        }

        return meaning;
    }

    /// <summary>The lines of changes between two lines that are none, in another order. No simulator writes a signal twice in one timestamp.</summary>
    private static string[] Reordered(string[] lines, ulong seed)
    {
        SplitMix64 random = new(seed);
        string[] reordered = [.. lines];
        int start = Array.FindIndex(lines, line => line.StartsWith("$enddefinitions", StringComparison.Ordinal)) + 1;
        for (int i = start, begin = start; i < lines.Length; i++)
        {
            bool isChange = lines[i].Length > 0 && lines[i][0] is not ('#' or '$');
            if (!isChange)
            {
                begin = i + 1;
                continue;
            }

            int j = begin + random.Below(i - begin + 1);
            (reordered[i], reordered[j]) = (reordered[j], reordered[i]);
        }

        return reordered;
    }
}
