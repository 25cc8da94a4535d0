using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Suite.Reports;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Cli.Commands;

/// <summary>A file that holds what passed over a bus, in any form. What is wrong with it is said in one line.</summary>
internal static class TraceInput
{
    /// <summary>What a file is expected to be.</summary>
    public const string Meaning = "one VCD dump, or one trace as golden text, JSON or YAML";

    /// <summary>What all commands say of their files.</summary>
    public const string Description = "a VCD dump, or a trace as golden text, JSON or YAML; the content tells which";

    /// <summary>The form of the file.</summary>
    /// <exception cref="CommandException">It cannot be read, or is of no known form.</exception>
    public static BusFileFormat Sniff(string path)
    {
        using InputFile file = InputFile.Open(path, Meaning);
        byte[] head = new byte[(int)Math.Min(file.LengthBytes, BusFileSniffer.HeadBytes)];
        file.Read(0, head);
        return Guarded(path, () => BusFileSniffer.Sniff(head));
    }

    /// <summary>The form of the file; null if it is of no known form.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static BusFileFormat? TrySniff(string path)
    {
        try
        {
            return Sniff(path);
        }
        catch (CommandException unknown) when (unknown.InnerException is AxiTraceException)
        {
            return null;
        }
    }

    /// <summary>Every trace of the file.</summary>
    /// <exception cref="CommandException">It cannot be read, is of no known form, or holds none.</exception>
    public static IReadOnlyList<BusTrace> Read(string path, VcdMap? map, CancellationToken cancellation)
    {
        BusFileFormat format = Sniff(path);
        if (format != BusFileFormat.Vcd)
        {
            return [new BusTrace(string.Empty, ReadTrace(path, format, cancellation), Incomplete: null)];
        }

        IReadOnlyList<BusTrace> traces = Guarded(
            path, () => Interruptible(() => BusTraceReader.ReadDump(() => DumpFile.Open(path, cancellation), map, cancellation), cancellation));
        return traces.Count > 0 ? traces : throw CommandException.NotJudged($"{InputText.Quote(path)}: {NoInterface}");
    }

    /// <summary>The trace of a file that holds one, or of the interface named.</summary>
    /// <exception cref="CommandException">There are several and none is named, or the name is none of theirs.</exception>
    public static BusTrace ReadOne(string path, VcdMap? map, string? name, CancellationToken cancellation)
    {
        IReadOnlyList<BusTrace> traces = Read(path, map, cancellation);
        return name is not null ? One(traces, path, name)
            : traces.Count == 1 ? traces[0]
            : throw CommandException.Usage($"{InputText.Quote(path)}: {traces.Count} interfaces; --interface names one of {NamesOf(traces)}");
    }

    /// <summary>The trace of the interface named; a file that holds one trace without a name is taken as it is.</summary>
    /// <exception cref="CommandException">The name is none of theirs.</exception>
    public static BusTrace One(IReadOnlyList<BusTrace> traces, string path, string name) =>
        traces.Count == 1 && traces[0].Name.Length == 0 ? traces[0]
        : traces.FirstOrDefault(trace => trace.Name == name)
            ?? throw CommandException.Usage($"--interface {InputText.Quote(name)}: {InputText.Quote(path)} has no such interface; it has {NamesOf(traces)}");

    /// <summary>The trace of a file that is no dump.</summary>
    /// <exception cref="CommandException">It is larger than a trace may be, or no trace.</exception>
    public static AxiTrace ReadTrace(string path, BusFileFormat format, CancellationToken cancellation)
    {
        using InputFile file = InputFile.Open(path, Meaning);
        if (file.LengthBytes > AxiTraceLimits.MostBytes)
        {
            throw CommandException.NotJudged($"{InputText.Quote(path)}: {file.LengthBytes} bytes; a trace of at most {AxiTraceLimits.MostBytes} bytes is read");
        }

        byte[] bytes = new byte[(int)file.LengthBytes];
        file.Read(0, bytes);
        return Guarded(path, () => Interruptible(() => BusTraceReader.ReadTrace(bytes, format), cancellation));
    }

    /// <summary>Work on a trace that Ctrl-C ends.</summary>
    /// <exception cref="CommandException">It was interrupted.</exception>
    public static T Interruptible<T>(Func<T> work, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return DetachedWork.TryRun(_ => work(), cancellation, out T? result) && result is not null ? result : throw CommandException.NotJudged("interrupted");
        }
        catch (OperationCanceledException cancelled)
        {
            throw CommandException.NotJudged("interrupted", cancelled);
        }
    }

    /// <summary>Why a dump without interfaces says nothing.</summary>
    public static string NoInterface =>
        "no AXI4 interface: no scope has VALID and READY of AW, W and B, or of AR and R; --map names signals that are called otherwise";

    private static string NamesOf(IReadOnlyList<BusTrace> traces) => PrintableText.Of(string.Join(", ", traces.Select(trace => trace.Name)));

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AxiTraceException wrong)
        {
            throw CommandException.NotJudged($"{InputText.Quote(path)}: {PrintableText.Of(wrong.Message)}", wrong);
        }
        catch (VcdException wrong)
        {
            throw CommandException.NotJudged($"{InputText.Quote(path)}: {(wrong.IsIncomplete ? "incomplete: " : string.Empty)}{PrintableText.Of(wrong.Message)}", wrong);
        }
    }
}
