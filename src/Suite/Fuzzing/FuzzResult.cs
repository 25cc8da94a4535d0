namespace Spanker.Conformance.Suite;

/// <summary>A way to break a clause that the search came upon, made small.</summary>
/// <param name="Clause">The clause that was broken.</param>
/// <param name="Case">The smallest case found.</param>
/// <param name="Deviation">What it shows.</param>
/// <param name="Where">The place in the operands, in words; empty where there is none.</param>
/// <param name="CaseNumber">Which random case it was found by, from 1; null if the corpus held it.</param>
/// <param name="File">The file of the corpus that holds its token; null without a corpus.</param>
public sealed record FuzzFinding(string Clause, Case Case, Deviation Deviation, string Where, ulong? CaseNumber, string? File);

/// <summary>A case that could not be judged because a check itself failed.</summary>
/// <param name="Case">The case.</param>
/// <param name="Reason">What failed.</param>
public sealed record FuzzFailure(Case Case, string Reason);

/// <summary>What a search came to.</summary>
/// <param name="Cases">Random cases tried.</param>
/// <param name="Replayed">Cases of the corpus tried before them.</param>
/// <param name="Skipped">Cases of the corpus that this device, or the filter, has no use for.</param>
/// <param name="Findings">The distinct findings, in the order of their cases.</param>
/// <param name="Broken">Cases that broke a clause, those that came to the same finding among them.</param>
/// <param name="Failures">Cases that could not be judged; at most <see cref="Fuzzer.MostFailures"/> are kept.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="IsComplete">False if it was broken off before its time.</param>
public sealed record FuzzResult(
    ulong Cases,
    int Replayed,
    int Skipped,
    IReadOnlyList<FuzzFinding> Findings,
    ulong Broken,
    IReadOnlyList<FuzzFailure> Failures,
    TimeSpan Elapsed,
    bool IsComplete)
{
    /// <summary>0: nothing found. 1: a finding. 3: broken off, or nothing found and not everything could be judged.</summary>
    public int ExitCode => !IsComplete ? 3 : Findings.Count > 0 ? 1 : Failures.Count > 0 || Cases + (ulong)Replayed == 0 ? 3 : 0;
}
