using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Suite.Reports;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Cli.Commands;

/// <summary>A dump on disk.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Map">Names its interfaces; null to find them.</param>
/// <param name="Cancellation">Ends the work.</param>
internal sealed record AxiDump(string Path, VcdMap? Map, CancellationToken Cancellation)
{
    /// <summary>Opens it at its beginning.</summary>
    public Stream Open() => DumpFile.Open(Path, Cancellation);

    /// <summary>Does work on it that Ctrl-C ends, and says in one line what is wrong with the file.</summary>
    /// <exception cref="CommandException">The file is no dump, or the work was ended.</exception>
    public T Work<T>(Func<T> work)
    {
        try
        {
            return DetachedWork.TryRun(_ => work(), Cancellation, out T? result) ? result! : throw CommandException.NotJudged("interrupted");
        }
        catch (OperationCanceledException ended)
        {
            throw CommandException.NotJudged("interrupted", ended);
        }
        catch (VcdException wrong)
        {
            throw CommandException.NotJudged($"{InputText.Quote(Path)}: {(wrong.IsIncomplete ? "incomplete: " : string.Empty)}{PrintableText.Of(wrong.Message)}", wrong);
        }
    }
}
