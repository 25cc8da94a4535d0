using Spanker.Conformance.Cli;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>A command run inside the test's process, in a folder of its own, and what came of it.</summary>
internal sealed class ToolRun : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("tool-").FullName;

    public string Output { get; private set; } = string.Empty;

    public string Error { get; private set; } = string.Empty;

    public string File(string name) => Path.Combine(Folder, name);

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    public byte[] Read(string name) => System.IO.File.ReadAllBytes(File(name));

    /// <summary>Runs a command; <c>@name</c> stands for a file of the folder.</summary>
    public int Invoke(params IEnumerable<string> args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = CommandLine.Invoke([.. args.Select(arg => arg.StartsWith('@') ? File(arg[1..]) : arg)], output, error);
        (Output, Error) = (output.ToString(), error.ToString());
        return code;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
