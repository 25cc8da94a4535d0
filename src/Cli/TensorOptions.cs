using System.CommandLine;

namespace Spanker.Conformance.Cli;

/// <summary><c>--gguf FILE --tensor NAME</c>.</summary>
internal sealed class TensorOptions
{
    private readonly Option<string> gguf = new("--gguf") { HelpName = "FILE", Description = "multiply real weights: a Q4_K tensor of this GGUF file is A" };

    private readonly Option<string> tensor = new("--tensor") { HelpName = "NAME", Description = "which tensor (default: the only Q4_K tensor of the file)" };

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(gguf);
        command.Options.Add(tensor);
    }

    /// <summary>Opens the tensor that was named; null if none was.</summary>
    public RealTensor? Open(ParseResult parse) => RealTensor.Open(parse.GetValue(gguf), parse.GetValue(tensor));
}
