using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>axi check</c> of a trace that is no dump: the rules that need transactions only.</summary>
internal static class AxiTraceCheckRun
{
    /// <summary>Judges the trace and prints what it says.</summary>
    /// <exception cref="CommandException">It is no trace, or holds no transaction.</exception>
    public static int Judge(CommandHost host, string path, BusFileFormat format, AxiCheckOptions options, bool isJson, bool isVerbose)
    {
        AxiTrace trace = TraceInput.ReadTrace(path, format, host.Cancellation);
        AxiTraceVerdict verdict = TraceInput.Interruptible(() => AxiTraceCheck.Check(trace, options, host.Cancellation), host.Cancellation);
        if (isJson)
        {
            AxiTraceCheckJson.Write(trace, verdict, path, host.Output);
        }
        else
        {
            AxiTraceCheckText.Write(trace, verdict, path, host.Output, isVerbose);
        }

        return verdict.Verdict.Deviates ? ExitCodes.Deviates
            : verdict.Verdict.Rules.Any(rule => rule.IsExercised) ? ExitCodes.Conforms
            : throw CommandException.NotJudged($"{InputText.Quote(path)}: no transaction: nothing could be judged");
    }
}
