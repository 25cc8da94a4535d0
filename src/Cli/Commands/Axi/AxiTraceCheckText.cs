using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli;

/// <summary>What <c>axi check</c> says to people of a trace that is no dump: findings name the transaction, since there are no cycles.</summary>
internal static class AxiTraceCheckText
{
    /// <summary>Writes the verdict.</summary>
    public static void Write(AxiTrace trace, AxiTraceVerdict verdict, string path, TextWriter output, bool isVerbose)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{InputText.OneLine(path)}: {trace.Shape.DataBits} data bits, {trace.Writes.Count()} writes, {trace.Reads.Count()} reads; without cycles, so rules that need them are not observable"));
        output.WriteLine($"  rules: {AxiCheckText.CountsOf(verdict.Verdict.Rules)}");
        AxiCheckText.WriteRules(verdict.Verdict.Rules, finding => PrintableText.Of(NameOf(trace, verdict.TransactionOf(finding))), output, isVerbose);
    }

    /// <summary>As <c>write 3</c>: counted from 0 in its direction.</summary>
    public static string NameOf(AxiTrace trace, int index)
    {
        bool isRead = trace.Transactions[index].IsRead;
        int before = trace.Transactions.Take(index).Count(each => each.IsRead == isRead);
        return string.Create(CultureInfo.InvariantCulture, $"{(isRead ? "read" : "write")} {before}");
    }
}
