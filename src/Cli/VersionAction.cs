using System.CommandLine;
using System.CommandLine.Invocation;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli;

/// <summary><c>--version</c>: the version that reports carry, and nothing else.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(RunReport.ToolVersion);
        return ExitCodes.Conforms;
    }
}
