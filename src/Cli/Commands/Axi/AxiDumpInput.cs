using System.CommandLine;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Reports;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Cli.Commands;

/// <summary>The dump that a command below <c>axi</c> is given, and the map that names its signals.</summary>
internal sealed class AxiDumpInput(string description = "a VCD file, or an FST file where fst2vcd is installed", string meaning = "one VCD dump")
{
    private const long MostMapBytes = 1 << 20;

    private readonly Argument<string> file = new("FILE") { Description = description };

    private readonly Option<string?> map = new("--map")
    {
        Description = "names the signals of the interfaces, instead of finding them; 'axi check --show-map' prints one to begin with",
        HelpName = "FILE",
    };

    /// <summary>Adds argument and option to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(file);
        command.Options.Add(map);
    }

    /// <summary>What was given; it is looked at, and read later.</summary>
    /// <exception cref="CommandException">There is no such file, or the map is none.</exception>
    public AxiDump Read(ParseResult parse, CommandHost host)
    {
        string path = parse.GetValue(file)!;
        using (InputFile opened = InputFile.Open(path, meaning))
        {
            // Looked at for what is no regular file; each pass opens it anew.
        }

        return new AxiDump(path, ReadMap(parse.GetValue(map)), host.Cancellation);
    }

    /// <summary>The map of <c>--map</c>; null if none is given.</summary>
    /// <exception cref="CommandException">It is no map.</exception>
    public static VcdMap? ReadMap(string? path)
    {
        if (path is null)
        {
            return null;
        }

        using (InputFile opened = InputFile.Open(path, "a map of signals"))
        {
            if (opened.LengthBytes > MostMapBytes)
            {
                throw CommandException.Usage($"--map {InputText.Quote(path)}: {opened.LengthBytes} bytes; a map has at most {MostMapBytes}");
            }
        }

        try
        {
            return VcdMap.Parse(File.ReadAllText(path));
        }
        catch (VcdException wrong)
        {
            throw CommandException.Usage($"--map {InputText.Quote(path)}: {PrintableText.Of(wrong.Message)}", wrong);
        }
    }
}
