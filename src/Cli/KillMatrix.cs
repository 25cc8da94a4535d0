using System.Globalization;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli;

/// <summary>The selftest as text: how many devices of each family each clause kills, and whatever is not as expected.</summary>
internal static class KillMatrix
{
    /// <summary>Writes the matrix.</summary>
    public static void Write(SelftestResult result, TextWriter output)
    {
        string[] families = [.. result.Faulty.Select(f => f.Entry.Family).Distinct()];
        string[] clauses = [.. RequirementCatalogue.All.Select(r => r.Id).Where(id => result.Faulty.Any(f => f.By.Contains(id)))];
        output.WriteLine($"{"clause",-8}{string.Concat(families.Select(f => $"{f,13}"))}");
        foreach (string clause in clauses)
        {
            output.WriteLine($"{clause,-8}{string.Concat(families.Select(f => Cell(result.Faulty.Count(d => d.Entry.Family == f && d.By.Contains(clause)))))}");
        }

        output.WriteLine($"{"killed",-8}{string.Concat(families.Select(f => $"{Killed(result, f),13}"))}");
        WriteOdd(result, output);
        int killed = result.Faulty.Count(f => f.IsKilled);
        int accepted = result.Harmless.Count(h => h.IsAccepted);
        string judgement = !result.IsComplete ? "incomplete, so no verdict" : result.ExitCode == 0 ? "as expected" : "not as expected";
        string those = result.IsComplete ? string.Empty : " of those judged";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{killed} of {result.Faulty.Count} faulty devices{those} killed, {accepted} of {result.Harmless.Count} harmless ones accepted: {judgement}"));
    }

    private static string Cell(int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? "." : count.ToString(CultureInfo.InvariantCulture)),13}");

    private static string Killed(SelftestResult result, string family) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Faulty.Count(f => f.Entry.Family == family && f.IsKilled)}/{result.Faulty.Count(f => f.Entry.Family == family)}");

    private static void WriteOdd(SelftestResult result, TextWriter output)
    {
        foreach (FaultyResult faulty in result.Faulty.Where(f => !f.IsKilled))
        {
            output.WriteLine($"SURVIVED   {faulty.Entry.Spec}: {faulty.Entry.Clause} should have reported it{By(faulty.By)}");
        }

        foreach (FaultyResult faulty in result.Faulty.Where(f => f.IsKilled && !f.AsExpected))
        {
            string expected = string.Join(", ", faulty.Entry.AlsoKilledBy.Prepend(faulty.Entry.Clause));
            output.WriteLine($"UNEXPECTED {faulty.Entry.Spec}: declared for {expected}{By(faulty.By)}");
        }

        foreach (HarmlessResult harmless in result.Harmless.Where(h => !h.IsAccepted))
        {
            output.WriteLine($"REJECTED   {harmless.Entry.Spec}: {string.Join(", ", harmless.Objections)} objected to a harmless device");
        }

        foreach (var byReason in result.NotSupported.GroupBy(n => n.Reason))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"NOT SUPPORTED  {byReason.Count()} devices, first {byReason.First().Entry.Spec}: {byReason.Key}"));
        }

        // A clause whose device is still to come is not unguarded.
        foreach (string clause in result.IsComplete ? result.UnguardedClauses : [])
        {
            output.WriteLine($"UNGUARDED  {clause}: no faulty device is killed by it alone");
        }
    }

    private static string By(IReadOnlyList<string> clauses) => clauses.Count == 0 ? "; nothing did" : $"; {string.Join(", ", clauses)} did";
}
